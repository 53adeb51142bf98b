// SPDX-License-Identifier: Apache-2.0
package org.harboree.api;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.function.Function;
import org.harboree.listing.Links;
import org.harboree.listing.Page;
import org.harboree.listing.PageRequest;

/** The forms of a success in Harbor's API. Nothing of it may be kept by a cache: it depends on who asks. */
final class Answers {
    private static final String TYPE = "application/json; charset=utf-8";

    private Answers() {
    }

    /** 200 with a view. */
    static Response ok(Object view) {
        return json(Json.write(view));
    }

    /** 200 with what is JSON already. */
    static Response json(String json) {
        return Response.ok(json, TYPE).header(HttpHeaders.CACHE_CONTROL, "no-store").build();
    }

    /** 200 with a log. */
    static Response text(String text) {
        return Response.ok(text, "text/plain; charset=utf-8").header(HttpHeaders.CACHE_CONTROL, "no-store").build();
    }

    /** 200 without a body: a change was made. */
    static Response done() {
        return Response.ok().build();
    }

    /** 201 without a body, {@code Location} is the collection's path with the new item: path only, as in Harbor. */
    static Response created(HttpServletRequest request, Object item) {
        String path = request.getRequestURI();
        String collection = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return Response.status(Response.Status.CREATED)
                // not by JAX-RS's location(), which would make the URL absolute
                .header(HttpHeaders.LOCATION, collection + "/" + item)
                .build();
    }

    /** 200 with an array, {@code X-Total-Count} and the {@code Link} to its neighbours. */
    static <T> Response list(HttpServletRequest request, PageRequest wanted, Page<T> page,
            Function<? super T, ?> view) {
        Response.ResponseBuilder answer = Response.ok(Json.write(page.map(view).items()), TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header("X-Total-Count", page.total());
        Links.rest(request.getRequestURI(), request.getQueryString(), wanted, page.total())
                .ifPresent(link -> answer.header(HttpHeaders.LINK, link));
        return answer.build();
    }
}
