// SPDX-License-Identifier: Apache-2.0
package org.harboree.web;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;

/**
 * The parameters of a request's query, and of nothing else: {@code getParameter} would also read a body that calls
 * itself a form.
 */
public final class QueryString {
    private record Parameter(String name, String value) {}

    private final List<Parameter> parameters = new ArrayList<>();

    private QueryString(String query) {
        for (String pair : query.split("&")) {
            int equals = pair.indexOf('=');
            if (!pair.isEmpty()) {
                parameters.add(equals < 0
                        ? new Parameter(decode(pair), "")
                        : new Parameter(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1))));
            }
        }
    }

    public static QueryString of(HttpServletRequest request) {
        String query = request.getQueryString();
        return new QueryString(query == null ? "" : query);
    }

    /** All values of that name, in the order of the query. */
    public List<String> all(String name) {
        return parameters.stream().filter(p -> p.name().equals(name)).map(Parameter::value).toList();
    }

    /** The first value of that name. */
    public Optional<String> first(String name) {
        return all(name).stream().findFirst();
    }

    /**
     * The value of that name.
     *
     * @param code what to throw if there are several different ones
     */
    public Optional<String> only(String name, ErrorCode code) {
        List<String> values = all(name);
        if (values.stream().distinct().count() > 1) {
            throw new HarborException(code, "the parameter " + name + " is there more than once");
        }
        return values.stream().findFirst();
    }

    private static String decode(String encoded) {
        try {
            return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new HarborException(ErrorCode.BAD_REQUEST, "the query cannot be decoded");
        }
    }
}
