// SPDX-License-Identifier: Apache-2.0
package org.harboree.outbox;

/** Fired after a commit on this node: there are events to deliver. */
public record OutboxFilled() {
}
