// SPDX-License-Identifier: Apache-2.0
package org.harboree.remote.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A challenge of {@code WWW-Authenticate} (RFC 9110, section 11.6.1).
 *
 * @param scheme in lower case: {@code bearer}, {@code basic}
 * @param parameters names in lower case
 */
record Challenge(String scheme, Map<String, String> parameters) {
    static final String BEARER = "bearer";
    static final String BASIC = "basic";

    private static final int MAX_LENGTH = 16 << 10;
    private static final Pattern PART = Pattern.compile(
            "\\G[\\s,]*(?:([A-Za-z0-9_-]+)\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*+)\"|([^\\s,\"]*+))|([A-Za-z0-9_-]+))");

    /** The one to be answered: Bearer before Basic; empty where there is neither. */
    static Optional<Challenge> best(List<String> headers) {
        List<Challenge> all = headers.stream().flatMap(header -> parse(header).stream()).toList();
        return all.stream().filter(c -> c.scheme.equals(BEARER) && c.parameters.containsKey("realm")).findFirst()
                .or(() -> all.stream().filter(c -> c.scheme.equals(BASIC)).findFirst());
    }

    private static List<Challenge> parse(String header) {
        List<Challenge> challenges = new ArrayList<>();
        Matcher part = PART.matcher(header.substring(0, Math.min(header.length(), MAX_LENGTH)));
        while (part.find()) {
            if (part.group(4) != null) {
                challenges.add(new Challenge(part.group(4).toLowerCase(Locale.ROOT), new LinkedHashMap<>()));
            } else if (!challenges.isEmpty()) {
                String value = part.group(2) == null ? part.group(3) : part.group(2).replaceAll("\\\\(.)", "$1");
                challenges.get(challenges.size() - 1).parameters
                        .putIfAbsent(part.group(1).toLowerCase(Locale.ROOT), value);
            }
        }
        return challenges;
    }
}
