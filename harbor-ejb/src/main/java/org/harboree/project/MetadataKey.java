// SPDX-License-Identifier: Apache-2.0
package org.harboree.project;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;

/**
 * The metadata keys that a project can have, by Harbor's names.
 *
 * <p>A policy that this product does not enforce can be declined, never demanded: a key that is set to true and does
 * nothing would promise protection that is not there. A key that is not in the table is refused.
 */
public enum MetadataKey {
    /** Whether anybody may pull. */
    PUBLIC("public", Kind.FLAG),
    /** Ours: whether an index may be pushed whose manifests are not in the repository. */
    ALLOW_SPARSE_INDEX("allow_sparse_index", Kind.FLAG),
    /** Wishes to a scanner: kept, and without one of no effect, as in Harbor. */
    AUTO_SCAN("auto_scan", Kind.FLAG),
    AUTO_SBOM_GENERATION("auto_sbom_generation", Kind.FLAG),
    REUSE_SYS_CVE_ALLOWLIST("reuse_sys_cve_allowlist", Kind.FLAG),
    SEVERITY("severity", Kind.SEVERITY),
    PREVENT_VUL("prevent_vul", Kind.NOT_ENFORCED),
    ENABLE_CONTENT_TRUST("enable_content_trust", Kind.NOT_ENFORCED),
    ENABLE_CONTENT_TRUST_COSIGN("enable_content_trust_cosign", Kind.NOT_ENFORCED);

    private enum Kind {
        FLAG, NOT_ENFORCED, SEVERITY
    }

    private static final Set<String> TRUE = Set.of("1", "t", "T", "true", "TRUE", "True");
    private static final Set<String> FALSE = Set.of("0", "f", "F", "false", "FALSE", "False");
    private static final Set<String> SEVERITIES = Set.of("none", "low", "medium", "high", "critical");

    private final String key;
    private final Kind kind;

    MetadataKey(String key, Kind kind) {
        this.key = key;
        this.kind = kind;
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

    /** One spelling for all that Harbor takes. @throws HarborException BAD_REQUEST */
    String normalised(String value) {
        String text = String.valueOf(value);
        if (kind == Kind.SEVERITY) {
            return severity(text);
        }
        if (TRUE.contains(text)) {
            if (kind == Kind.NOT_ENFORCED) {
                throw new HarborException(ErrorCode.BAD_REQUEST, "metadata " + key + " is not enforced here");
            }
            return "true";
        }
        if (FALSE.contains(text)) {
            return "false";
        }
        throw new HarborException(ErrorCode.BAD_REQUEST, "the value of metadata " + key + " must be true or false");
    }

    private String severity(String value) {
        String lower = value.toLowerCase(Locale.ROOT);
        if (lower.equals("negligible")) {
            return "none";
        }
        if (!SEVERITIES.contains(lower)) {
            throw new HarborException(ErrorCode.BAD_REQUEST, "the value of metadata " + key + " is no severity");
        }
        return lower;
    }
}
