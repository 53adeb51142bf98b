// SPDX-License-Identifier: Apache-2.0
package org.harboree.console;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.harboree.error.HarborException;
import org.harboree.error.Reason;
import org.harboree.listing.PageRequest;
import org.harboree.listing.Query;
import org.harboree.listing.Sort;
import org.harboree.remote.RegistryEndpoint;
import org.harboree.remote.RegistryEndpointService;
import org.harboree.replication.PolicyFilter;
import org.harboree.replication.PolicySpec;
import org.harboree.replication.Preview;
import org.harboree.replication.Reconciliation;
import org.harboree.replication.ReplicationPolicyService;
import org.harboree.replication.ReplicationService;

/** A replication rule that is made or changed, with what it would find before it is saved. */
@Named
@RequestScoped
public class ReplicationRuleView {
    private static final Sort BY_NAME = Sort.by(new Sort.Key("name", false));
    /** Where in the form the services' refusals belong. */
    private static final Map<Reason, String> FIELDS = Map.of(Reason.RULE_NAME_INVALID, "name",
            Reason.RULE_TAKEN, "name", Reason.DESCRIPTION_TOO_LONG, "description",
            Reason.RULE_ENDS_MISSING, "registry", Reason.RULE_NAMESPACE_TOO_SHORT, "namespace",
            Reason.RULE_EVENT_NEEDS_PUSH, "trigger", Reason.RULE_EVENT_NEVER_SINGLE, "single");
    private static final int SHOWN = 8;

    @Inject
    private ReplicationPolicyService policies;

    @Inject
    private ReplicationService runs;

    @Inject
    private RegistryEndpointService endpoints;

    @Inject
    private ReplicationWords words;

    @Inject
    private Visitor visitor;

    @Inject
    private Problem problem;

    @Inject
    private Navigation navigation;

    @Inject
    private Text text;

    private final RuleForm form = new RuleForm();
    private long id;
    private String title;
    private List<RegistryEndpoint> registries;
    private boolean looking;
    private Preview preview;
    private Reconciliation difference;

    /** Fills in the form of a rule that is there. @throws HarborException as the service */
    public void load() {
        getRegistries();
        if (!isNew()) {
            form.fill(stored());
        }
    }

    public boolean isNew() {
        return id == 0;
    }

    /** The name that the rule has, or what is being done. */
    public String getTitle() {
        if (title == null) {
            title = isNew() ? text.of("rule.new") : stored().name();
        }
        return title;
    }

    private PolicySpec stored() {
        return policies.get(visitor.caller(), id).spec();
    }

    /** The registries there are to choose from. */
    public List<RegistryEndpoint> getRegistries() {
        if (registries == null) {
            registries = endpoints.list(visitor.caller(), Optional.empty(), Query.none(), BY_NAME,
                    PageRequest.everything()).items();
        }
        return registries;
    }

    /** How many levels of a name the namespace stands for, in words. */
    public String levelName(int level) {
        return level < 0 ? text.of("rule.levels.all") : text.of("rule.levels", level);
    }

    /** Conditions that stay and have no field. */
    public List<String> getFurtherConditions() {
        return words.conditions(further());
    }

    private List<PolicyFilter> further() {
        return isNew() ? List.of() : RuleForm.further(stored().filters());
    }

    /** Finds out what the rule would find. @throws HarborException as the service */
    public void look() {
        looking = true;
        form.draft(further(), problem).ifPresent(this::look);
    }

    /** Finds out what a run would send. @throws HarborException as the service */
    public void compare() {
        looking = true;
        form.draft(further(), problem).ifPresent(spec -> {
            look(spec);
            difference = runs.reconcile(visitor.caller(), spec);
        });
    }

    private void look(PolicySpec spec) {
        if (!form.isPull() || spec.source().isPresent()) {
            preview = runs.preview(visitor.caller(), spec);
        }
    }

    /** Each refusal stands at the field that it is about, where it is about one. @throws HarborException else */
    public void save() {
        Optional<PolicySpec> spec = form.spec(further(), problem);
        if (spec.isEmpty()) {
            return;
        }
        try {
            if (isNew()) {
                id = policies.create(visitor.caller(), spec.get());
            } else {
                policies.update(visitor.caller(), id, spec.get());
            }
            navigation.leaveFor("/harbor/replication-executions?rule=" + id, "rule.saved", spec.get().name());
        } catch (HarborException refusal) {
            String field = refusal.reason().map(FIELDS::get).orElse(null);
            if (field == null) {
                throw refusal;
            }
            problem.tellAt(RuleForm.ID + field, refusal);
        }
    }

    /** Whether it was asked what the rule would find. */
    public boolean isLooking() {
        return looking;
    }

    /** Null until it is known. */
    public Preview getPreview() {
        return preview;
    }

    /** The first repositories of the preview. */
    public List<Preview.Match> getMatches() {
        return preview.repositories().subList(0, Math.min(SHOWN, preview.repositories().size()));
    }

    /** Repositories of the preview that are not shown one by one. */
    public long getFurtherMatches() {
        return preview.repositories().size() - getMatches().size();
    }

    /** What a run would send; null until it is known. */
    public Reconciliation getDifference() {
        return difference;
    }

    public RuleForm getForm() {
        return form;
    }

    /** 0 for one that is made. */
    public long getId() {
        return id;
    }

    public void setId(long id) {
        this.id = id;
    }
}
