// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.badinput;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where a request begins and ends: what a smuggler would send (B011 to B019). */
final class FramingRows {
    private static final String HOST = "Host: {host}\r\nAuthorization: {basic}\r\n";

    private FramingRows() {}

    static Table table() {
        Table t = new Table("Where a request ends");
        names(t);
        lengths(t);
        chunks(t);
        t.row("B011", "a head that never ends").story(FramingRows::drip);
        return t;
    }

    private static void names(Table t) {
        t.each("B012", "a header that is none", List.of("Foo\u0000: x", "Foo: a\u0000b",
                "Fo\u000bo: x", "(Foo): x"), header -> Ask.get("/v2/").with(header),
                "400 bare", "400 UNSUPPORTED", "closed");
        // RFC 9112 5.2 allows to read a folded line as one; the others cannot be seen after parsing (docs/registry.md)
        t.each("B012", "a header that is read as one", List.of("Foo: a\r\n folded", "Foo", "Foo : x", "Fo o: x", ": x"),
                header -> Ask.get("/v2/").with(header), "200", "400 UNSUPPORTED");
        t.row("B012", "line ends without CR", Ask.raw("GET /v2/ HTTP/1.1\n" + HOST.replace("\r", "") + "\n"),
                "400 bare", "200");
        t.row("B016", "a space before the first header", Ask.raw("GET /v2/ HTTP/1.1\r\n Foo: x\r\n" + HOST + "\r\n"),
                "400 bare", "400 UNSUPPORTED", "closed", "200");
        // Undertow's parser ends the head there, see docs/registry.md: no proxy may pass such a line on
        t.each("B017", "an end of the head that is none", List.of("\r\r\n", "\n\r\r\n", "\r\r\r"),
                end -> Ask.raw("GET /v2/ HTTP/1.1\r\n" + HOST + "Foo: x" + end).thenEnds(),
                "400 bare", "closed", "200");
        t.each("B018", "no alias of a length", List.of("content-length\u000b", "Content-Length\u00a0"),
                name -> Ask.raw("POST /v2/{n}/blobs/uploads/ HTTP/1.1\r\n" + HOST + name + ": "
                        + "5\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"),
                "400 bare", "400 UNSUPPORTED", "closed");
        t.row("B018", "another name than that of a length", Ask.raw("POST /v2/{n}/blobs/uploads/ HTTP/1.1\r\n" + HOST
                + "content_length: 5\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"), "202");
        t.each("B007", "a request line that is none", List.of("GET /v2/\r\n\r\n\n", "GET  /v2/ HTTP/1.1\r\n\r\n",
                "GET /v2/ HTTP/9.9\r\n\r\n", "GET /v2/ FTP/1.1\r\n\r\n", "\r\n\r\n\r\n\u0000\u0001\n"),
                line -> Ask.raw(line)
                .thenEnds(), "400 bare", "closed", "404 NOT_FOUND", "401 UNAUTHORIZED", "505 bare");
    }

    private static void lengths(Table t) {
        t.each("B014", "a length that is none", List.of("+5", "0x5", "-1", "5x", "9223372036854775808", "5,6", "1 2"),
                length -> Ask.raw("PATCH {U} HTTP/1.1\r\n" + HOST + "Content-Length: " + length + "\r\n\r\nhello")
                        .thenEnds(), "400 bare", "closed");
        t.row("B014", "two lengths", Ask.raw("PATCH {U} HTTP/1.1\r\n" + HOST
                + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello").thenEnds(), "400 bare", "closed");
        t.row("B014", "the same length twice", Ask.raw("PATCH {U} HTTP/1.1\r\n" + HOST
                + "Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello").thenEnds(), "400 bare", "closed");
        t.row("B013", "a length and chunks").story(scene -> smuggles(scene,
                "PATCH {U} HTTP/1.1\r\n" + HOST + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"));
        t.row("B013", "chunks and a length").story(scene -> smuggles(scene,
                "PATCH {U} HTTP/1.1\r\n" + HOST + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n"));
        List<String> codings = List.of("chunked, identity", "xchunked", "identity", "chunked, chunked", "gzip, chunked",
                "chunked\r\nTransfer-Encoding: chunked", "chunked\r\nTransfer-Encoding: identity");
        for (String coding : codings) {
            t.row("B015", "a coding that is none: " + coding.replace("\r\n", " + ")).story(scene -> smuggles(scene,
                    "PATCH {U} HTTP/1.1\r\n" + HOST + "Transfer-Encoding: " + coding + "\r\n\r\n0\r\n\r\n"));
        }
        t.row("B015", "chunks in HTTP/1.0").story(scene -> smuggles(scene, "PATCH {U} HTTP/1.0\r\n" + HOST
                + "Connection: keep-alive\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"));
    }

    private static void chunks(Table t) {
        for (String size : List.of("ffffffffffffffff", "ffffffffffffffffff", "-1", "0x5", "", "g", " 5")) {
            t.row("B019", "a chunk's size that is none: " + (size.length() > 30 ? size.substring(0, 30) : size))
                    .story(scene -> smuggles(scene, chunked(size + "\r\nhello\r\n0\r\n\r\n")));
        }
        // Undertow reads these; what it reads is what is stored, and the request ends where RFC 9112 says
        for (String body : List.of("5;ext=" + "x".repeat(64 << 10) + "\r\nhello\r\n0\r\n\r\n",
                "5 \r\nhello\r\n0\r\n\r\n", "0\r\nX: " + "x".repeat(1 << 20) + "\r\n\r\n")) {
            t.row("B019", "chunks that are read: " + body.substring(0, 4).strip(), Ask.raw(chunked(body)), "202",
                    "400 SIZE_INVALID");
        }
    }

    private static String chunked(String body) {
        return "PATCH {U} HTTP/1.1\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\n" + body;
    }

    /**
     * Whatever the server makes of the request, a second one hidden in its end must not be run, unless the first was
     * whole and accepted: then the next on the connection is a request of the client's own.
     */
    private static void smuggles(Scene scene, String first) throws Exception {
        List<Answer> answers = new ArrayList<>();
        try (Wire wire = new Wire(scene.server())) {
            wire.send((scene.fill(first) + scene.fill("GET /v2/{n}/tags/list?smuggled HTTP/1.1\r\n" + HOST + "\r\n"))
                    .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
            wire.end();
            for (Optional<Answer> next = wire.answer(false); next.isPresent(); next = wire.answer(false)) {
                answers.add(next.get());
            }
        }
        assertThat(answers).as("a server error").allMatch(answer -> answer.status() < 500 || answer.status() == 501);
        boolean refused = answers.isEmpty() || answers.get(0).status() >= 400;
        if (refused) {
            assertThat(answers).as("answers after a refusal").hasSizeLessThanOrEqualTo(1);
        }
        assertThat(refused).as("refused: %s", answers).isTrue();
    }

    /** One byte of a head each half second: cut off after ten seconds. */
    private static void drip(Scene scene) throws Exception {
        long start = System.nanoTime();
        try (Wire wire = new Wire(scene.server())) {
            wire.send("GET /v2/ HTTP/1.1\r\nX: ".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
            assertThat(wire.answer(false)).isEmpty();
        }
        assertThat(System.nanoTime() - start).isLessThan(13_000_000_000L);
    }
}
