// SPDX-License-Identifier: Apache-2.0
package org.harboree.oci;

/** What may be called a media type. */
final class MediaTypeGrammar {
    private static final String NAME_MARKS = "!#$&-^_.+";
    private static final int MAX_NAME_CHARS = 127;

    private MediaTypeGrammar() {
    }

    /** {@code type-name "/" subtype-name} of RFC 6838, section 4.2; no parameters. */
    static boolean isRegistrable(String text) {
        int slash = text.indexOf('/');
        return slash > 0 && isName(text, 0, slash) && isName(text, slash + 1, text.length());
    }

    /** Not empty, and no control characters or others that a header cannot carry. */
    static boolean isPrintable(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= 0x20 && c < 0x7f);
    }

    private static boolean isName(String text, int start, int end) {
        if (start == end || end - start > MAX_NAME_CHARS || !isAlphanumeric(text.charAt(start))) {
            return false;
        }
        for (int i = start; i < end; i++) {
            if (!isAlphanumeric(text.charAt(i)) && NAME_MARKS.indexOf(text.charAt(i)) < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAlphanumeric(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }
}
