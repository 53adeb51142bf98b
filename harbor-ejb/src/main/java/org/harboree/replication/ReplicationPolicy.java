// SPDX-License-Identifier: Apache-2.0
package org.harboree.replication;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.OptionalLong;

/** A policy's row. Life: made, changed as a whole, deleted once nothing of it runs. */
@Entity
@Table(name = "replication_policy")
class ReplicationPolicy {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    @Column(name = "policy_id")
    private Long id;

    @Column(name = "name", nullable = false, length = 256)
    private String name;

    @Column(name = "description", nullable = false)
    private String description;

    @Column(name = "owner_id", nullable = false)
    private long ownerId;

    @Column(name = "src_registry_id")
    private Long sourceId;

    @Column(name = "dest_registry_id")
    private Long destinationId;

    @Column(name = "dest_namespace", nullable = false)
    private String namespace;

    @Column(name = "dest_namespace_replace_count", nullable = false)
    private int replaced;

    @Column(name = "filters", nullable = false)
    private String filters;

    @Column(name = "trigger_type", nullable = false)
    private String triggerType;

    @Column(name = "cron", nullable = false)
    private String cron;

    @Column(name = "replicate_deletion", nullable = false)
    private boolean replicateDeletion;

    @Column(name = "override_existing", nullable = false)
    private boolean override;

    @Column(name = "enabled", nullable = false)
    private boolean enabled;

    @Column(name = "speed", nullable = false)
    private int speed;

    @Column(name = "copy_by_chunk", nullable = false)
    private boolean copyByChunk;

    @Column(name = "single_active", nullable = false)
    private boolean singleActive;

    @Column(name = "creation_time", insertable = false, updatable = false)
    private Instant creationTime;

    @Column(name = "update_time", insertable = false, updatable = false)
    private Instant updateTime;

    /** For Hibernate. */
    protected ReplicationPolicy() {
    }

    ReplicationPolicy(long ownerId, PolicySpec spec) {
        change(ownerId, spec);
    }

    final void change(long newOwner, PolicySpec spec) {
        ownerId = newOwner;
        name = spec.name();
        description = spec.description();
        sourceId = spec.source().isPresent() ? spec.source().getAsLong() : null;
        destinationId = spec.destination().isPresent() ? spec.destination().getAsLong() : null;
        namespace = spec.namespace().path();
        replaced = spec.namespace().replaced();
        filters = spec.filters().toJson();
        triggerType = spec.trigger().type().wireName();
        cron = spec.trigger().cron().map(Object::toString).orElse("");
        replicateDeletion = spec.replicateDeletion();
        override = spec.override();
        enabled = spec.enabled();
        speed = spec.speed();
        copyByChunk = spec.copyByChunk();
        singleActive = spec.singleActive();
    }

    long id() {
        return id;
    }

    Policy policy() {
        PolicySpec spec = new PolicySpec(name, description, optional(sourceId), optional(destinationId),
                new DestinationNamespace(namespace, replaced), PolicyFilters.ofJson(filters),
                PolicyTrigger.of(triggerType, cron), replicateDeletion, override, enabled, speed, copyByChunk,
                singleActive);
        return new Policy(id, ownerId, spec, creationTime, updateTime);
    }

    private static OptionalLong optional(Long number) {
        return number == null ? OptionalLong.empty() : OptionalLong.of(number);
    }
}
