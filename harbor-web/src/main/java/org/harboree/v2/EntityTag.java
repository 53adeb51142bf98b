// SPDX-License-Identifier: Apache-2.0
package org.harboree.v2;

import jakarta.servlet.http.HttpServletRequest;

/** The digest as entity tag (RFC 9110 8.8.3). Content under a digest never changes, so the tag is strong. */
final class EntityTag {
    private EntityTag() {}

    static String of(String digest) {
        return '"' + digest + '"';
    }

    /** Whether {@code If-None-Match} names the digest: quoted, weak, bare as Docker sends it, in a list, or {@code *}. */
    static boolean matches(HttpServletRequest request, String digest) {
        String header = request.getHeader("If-None-Match");
        if (header == null) {
            return false;
        }
        for (String candidate : header.split(",")) {
            String tag = candidate.strip();
            tag = tag.startsWith("W/") ? tag.substring(2) : tag;
            if (tag.equals("*") || tag.equals(digest) || tag.equals(of(digest))) {
                return true;
            }
        }
        return false;
    }
}
