// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.badinput;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What the server answered.
 *
 * @param took from the last byte sent to the status line
 */
record Answer(int status, List<Header> headers, byte[] body, Duration took) {
    private static final ObjectMapper JSON = new ObjectMapper();

    record Header(String name, String value) {}

    /** The value of the header, if it is there. */
    Optional<String> header(String name) {
        return all(name).stream().findFirst();
    }

    List<String> all(String name) {
        return headers.stream().filter(h -> h.name().equalsIgnoreCase(name)).map(Header::value).toList();
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    JsonNode json() {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            throw new UncheckedIOException("Not JSON: " + text(), e);
        }
    }

    /** Codes of the error body; empty if it is none. */
    List<String> codes() {
        if (!text().startsWith("{\"errors\":[")) {
            return List.of();
        }
        return json().get("errors").findValuesAsText("code");
    }

    @Override
    public String toString() {
        String text = text();
        return status + " " + headers + " " + (text.length() > 500 ? text.substring(0, 500) + "..." : text);
    }
}
