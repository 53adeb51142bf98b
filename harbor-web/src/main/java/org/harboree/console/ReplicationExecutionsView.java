// SPDX-License-Identifier: Apache-2.0
package org.harboree.console;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.harboree.error.HarborException;
import org.harboree.job.ExecutionStatus;
import org.harboree.listing.Page;
import org.harboree.listing.PageRequest;
import org.harboree.listing.Sort;
import org.harboree.replication.Policy;
import org.harboree.replication.ReplicationPolicyService;
import org.harboree.replication.ReplicationService;

/** The runs of a replication rule. */
@Named
@RequestScoped
public class ReplicationExecutionsView extends ListView<ReplicationService.Run> {
    private static final Sort NEWEST_FIRST = Sort.by(new Sort.Key("id", true));
    private static final String ALL = "all";
    private static final Map<String, Set<ExecutionStatus>> SHOWS = Map.of("running", Set.of(ExecutionStatus.RUNNING),
            "failed", Set.of(ExecutionStatus.ERROR), ALL, Set.of());

    @Inject
    private ReplicationPolicyService policies;

    @Inject
    private ReplicationService runs;

    @Inject
    private Live live;

    @Inject
    private Visitor visitor;

    @Inject
    private Navigation navigation;

    private long rule;
    private String show = ALL;
    private Policy policy;
    private String version;

    @Override
    protected Page<ReplicationService.Run> read(PageRequest request) {
        Sort sort = Sort.parse(getSort(), ReplicationService.EXECUTION_KEYS, NEWEST_FIRST);
        return runs.list(visitor.caller(), new ReplicationService.RunFilter(OptionalLong.of(rule), SHOWS.get(show),
                Optional.empty()), sort, request);
    }

    @Override
    public void load() {
        getPolicy();
        version = live.version(getLiveName());
        super.load();
    }

    /** The rule itself. @throws HarborException NOT_FOUND */
    public Policy getPolicy() {
        if (policy == null) {
            policy = policies.get(visitor.caller(), rule);
        }
        return policy;
    }

    @Override
    protected Map<String, String> parameters() {
        return Map.of("rule", String.valueOf(rule), "show", show.equals(ALL) ? "" : show);
    }

    /** Of what was read: a run that comes or ends makes another one. */
    public String getVersion() {
        return version;
    }

    public String getLiveName() {
        return Live.rule(rule);
    }

    /** Starts the rule, and leads to its run. @throws HarborException as the service */
    public void run() {
        long run = runs.start(visitor.caller(), rule);
        navigation.leaveFor("/harbor/replication-execution?id=" + run, "replication.started",
                getPolicy().spec().name());
    }

    public List<String> getShows() {
        return List.of(ALL, "running", "failed");
    }

    public String showAddress(String other) {
        return address(Map.of("page", "", "show", other.equals(ALL) ? "" : other));
    }

    public String getShow() {
        return show;
    }

    public void setShow(String show) {
        this.show = SHOWS.containsKey(show) ? show : ALL;
    }

    public long getRule() {
        return rule;
    }

    public void setRule(long rule) {
        this.rule = rule;
    }
}
