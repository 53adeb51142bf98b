// SPDX-License-Identifier: Apache-2.0
package org.harboree.oci;

import java.util.regex.Pattern;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;

/**
 * A name for a manifest inside a repository: {@code [a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}} (OCI Distribution Spec, "Pull").
 *
 * @param value the tag as it was written; tags differ by case
 */
public record Tag(String value) implements Reference, Comparable<Tag> {
    private static final int MAX_LENGTH = 128;
    private static final int MAX_REFERRERS_HEX = 64;
    private static final Pattern REFERRERS = Pattern.compile("sha(256|512)-[0-9a-f]{64}");

    /** @throws HarborException TAG_INVALID if the grammar does not allow the value */
    public Tag {
        if (!isWellFormed(value)) {
            throw new HarborException(ErrorCode.TAG_INVALID, "invalid tag", value);
        }
    }

    /**
     * Reads a tag.
     *
     * @throws HarborException TAG_INVALID if the grammar does not allow it
     */
    public static Tag parse(String text) {
        return new Tag(text);
    }

    /**
     * The tag under which registries without a referrers API keep the list of what refers to a manifest (Distribution
     * Spec, "Referrers Tag Schema"): {@code sha256-<hex>}, cut off after 64 digits.
     */
    public static Tag ofReferrers(Digest subject) {
        String hex = subject.hex();
        return new Tag(subject.algorithm().wireName() + "-"
                + hex.substring(0, Math.min(hex.length(), MAX_REFERRERS_HEX)));
    }

    /** Whether this is a tag as {@link #ofReferrers} makes them. */
    public boolean isOfReferrers() {
        return REFERRERS.matcher(value).matches();
    }

    /** By bytes, as the tag list of the Distribution Spec and a binary collation sort. */
    @Override
    public int compareTo(Tag other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }

    private static boolean isWellFormed(String text) {
        if (text == null || text.isEmpty() || text.length() > MAX_LENGTH || !isWord(text.charAt(0))) {
            return false;
        }
        for (int i = 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isWord(c) && c != '.' && c != '-') {
                return false;
            }
        }
        return true;
    }

    private static boolean isWord(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_';
    }
}
