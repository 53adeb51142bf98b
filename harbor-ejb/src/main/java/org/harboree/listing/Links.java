// SPDX-License-Identifier: Apache-2.0
package org.harboree.listing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The {@code Link} header (RFC 8288) of a page, with relative URLs. What stands in it cannot leave the header or the
 * angle brackets: everything else than harmless characters is percent-encoded.
 */
public final class Links {
    /** Harbor writes a query unescaped; that is kept for what neither a header nor a query string gives a meaning. */
    private static final String PLAIN_IN_QUERY = "=/:@*()[]!$'?";
    private static final String NOT_IN_PATH = " \"<>\\^`{|}?#";

    private Links() {
    }

    /**
     * Harbor's REST form: {@code <…?page=1&page_size=10>; rel="prev" , <…?page=3&page_size=10>; rel="next"}. Other
     * parameters are kept, sorted by name.
     *
     * @param rawPath of the request, still encoded
     * @param rawQuery of the request, still encoded; null for none
     * @param total items on all pages
     * @return the header's value; empty where there is no page before or after
     */
    public static Optional<String> rest(String rawPath, String rawQuery, PageRequest page, long total) {
        if (page.isEverything()) {
            return Optional.empty();
        }
        long size = page.pageSize();
        List<String> links = new ArrayList<>(2);
        if (page.page() > 1 && (page.page() - 1L) * size < total) {
            links.add(restLink(rawPath, rawQuery, page.page() - 1L, size) + "; rel=\"prev\"");
        }
        if (page.page() * size < total) {
            links.add(restLink(rawPath, rawQuery, page.page() + 1L, size) + "; rel=\"next\"");
        }
        return links.isEmpty() ? Optional.empty() : Optional.of(String.join(" , ", links));
    }

    /**
     * The Distribution Spec's form for tags and catalog: {@code </v2/_catalog?last=x&n=10>; rel="next"}.
     *
     * @param path of the list
     * @param last the last item of this page
     * @param n the page size asked for
     */
    public static String next(String path, String last, int n) {
        return next(path, new TreeMap<>(Map.of("last", last, "n", Integer.toString(n))));
    }

    /**
     * A next page whose parameters are the caller's matter, as for referrers.
     *
     * @param parameters not encoded, in the order of the map
     */
    public static String next(String path, Map<String, String> parameters) {
        String query = parameters.entrySet().stream().map(parameter -> encode(parameter.getKey()) + "="
                + encode(parameter.getValue())).collect(Collectors.joining("&"));
        return "<" + path(path) + "?" + query + ">; rel=\"next\"";
    }

    private static String restLink(String rawPath, String rawQuery, long page, long size) {
        Map<String, List<String>> parameters = parameters(rawQuery);
        parameters.put("page", List.of(Long.toString(page)));
        parameters.put("page_size", List.of(Long.toString(size)));
        String query = parameters.entrySet().stream().flatMap(parameter -> parameter.getValue().stream()
                .map(value -> encode(parameter.getKey()) + "=" + Percent.encode(value, Links::isPlainInQuery)))
                .collect(Collectors.joining("&"));
        return "<" + path(rawPath) + "?" + query + ">";
    }

    private static Map<String, List<String>> parameters(String rawQuery) {
        Map<String, List<String>> parameters = new TreeMap<>();
        for (String parameter : (rawQuery == null ? "" : rawQuery).split("&")) {
            int equals = parameter.indexOf('=');
            String name = decode(equals < 0 ? parameter : parameter.substring(0, equals));
            if (!name.isEmpty()) {
                parameters.computeIfAbsent(name, n -> new ArrayList<>())
                        .add(equals < 0 ? "" : decode(parameter.substring(equals + 1)));
            }
        }
        return parameters;
    }

    private static String decode(String encoded) {
        String spaced = encoded.replace('+', ' ');
        return Percent.decode(spaced).orElse(spaced);
    }

    private static String encode(String value) {
        return Percent.encode(value, Percent::isUnreserved);
    }

    private static boolean isPlainInQuery(int c) {
        return Percent.isUnreserved(c) || PLAIN_IN_QUERY.indexOf(c) >= 0;
    }

    private static String path(String path) {
        return Percent.encode(path, c -> c > 0x20 && c < 0x7f && NOT_IN_PATH.indexOf(c) < 0);
    }
}
