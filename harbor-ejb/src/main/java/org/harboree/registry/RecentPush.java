// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

import java.time.Instant;
import java.util.List;

/**
 * An artifact by when it was pushed.
 *
 * @param repository its name inside the project
 * @param tags those that name it now, newest first
 */
public record RecentPush(String repository, String digest, long size, Instant pushTime, List<String> tags) {}
