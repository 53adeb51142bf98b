// SPDX-License-Identifier: Apache-2.0
package org.harboree.console;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.harboree.job.Execution;
import org.harboree.job.Task;
import org.harboree.remote.RegistryEndpointService;
import org.harboree.replication.Policy;
import org.harboree.replication.PolicyFilter;
import org.harboree.replication.PolicyTrigger;

/** What rules and their runs are in words; {@code #{replicationWords}} in pages. */
@Named
@RequestScoped
public class ReplicationWords {
    /** By what {@link org.harboree.job.ExecutionStatus} and {@link org.harboree.job.TaskStatus} have in common. */
    private static final Map<String, String> TONES = Map.of("SUCCESS", "good", "ERROR", "bad", "STOPPED", "careful");

    @Inject
    private RegistryEndpointService endpoints;

    @Inject
    private Visitor visitor;

    @Inject
    private Text text;

    @Inject
    private Formats formats;

    private final Map<Long, String> registries = new HashMap<>();

    /** The registry that is copied from. */
    public String from(Policy policy) {
        return registry(policy.spec().source());
    }

    /** The registry that is copied to. */
    public String to(Policy policy) {
        return registry(policy.spec().destination());
    }

    private String registry(OptionalLong id) {
        return id.isEmpty() ? text.of("replication.here")
                : registries.computeIfAbsent(id.getAsLong(), known -> endpoints.get(visitor.caller(), known).name());
    }

    /** What starts it. */
    public String trigger(Policy policy) {
        PolicyTrigger trigger = policy.spec().trigger();
        return text.of("ruleTrigger." + trigger.type().wireName());
    }

    /** When it is due, in UTC; empty if nothing but a schedule would tell. */
    public String cron(Policy policy) {
        return policy.spec().trigger().cron().map(Object::toString).orElse("");
    }

    /** Its conditions, one line each. */
    public List<String> conditions(Policy policy) {
        List<String> conditions = new ArrayList<>(conditions(policy.spec().filters().all()));
        List<String> platforms = policy.spec().filters().choice().platforms();
        if (!platforms.isEmpty()) {
            conditions.add(text.of("ruleFilter.platforms", String.join(", ", platforms)));
        }
        return conditions;
    }

    List<String> conditions(List<PolicyFilter> filters) {
        return filters.stream().map(filter -> text.of("ruleFilter." + filter.type().wireName()
                + (filter.decoration().equals("excludes") ? "Not" : ""), String.join(", ", filter.texts()))).toList();
    }

    /**
     * How it looks where a run or a task stands: {@code good}, {@code bad} or {@code careful}; empty before its end.
     *
     * @param state of an {@link Execution} or a {@link Task}
     */
    public String tone(Enum<?> state) {
        return TONES.getOrDefault(state.name(), "");
    }

    /** How long it took, or takes so far. */
    public String duration(Execution execution) {
        return formats.duration(execution.startTime(), execution.endTime().orElseGet(Instant::now));
    }

    /** How long it took, or takes so far; a dash before it begins. */
    public String duration(Task task) {
        return task.startTime().map(start -> formats.duration(start, task.endTime().orElseGet(Instant::now)))
                .orElse("–");
    }
}
