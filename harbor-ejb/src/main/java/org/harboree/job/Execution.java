// SPDX-License-Identifier: Apache-2.0
package org.harboree.job;

import java.time.Instant;
import java.util.Optional;

/**
 * A run of something, as it was when it was read.
 *
 * <p>Life: made together with its tasks, in the transaction of who asks for it; Running until its last task has ended;
 * kept until so many newer ones of the same vendor have ended ({@link JobKind#keptExecutions}).
 *
 * @param statusMessage why it failed; empty else
 * @param attributes a JSON object
 * @param endTime of its last task
 */
public record Execution(long id, String vendorType, long vendorId, ExecutionStatus status, String statusMessage,
        Trigger trigger, String attributes, Instant startTime, Instant updateTime, Optional<Instant> endTime) {

    /** From a row. */
    Execution(long id, String vendorType, long vendorId, String status, String statusMessage, String trigger,
            String attributes, Instant startTime, Instant updateTime, Instant endTime) {
        this(id, vendorType, vendorId, ExecutionStatus.of(status), statusMessage, Trigger.valueOf(trigger), attributes,
                startTime, updateTime, Optional.ofNullable(endTime));
    }
}
