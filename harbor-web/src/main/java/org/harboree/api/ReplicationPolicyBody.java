// SPDX-License-Identifier: Apache-2.0
package org.harboree.api;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.harboree.replication.DestinationNamespace;
import org.harboree.replication.PlatformChoice;
import org.harboree.replication.PolicyFilter;
import org.harboree.replication.PolicyFilters;
import org.harboree.replication.PolicySpec;
import org.harboree.replication.PolicyTrigger;

/** Harbor's {@code ReplicationPolicy} as it is sent; {@code platforms} is ours. */
record ReplicationPolicyBody(String name, String description, RegistryRef srcRegistry, RegistryRef destRegistry,
        String destNamespace, Integer destNamespaceReplaceCount, TriggerBody trigger, List<FilterBody> filters,
        Boolean replicateDeletion, Boolean deletion, boolean override, boolean enabled, Integer speed,
        Boolean copyByChunk, Boolean singleActiveReplication, List<String> platforms) {
    /** All levels, as Harbor's policies did before they could choose. */
    private static final int ALL_LEVELS = -1;

    /** Of a registry only its id counts; 0 is this one. */
    record RegistryRef(long id) {
    }

    /** Harbor's {@code ReplicationTrigger}. */
    record TriggerBody(String type, SettingsBody triggerSettings) {
    }

    /** Harbor's {@code ReplicationTriggerSettings}. */
    record SettingsBody(String cron) {
    }

    /** Harbor's {@code ReplicationFilter}. */
    record FilterBody(String type, Object value, String decoration) {
    }

    /** @throws org.harboree.error.HarborException UNPROCESSABLE_ENTITY for a number that does not fit */
    ReplicationPolicyBody requireShape() {
        Integer count = destNamespaceReplaceCount;
        if (count != null && (count < Byte.MIN_VALUE || count > Byte.MAX_VALUE)) {
            throw Parameters.invalid("dest_namespace_replace_count in body must be of type int8");
        }
        if (filters != null && filters.contains(null)) {
            throw Parameters.invalid("filters in body must be of type object");
        }
        if (platforms != null && platforms.contains(null)) {
            throw Parameters.invalid("platforms in body must be of type string");
        }
        return this;
    }

    /** @throws org.harboree.error.HarborException BAD_REQUEST */
    PolicySpec spec() {
        List<PolicyFilter> conditions = filters == null ? List.of() : filters.stream()
                .map(filter -> PolicyFilter.of(filter.type(), filter.value(), filter.decoration())).toList();
        PolicyTrigger start = trigger == null ? PolicyTrigger.MANUAL : PolicyTrigger.of(trigger.type(),
                trigger.triggerSettings() == null ? null : trigger.triggerSettings().cron());
        boolean deletes = deletion != null ? deletion : Boolean.TRUE.equals(replicateDeletion);
        return new PolicySpec(name, description == null ? "" : description, id(srcRegistry), id(destRegistry),
                new DestinationNamespace(destNamespace == null ? "" : destNamespace,
                        destNamespaceReplaceCount == null ? ALL_LEVELS : destNamespaceReplaceCount),
                new PolicyFilters(conditions, Optional.ofNullable(platforms).map(PlatformChoice::new)), start, deletes,
                override, enabled, speed == null ? 0 : speed, Boolean.TRUE.equals(copyByChunk),
                Boolean.TRUE.equals(singleActiveReplication));
    }

    private static OptionalLong id(RegistryRef registry) {
        return registry == null || registry.id() == 0 ? OptionalLong.empty() : OptionalLong.of(registry.id());
    }
}
