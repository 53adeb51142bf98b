// SPDX-License-Identifier: Apache-2.0
package org.harboree.api;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;
import org.harboree.listing.PageRequest;
import org.harboree.web.QueryString;

/** Query and path parameters with their types; a number that is none is 422, as in Harbor. */
final class Parameters {
    private static final Set<String> TRUE =
            Set.of("true", "1", "yes", "ok", "y", "on", "selected", "checked", "t", "enabled");

    private final QueryString query;

    private Parameters(QueryString query) {
        this.query = query;
    }

    static Parameters of(HttpServletRequest request) {
        return new Parameters(QueryString.of(request));
    }

    /** @param failure what Harbor's list of validation failures would say */
    static HarborException invalid(String failure) {
        return new HarborException(ErrorCode.UNPROCESSABLE_ENTITY, "validation failure list:\n" + failure);
    }

    /** The value, empty where it is missing or empty. */
    Optional<String> text(String name) {
        return query.first(name).filter(value -> !value.isEmpty());
    }

    /** @throws HarborException UNPROCESSABLE_ENTITY if it is missing */
    String required(String name) {
        return query.first(name).orElseThrow(() -> invalid(name + " in query is required"));
    }

    /** As in Harbor everything that does not say yes says no. */
    Optional<Boolean> flag(String name) {
        return text(name).map(Parameters::isTrue);
    }

    /** {@code page} and {@code page_size}. @throws HarborException UNPROCESSABLE_ENTITY */
    PageRequest page() {
        return PageRequest.parse(text("page").orElse(""), text("page_size").orElse(""));
    }

    /** Harbor's filter, as it was sent; empty for none. */
    String q() {
        return text("q").orElse("");
    }

    /** The order, as it was sent; empty for the list's own. */
    String sort() {
        return text("sort").orElse("");
    }

    /** A number in the path. @throws HarborException UNPROCESSABLE_ENTITY */
    static long id(String name, String value) {
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw invalid(name + " in path must be of type int64: \"" + value + '"');
        }
    }

    /**
     * A name that clients encode twice, so that its slashes pass every proxy: {@code a%252Fb}; once is as good.
     *
     * @param value as JAX-RS decoded it
     */
    static String decodedAgain(String value) {
        if (value.indexOf('%') < 0) {
            return value;
        }
        try {
            return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new HarborException(ErrorCode.BAD_REQUEST, "the name cannot be decoded");
        }
    }

    /** Harbor's flags in headers, such as {@code X-Is-Resource-Name}. */
    static boolean header(HttpServletRequest request, String name) {
        return Optional.ofNullable(request.getHeader(name)).filter(Parameters::isTrue).isPresent();
    }

    private static boolean isTrue(String value) {
        return TRUE.contains(value.toLowerCase(Locale.ROOT));
    }
}
