// SPDX-License-Identifier: Apache-2.0
package org.harboree.v2;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.OptionalInt;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;
import org.harboree.registry.CatalogService.Names;
import org.harboree.web.QueryString;

/**
 * Paging by {@code n} and {@code last} (OCI Distribution Spec, "Listing Tags").
 *
 * @param n how many the client wants; absent: as many as a page holds
 * @param last names after this one; it need not exist
 */
record NamesPage(OptionalInt n, String last) {
    private static final int MAX_LAST = 255;

    /** @throws HarborException PAGINATION_INVALID unless {@code n} is a number from 0 on */
    static NamesPage of(QueryString query) {
        String last = query.only("last", ErrorCode.PAGINATION_INVALID).orElse("");
        // what no name can be in front of is answered like the end of the list
        String bounded = last.length() > MAX_LAST || last.chars().anyMatch(c -> c < ' ' || c > '~') ? "~" : last;
        return new NamesPage(query.only("n", ErrorCode.PAGINATION_INVALID)
                .map(n -> OptionalInt.of(parse(n))).orElse(OptionalInt.empty()), bounded);
    }

    private static int parse(String n) {
        if (n.isEmpty() || n.length() > 18 || !n.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new HarborException(ErrorCode.PAGINATION_INVALID);
        }
        return (int) Math.min(Long.parseLong(n), Integer.MAX_VALUE);
    }

    /** Names are of a grammar that needs no escaping, neither in JSON nor in the link. */
    Response answer(String path, String leading, String member, Names names) {
        StringBuilder body = new StringBuilder(64 + 24 * names.names().size()).append('{').append(leading)
                .append('"').append(member).append("\":[");
        List<String> list = names.names();
        for (int i = 0; i < list.size(); i++) {
            body.append(i == 0 ? "\"" : ",\"").append(list.get(i)).append('"');
        }
        Response.ResponseBuilder answer = Response.ok(body.append("]}\n").toString(), "application/json");
        if (names.more()) {
            String link = path + "?last=" + list.get(list.size() - 1).replace("/", "%2F") + "&n=" + list.size();
            answer.header(HttpHeaders.LINK, "<" + link + ">; rel=\"next\"");
        }
        return answer.build();
    }
}
