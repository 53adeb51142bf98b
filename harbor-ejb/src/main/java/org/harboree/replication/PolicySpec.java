// SPDX-License-Identifier: Apache-2.0
package org.harboree.replication;

import java.util.Objects;
import java.util.OptionalLong;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;
import org.harboree.error.Reason;

/**
 * What a policy says.
 *
 * @param source registry to copy from, empty for this one
 * @param destination registry to copy to, empty for this one
 * @param speed most KiB per second of each task; 0 for no limit
 * @param copyByChunk whether large blobs are sent in pieces
 * @param singleActive whether a run is passed over while another one is under way
 */
public record PolicySpec(String name, String description, OptionalLong source, OptionalLong destination,
        DestinationNamespace namespace, PolicyFilters filters, PolicyTrigger trigger, boolean replicateDeletion,
        boolean override, boolean enabled, int speed, boolean copyByChunk, boolean singleActive) {
    private static final int MAX_NAME = 256;
    private static final int MAX_DESCRIPTION = 4096;

    public PolicySpec {
        Objects.requireNonNull(namespace);
        Objects.requireNonNull(filters);
        Objects.requireNonNull(trigger);
        speed = Math.max(0, speed);
    }

    /** What a policy says after a change from this to the next one. */
    PolicySpec changedTo(PolicySpec next) {
        return new PolicySpec(next.name, next.description, next.source, next.destination, next.namespace,
                filters.changedTo(next.filters), next.trigger, next.replicateDeletion, next.override, next.enabled,
                next.speed, next.copyByChunk, next.singleActive);
    }

    /** @throws HarborException BAD_REQUEST naming what is wrong, in Harbor's words where it has some */
    PolicySpec requireValid() {
        require(name != null && !name.isEmpty(), "empty name", Reason.RULE_NAME_INVALID);
        require(name.length() <= MAX_NAME, "the name has more than " + MAX_NAME + " characters",
                Reason.RULE_NAME_INVALID);
        require(name.chars().noneMatch(Character::isISOControl), "the name has a control character",
                Reason.RULE_NAME_INVALID);
        require(description.length() <= MAX_DESCRIPTION,
                "the description has more than " + MAX_DESCRIPTION + " characters", Reason.DESCRIPTION_TOO_LONG);
        requireEnds();
        boolean eventBased = trigger.type() == PolicyTrigger.Type.EVENT_BASED;
        require(!eventBased || source.isEmpty(), "only what happens in this registry can trigger a policy: with a"
                + " src_registry it cannot be event_based", Reason.RULE_EVENT_NEEDS_PUSH);
        require(!eventBased || !singleActive, "single active replication is not allowed for event_based triggers",
                Reason.RULE_EVENT_NEVER_SINGLE);
        return this;
    }

    /** @throws HarborException BAD_REQUEST unless this registry is one side, and another one the other */
    void requireEnds() {
        require(source.isPresent() != destination.isPresent(), "either src_registry or dest_registry should be empty"
                + " and the other one shouldn't be empty", Reason.RULE_ENDS_MISSING);
    }

    /** The same, but for whether it runs. */
    PolicySpec withEnabled(boolean runs) {
        return new PolicySpec(name, description, source, destination, namespace, filters, trigger, replicateDeletion,
                override, runs, speed, copyByChunk, singleActive);
    }

    private static void require(boolean holds, String message, Reason reason) {
        if (!holds) {
            throw new HarborException(ErrorCode.BAD_REQUEST, message).because(reason);
        }
    }
}
