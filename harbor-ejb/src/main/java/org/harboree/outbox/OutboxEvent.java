// SPDX-License-Identifier: Apache-2.0
package org.harboree.outbox;

/**
 * Something that happened.
 *
 * @param topic what, in the writer's words: {@code ARTIFACT_PUSHED}; at most 64 ASCII characters
 * @param key events of one key are delivered in the order in which they were written; a repository's full name for all
 *     that happens in it; at most 255 characters
 * @param payload a JSON object, at most 1 MiB; no secrets
 */
public record OutboxEvent(String topic, String key, String payload) {
}
