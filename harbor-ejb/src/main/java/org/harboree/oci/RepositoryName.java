// SPDX-License-Identifier: Apache-2.0
package org.harboree.oci;

import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;

/**
 * The full name of a repository, {@code <project>/<name in the project>}, for example {@code library/hello-world}.
 *
 * <p>Grammar of the OCI Distribution Spec ("Pull"): components {@code [a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*} with a slash
 * between them, at most 255 characters. As in Harbor there are at least two components; the first is the project.
 *
 * @param value the full name
 */
public record RepositoryName(String value) implements Comparable<RepositoryName> {
    private static final int MAX_LENGTH = 255;

    /** @throws HarborException NAME_INVALID if the grammar does not allow the value */
    public RepositoryName {
        if (!isWellFormed(value)) {
            throw new HarborException(ErrorCode.NAME_INVALID, "invalid repository name", value);
        }
    }

    /**
     * Reads a full repository name.
     *
     * @throws HarborException NAME_INVALID if the grammar does not allow it or it has one component only
     */
    public static RepositoryName parse(String text) {
        return new RepositoryName(text);
    }

    /** The first component. */
    public String project() {
        return value.substring(0, value.indexOf('/'));
    }

    /** All after the project; may itself have slashes. */
    public String inProject() {
        return value.substring(value.indexOf('/') + 1);
    }

    /** By bytes, as the catalog sorts. */
    @Override
    public int compareTo(RepositoryName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }

    private static boolean isWellFormed(String text) {
        if (text == null || text.length() > MAX_LENGTH) {
            return false;
        }
        int slashes = 0;
        int i = 0;
        while (true) {
            i = endOfComponent(text, i);
            if (i < 0) {
                return false;
            }
            if (i == text.length()) {
                return slashes > 0;
            }
            slashes++;
            i++;
        }
    }

    /** Index of the slash or end of text that closes the component, or -1 if it is malformed. */
    private static int endOfComponent(String text, int start) {
        int i = endOfWord(text, start);
        if (i == start) {
            return -1;
        }
        while (i < text.length() && text.charAt(i) != '/') {
            int word = endOfSeparator(text, i);
            i = endOfWord(text, word);
            if (i == word) {
                return -1;
            }
        }
        return i;
    }

    private static int endOfWord(String text, int start) {
        int i = start;
        while (i < text.length() && isAlphanumeric(text.charAt(i))) {
            i++;
        }
        return i;
    }

    /** One dot, one or two underscores, or any number of hyphens; whatever else stays and breaks the next word. */
    private static int endOfSeparator(String text, int start) {
        char c = text.charAt(start);
        int most = c == '.' ? 1 : c == '_' ? 2 : c == '-' ? MAX_LENGTH : 0;
        int i = start;
        while (i < text.length() && i - start < most && text.charAt(i) == c) {
            i++;
        }
        return i;
    }

    private static boolean isAlphanumeric(char c) {
        return c >= 'a' && c <= 'z' || c >= '0' && c <= '9';
    }
}
