// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.harboree.oci.Platform;

/** An entry of an index. {@code childId} is empty where the repository does not hold the child. */
public record ReferenceDetails(long parentId, OptionalLong childId, String childDigest, Optional<Platform> platform,
        Map<String, String> annotations, List<String> urls) {}
