// SPDX-License-Identifier: Apache-2.0
package org.harboree.console;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.harboree.error.HarborException;
import org.harboree.job.Execution;
import org.harboree.job.ExecutionStatus;
import org.harboree.listing.Page;
import org.harboree.listing.PageRequest;
import org.harboree.listing.Query;
import org.harboree.listing.Sort;
import org.harboree.replication.Policy;
import org.harboree.replication.ReplicationPolicyService;
import org.harboree.replication.ReplicationService;

/** Replication rules, for system administrators: run, switched on and off, deleted; how the last run of each went. */
@Named
@RequestScoped
public class ReplicationListView extends ListView<Policy> {
    private static final String PAGE = "/harbor/replication-list";
    private static final Sort BY_NAME = Sort.by(new Sort.Key("name", false));
    private static final PageRequest COUNT_ONLY = new PageRequest(1, 1);

    @Inject
    private ReplicationPolicyService policies;

    @Inject
    private ReplicationService runs;

    @Inject
    private Live live;

    @Inject
    private Visitor visitor;

    @Inject
    private Asked asked;

    @Inject
    private Navigation navigation;

    private Optional<Policy> chosen;
    private Map<Long, Execution> newest = Map.of();
    private String version;

    @Override
    protected Page<Policy> read(PageRequest request) {
        Sort sort = Sort.parse(getSort(), ReplicationPolicyService.KEYS.keySet(), BY_NAME);
        return policies.list(visitor.caller(), Optional.ofNullable(getFilter()), Query.none(), sort, request);
    }

    @Override
    public void load() {
        version = live.version(getLiveName());
        super.load();
        newest = runs.newest(visitor.caller(), getRows().stream().map(Policy::id).toList());
    }

    /** Of what was read: a run that comes or ends makes another one. */
    public String getVersion() {
        return version;
    }

    public String getLiveName() {
        return Live.rules();
    }

    /** The newest run of a rule; null if it never ran. */
    public Execution last(Policy policy) {
        return newest.get(policy.id());
    }

    /** The rule of the dialog; null if there is none, or no more. */
    public Policy getChosen() {
        if (chosen == null) {
            chosen = asked.id().flatMap(id -> Asked.ifThere(() -> policies.get(visitor.caller(), id)));
        }
        return chosen.orElse(null);
    }

    /** Runs that would go with the rule of the dialog. */
    public long getRunCount() {
        return count(Set.of());
    }

    /** Whether a run of the rule of the dialog is under way. */
    public boolean isRunning() {
        return count(Set.of(ExecutionStatus.RUNNING)) > 0;
    }

    private long count(Set<ExecutionStatus> statuses) {
        return runs.list(visitor.caller(), new ReplicationService.RunFilter(OptionalLong.of(id()), statuses,
                Optional.empty()), Sort.by(), COUNT_ONLY).total();
    }

    /** Starts the rule, and leads to its run. @throws HarborException as the service */
    public void run() {
        long run = runs.start(visitor.caller(), id());
        navigation.leaveFor("/harbor/replication-execution?id=" + run, "replication.started", name());
    }

    /** Switches the rule on, or off. @throws HarborException as the service */
    public void change() {
        boolean enabled = !asked.getAct().equals("disable");
        policies.setEnabled(visitor.caller(), id(), enabled);
        navigation.leaveFor(PAGE + getAddress(), enabled ? "replication.enabled" : "replication.disabled", name());
    }

    /** @throws HarborException as the service */
    public void delete() {
        String name = name();
        policies.delete(visitor.caller(), id());
        navigation.leaveFor(PAGE, "replication.deleted", name);
    }

    private long id() {
        return asked.id().orElse(-1L);
    }

    private String name() {
        return getChosen() == null ? "" : getChosen().spec().name();
    }
}
