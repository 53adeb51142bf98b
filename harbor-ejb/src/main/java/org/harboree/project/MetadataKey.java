// SPDX-License-Identifier: Apache-2.0
package org.harboree.project;

import java.util.Arrays;
import java.util.Set;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;

/** The metadata keys that this product acts on; one that it does not is refused, for it would promise a policy. */
public enum MetadataKey {
    /** Whether anybody may pull. */
    PUBLIC("public"),
    /** Ours: whether an index may be pushed whose manifests are not in the repository. */
    ALLOW_SPARSE_INDEX("allow_sparse_index");

    private static final Set<String> TRUE = Set.of("1", "t", "T", "true", "TRUE", "True");
    private static final Set<String> FALSE = Set.of("0", "f", "F", "false", "FALSE", "False");

    private final String key;

    MetadataKey(String key) {
        this.key = key;
    }

    /** The key on the wire. */
    public String key() {
        return key;
    }

    /** @throws HarborException BAD_REQUEST for a key that is not in the table */
    static MetadataKey of(String key) {
        return Arrays.stream(values()).filter(known -> known.key.equals(key)).findFirst()
                .orElseThrow(() -> new HarborException(ErrorCode.BAD_REQUEST, "unsupported metadata key " + key));
    }

    /** {@code "true"} or {@code "false"} for all spellings that Harbor takes. @throws HarborException BAD_REQUEST */
    String normalised(String value) {
        if (TRUE.contains(String.valueOf(value))) {
            return "true";
        }
        if (FALSE.contains(String.valueOf(value))) {
            return "false";
        }
        throw new HarborException(ErrorCode.BAD_REQUEST, "the value of metadata " + key + " must be true or false");
    }
}
