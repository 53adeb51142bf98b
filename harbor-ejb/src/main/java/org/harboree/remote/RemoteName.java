// SPDX-License-Identifier: Apache-2.0
package org.harboree.remote;

import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;

/**
 * The name of a repository in another registry, below its host: {@code ubuntu}, {@code library/ubuntu}.
 *
 * <p>Other registries allow more than the Distribution Spec does (one component, upper case), so this only refuses what
 * could mean something else in a URL: components of {@code [A-Za-z0-9._-]}, not {@code .} or {@code ..}, a slash
 * between them, at most 255 characters in all.
 *
 * @param value the name as the registry writes it
 */
public record RemoteName(String value) implements Comparable<RemoteName> {
    private static final int MAX_LENGTH = 255;

    /** @throws HarborException NAME_INVALID for anything else */
    public RemoteName {
        if (!isWellFormed(value)) {
            throw new HarborException(ErrorCode.NAME_INVALID, "invalid name of a remote repository", value);
        }
    }

    /**
     * Reads a name.
     *
     * @throws HarborException NAME_INVALID
     */
    public static RemoteName parse(String text) {
        return new RemoteName(text);
    }

    /** Whether {@link #parse} would take it. */
    public static boolean isWellFormed(String text) {
        if (text == null || text.isEmpty() || text.length() > MAX_LENGTH || !hasNameCharacters(text)) {
            return false;
        }
        for (String component : text.split("/", -1)) {
            if (component.isEmpty() || component.equals(".") || component.equals("..")) {
                return false;
            }
        }
        return true;
    }

    /** The first component: the project in Harbor, the owner or namespace elsewhere. */
    public String firstComponent() {
        int slash = value.indexOf('/');
        return slash < 0 ? value : value.substring(0, slash);
    }

    /** By bytes. */
    @Override
    public int compareTo(RemoteName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }

    private static boolean hasNameCharacters(String text) {
        return text.chars().allMatch(c -> c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
                || c == '.' || c == '_' || c == '-' || c == '/');
    }
}
