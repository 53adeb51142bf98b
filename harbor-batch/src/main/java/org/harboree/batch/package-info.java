// SPDX-License-Identifier: Apache-2.0
/**
 * The threads and the clock of {@code org.harboree.job} and {@code org.harboree.outbox}: Jakarta Batch, timers, events.
 *
 * <p>Nobody calls in: it observes {@link org.harboree.job.TasksWaiting} and
 * {@link org.harboree.outbox.OutboxFilled}. It knows nothing of what the work is.
 */
package org.harboree.batch;
