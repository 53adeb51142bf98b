// SPDX-License-Identifier: Apache-2.0
package org.harboree.job;

/**
 * A task to be.
 *
 * @param kind {@link JobKind#name()} of who does it
 * @param attributes a JSON object: all that the kind needs to know. It is shown in the API: no secrets
 */
public record NewTask(String kind, String attributes) {
}
