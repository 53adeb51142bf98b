// SPDX-License-Identifier: Apache-2.0
/**
 * What happened, told to those who want to know, after it is certain: at least once, in order for each key.
 *
 * <p>Who changes something writes the event in the same transaction ({@link org.harboree.outbox.Outbox}); who wants to
 * know of it is an {@link org.harboree.outbox.OutboxConsumer}. This package knows neither of them.
 */
package org.harboree.outbox;
