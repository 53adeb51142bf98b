// SPDX-License-Identifier: Apache-2.0
package org.harboree.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.harboree.job.Cron;
import org.harboree.remote.RegistryEndpoint;
import org.harboree.replication.Policy;
import org.harboree.replication.PolicySpec;
import org.harboree.replication.PolicyTrigger;

/** Harbor's {@code ReplicationPolicy}; {@code platforms} is ours. */
record ReplicationPolicyView(long id, String name, String description, RegistryView srcRegistry,
        RegistryView destRegistry, String destNamespace,
        @JsonInclude(JsonInclude.Include.ALWAYS) int destNamespaceReplaceCount, TriggerView trigger,
        List<FilterView> filters, boolean replicateDeletion, boolean deletion, boolean override, boolean enabled,
        String creationTime, String updateTime, @JsonInclude(JsonInclude.Include.ALWAYS) int speed,
        @JsonInclude(JsonInclude.Include.ALWAYS) boolean copyByChunk,
        @JsonInclude(JsonInclude.Include.ALWAYS) boolean singleActiveReplication,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> platforms) {

    /** Harbor's {@code ReplicationTrigger}. */
    record TriggerView(String type, SettingsView triggerSettings) {
        static TriggerView of(PolicyTrigger trigger) {
            return new TriggerView(trigger.type().wireName(),
                    trigger.cron().map(Cron::toString).map(SettingsView::new).orElse(null));
        }
    }

    /** Harbor's {@code ReplicationTriggerSettings}. */
    record SettingsView(String cron) {
    }

    /** Harbor's {@code ReplicationFilter}. */
    record FilterView(String type, Object value, String decoration) {
    }

    static ReplicationPolicyView of(Policy policy, RegistryEndpoint source, RegistryEndpoint destination) {
        PolicySpec spec = policy.spec();
        return new ReplicationPolicyView(policy.id(), spec.name(), spec.description(), RegistryView.of(source),
                RegistryView.of(destination), spec.namespace().path(), spec.namespace().replaced(),
                TriggerView.of(spec.trigger()), spec.filters().all().stream().map(filter -> new FilterView(
                        filter.type().wireName(), filter.value(), filter.decoration())).toList(),
                spec.replicateDeletion(), spec.replicateDeletion(), spec.override(), spec.enabled(),
                Json.time(policy.creationTime()), Json.time(policy.updateTime()), spec.speed(), spec.copyByChunk(),
                spec.singleActive(), spec.filters().choice().platforms());
    }
}
