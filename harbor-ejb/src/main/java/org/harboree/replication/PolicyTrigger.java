// SPDX-License-Identifier: Apache-2.0
package org.harboree.replication;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;
import org.harboree.error.Reason;
import org.harboree.job.Cron;

/**
 * What starts a policy, beside a person.
 *
 * @param cron when, in UTC; only for {@link Type#SCHEDULED}
 */
public record PolicyTrigger(Type type, Optional<Cron> cron) {
    /** Nothing but a person. */
    public static final PolicyTrigger MANUAL = new PolicyTrigger(Type.MANUAL, Optional.empty());

    /** Harbor's kinds. */
    public enum Type {
        MANUAL, SCHEDULED, EVENT_BASED;

        /** Harbor's name. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @throws HarborException BAD_REQUEST for a schedule without cron, or one that is due too often for Harbor */
    public PolicyTrigger {
        if (type == Type.SCHEDULED) {
            Cron schedule = cron.orElseThrow(() -> invalid("the cron string cannot be empty when the trigger type is "
                    + Type.SCHEDULED.wireName()).because(Reason.SCHEDULE_INVALID));
            if (schedule.isWithinMinute() || schedule.firstSecond() != 0) {
                throw invalid("the 1st field (indicating Seconds of time) of the cron setting must be 0")
                        .because(Reason.RULE_SCHEDULE_TOO_OFTEN);
            }
            if (schedule.isEveryMinute()) {
                throw invalid("* is not allowed for the Minutes field of the cron setting of replication policy")
                        .because(Reason.RULE_SCHEDULE_TOO_OFTEN);
            }
        } else {
            cron = Optional.empty();
        }
    }

    /**
     * From the fields of the API.
     *
     * @param type null or empty for manual
     * @param cron null or empty for none; passed over where it means nothing
     * @throws HarborException BAD_REQUEST
     */
    public static PolicyTrigger of(String type, String cron) {
        if (type == null || type.isEmpty()) {
            return MANUAL;
        }
        Type known = Arrays.stream(Type.values()).filter(candidate -> candidate.wireName().equals(type)).findFirst()
                .orElseThrow(() -> invalid("invalid trigger type"));
        boolean meant = known == Type.SCHEDULED && cron != null && !cron.isBlank();
        return new PolicyTrigger(known, meant ? Optional.of(Cron.parse(cron)) : Optional.empty());
    }

    private static HarborException invalid(String message) {
        return new HarborException(ErrorCode.BAD_REQUEST, message);
    }
}
