// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.badinput;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A request as a row writes it down. Names in braces stand for what the {@link Scene} has: {@code {n}} for the caller's
 * repository, and so on.
 *
 * @param start   request line without its version; a whole request where it ends with a line end
 * @param headers each {@code Name: value}; without {@code Authorization} the pusher's credentials are sent
 * @param body    sent with its length unless a header says how long it is
 * @param ends    whether the client closes its side after the request
 */
record Ask(String start, List<String> headers, byte[] body, boolean ends) {

    static Ask get(String path) {
        return of("GET " + path);
    }

    static Ask head(String path) {
        return of("HEAD " + path);
    }

    static Ask post(String path) {
        return of("POST " + path);
    }

    static Ask put(String path) {
        return of("PUT " + path);
    }

    static Ask patch(String path) {
        return of("PATCH " + path);
    }

    static Ask delete(String path) {
        return of("DELETE " + path);
    }

    /** Any request line, without its version. */
    static Ask of(String start) {
        return new Ask(start, List.of(), new byte[0], false);
    }

    /** A whole request, each byte as the row writes it (ISO 8859-1). */
    static Ask raw(String request) {
        return new Ask(request, List.of(), new byte[0], false);
    }

    /** The put of a manifest under a reference, with the type that it has. */
    static Ask manifest(String reference, String json) {
        return put("/v2/{n}/manifests/" + reference).with("Content-Type: {oci.manifest}").body(json);
    }

    Ask with(String header) {
        List<String> more = new ArrayList<>(headers);
        more.add(header);
        return new Ask(start, more, body, ends);
    }

    Ask anonymous() {
        return with("Authorization: none");
    }

    /** With a registry token for the scopes, as the pusher gets it. */
    Ask bearer(String scopes) {
        return with("Authorization: token " + scopes);
    }

    Ask body(String text) {
        return body(text.getBytes(StandardCharsets.UTF_8));
    }

    Ask body(byte[] bytes) {
        return new Ask(start, headers, bytes, ends);
    }

    /** And the client closes its side after it. */
    Ask thenEnds() {
        return new Ask(start, headers, body, true);
    }

    boolean isHead() {
        return start.startsWith("HEAD ");
    }

    private boolean isRaw() {
        return start.endsWith("\n");
    }

    private boolean says(String header) {
        return headers.stream().anyMatch(h -> h.regionMatches(true, 0, header + ":", 0, header.length() + 1));
    }

    /** The bytes for the wire. */
    byte[] bytes(Scene scene) {
        if (isRaw()) {
            return scene.fill(start).getBytes(StandardCharsets.ISO_8859_1);
        }
        byte[] content = body.length < PLACEHOLDERS_UP_TO
                ? scene.fill(new String(body, StandardCharsets.ISO_8859_1)).getBytes(StandardCharsets.ISO_8859_1)
                : body;
        StringBuilder head = new StringBuilder(scene.fill(start)).append(" HTTP/1.1\r\n");
        if (!says("Host")) {
            head.append("Host: ").append(scene.server().getAuthority()).append("\r\n");
        }
        if (!says("Authorization")) {
            head.append("Authorization: ").append(scene.fill("{basic}")).append("\r\n");
        }
        for (String header : headers) {
            if (header.startsWith("Authorization: token ")) {
                head.append("Authorization: Bearer ")
                        .append(scene.token(scene.fill(header.substring("Authorization: token ".length()))))
                        .append("\r\n");
            } else if (!header.equals("Authorization: none")) {
                head.append(scene.fill(header)).append("\r\n");
            }
        }
        boolean hasBody = !start.startsWith("GET ") && !isHead();
        if (hasBody && !says("Content-Length") && !says("Transfer-Encoding")) {
            head.append("Content-Length: ").append(content.length).append("\r\n");
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        bytes.writeBytes(content);
        return bytes.toByteArray();
    }

    private static final int PLACEHOLDERS_UP_TO = 64 * 1024;
}
