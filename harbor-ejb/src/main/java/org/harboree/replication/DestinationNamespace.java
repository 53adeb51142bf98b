// SPDX-License-Identifier: Apache-2.0
package org.harboree.replication;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;
import org.harboree.error.Reason;
import org.harboree.oci.RepositoryName;
import org.harboree.remote.RemoteName;

/**
 * Where repositories go on the other side.
 *
 * <pre>
 *   a/b/c/image to n:   -1 → n/image   0 → n/a/b/c/image   1 → n/b/c/image   2 → n/c/image   3 → n/image
 * </pre>
 *
 * @param path empty for the names as they are
 * @param replaced how many components from the first on the path stands for; below 0 all of them
 */
public record DestinationNamespace(String path, int replaced) {

    /** @throws HarborException BAD_REQUEST if the path can be no part of a name */
    public DestinationNamespace {
        if (!path.isEmpty() && !isWellFormed(path)) {
            throw new HarborException(ErrorCode.BAD_REQUEST, "invalid destination namespace: " + path)
                    .because(Reason.RULE_NAMESPACE_INVALID);
        }
    }

    /**
     * The name on the other side.
     *
     * @throws HarborException BAD_REQUEST if the name has fewer components than are to be replaced; NAME_INVALID if it
     *     becomes too long
     */
    RemoteName of(RemoteName source) {
        if (path.isEmpty()) {
            return source;
        }
        List<String> components = Arrays.asList(source.value().split("/"));
        int last = components.size() - 1;
        if (replaced > last) {
            throw new HarborException(ErrorCode.BAD_REQUEST, "the source repository \"" + source + "\" contains only "
                    + last + " path components excepting the last one, but the destination namespace flattening level"
                    + " is " + replaced, source.value()).because(Reason.RULE_NAMESPACE_TOO_SHORT);
        }
        List<String> name = new ArrayList<>(List.of(path));
        name.addAll(components.subList(replaced < 0 ? last : replaced, components.size()));
        return RemoteName.parse(String.join("/", name));
    }

    /** A path is what stands before a slash and one more component. */
    private static boolean isWellFormed(String path) {
        try {
            RepositoryName.parse(path + "/x");
            return true;
        } catch (HarborException e) {
            return false;
        }
    }
}
