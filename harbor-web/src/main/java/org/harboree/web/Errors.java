// SPDX-License-Identifier: Apache-2.0
package org.harboree.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.harboree.error.HarborException;

/** The error body of {@code /v2} and of Harbor's API: {@code {"errors":[{"code","message","detail"}]}}. */
public final class Errors {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Errors() {}

    /** Answers a request that no resource will see. */
    public static void send(HttpServletResponse response, HarborException exception) throws IOException {
        send(response, exception.code().status(), exception);
    }

    /** The same, with a status that was decided elsewhere. */
    static void send(HttpServletResponse response, int status, HarborException exception) throws IOException {
        response.setStatus(status);
        response.setContentType("application/json; charset=utf-8");
        response.getWriter().write(body(exception));
    }

    /** One line of JSON, with a line feed as Harbor has it; {@code detail} only where there is one. */
    public static String body(HarborException exception) {
        ArrayNode errors = JSON.createArrayNode();
        for (HarborException.Entry entry : exception.entries()) {
            ObjectNode error = errors.addObject();
            error.put("code", entry.code().wireCode());
            error.put("message", entry.message());
            if (entry.detail() != null) {
                error.set("detail", JSON.valueToTree(entry.detail()));
            }
        }
        return JSON.createObjectNode().set("errors", errors) + "\n";
    }
}
