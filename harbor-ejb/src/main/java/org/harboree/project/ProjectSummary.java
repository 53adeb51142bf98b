// SPDX-License-Identifier: Apache-2.0
package org.harboree.project;

import java.util.Map;
import java.util.Optional;
import org.harboree.access.Role;

/** @param members how many have which role; empty for a caller who may not list members */
public record ProjectSummary(long repositoryCount, Optional<Map<Role, Long>> members) {
}
