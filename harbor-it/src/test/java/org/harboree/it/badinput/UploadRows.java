// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.badinput;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Upload sessions (B055 to B086). */
final class UploadRows {
    private static final String HELLO = Sha.digest("hello");

    private UploadRows() {}

    static Table table() {
        Table t = new Table("Upload sessions");
        starts(t);
        sessions(t);
        chunks(t);
        ends(t);
        return t;
    }

    private static Ask start(String query) {
        return Ask.post("/v2/{own}/up/blobs/uploads/" + query);
    }

    private static void starts(Table t) {
        t.each("B055", "a digest that is none", List.of("sha256:asd", "md5:" + "0".repeat(32), "", "x"),
                x -> start("?digest=" + x).body("hello"), "400 DIGEST_INVALID");
        t.row("B056", "bytes of another digest").ask(start("?digest={X}").body("hello"), "400 DIGEST_INVALID")
                .ask(Ask.get("/v2/{own}/up/blobs/{X}"), "404 BLOB_UNKNOWN");
        t.row("B057", "fewer bytes than announced", start("?digest=" + HELLO).with("Content-Length: 9").body("hello")
                .thenEnds(), "400 SIZE_INVALID", "closed");
        t.row("B058", "sha512 is asked for", start("?digest-algorithm=sha512"), "202");
        t.row("B058", "md5 is asked for", start("?digest-algorithm=md5"), "400 DIGEST_INVALID");
        t.row("B058", "two algorithms", start("?digest-algorithm=sha512&digest=" + HELLO).body("hello"),
                "400 DIGEST_INVALID");
        t.row("B059", "a body without a digest").ask(start("").body("hello"), "202").header("Range", "0-0")
                .ask(Ask.get("{location}"), "204").header("Range", "0-0");
        t.row("B060", "too many sessions").story(scene -> {
            for (int i = 0; i < 100; i++) {
                scene.open("{own}/many");
            }
            Ask more = Ask.post("/v2/{own}/many/blobs/uploads/");
            Optional<Answer> answer = scene.exchange(more);
            Rules.check(more, answer, List.of("429 TOOMANYREQUESTS"));
            assertThat(answer.orElseThrow().header("Retry-After")).isPresent();
        });
    }

    private static void sessions(Table t) {
        for (String method : List.of("PATCH", "GET", "PUT", "DELETE")) {
            String query = method.equals("PUT") ? "?digest={X}" : "";
            t.each("B061", method + " of no upload", List.of("1", "x".repeat(4000),
                    "00000000-0000-4000-8000-000000000000", "00000000-0000-4000-8000-00000000000A",
                    "c232ab00-9414-11ec-b3c8-9f6bdeced846"),
                    id -> Ask.of(method + " /v2/{n}/blobs/uploads/" + id + query), "404 BLOB_UPLOAD_UNKNOWN");
            t.row("B061", method + " of an upload outside", Ask.of(method + " /v2/{n}/blobs/uploads/../x" + query),
                    "404 NAME_UNKNOWN");
            t.row("B062", method + " of an upload of another user", Ask.of(method + " {U}" + query)
                    .with("Authorization: {others}"), "404 BLOB_UPLOAD_UNKNOWN");
            t.row("B063", method + " of an upload to another repository").story(scene -> {
                String id = scene.get("U").substring(scene.get("U").lastIndexOf('/') + 1);
                for (String repository : List.of("{sister}", "{pub}")) {
                    Ask ask = Ask.of(method + " /v2/" + repository + "/blobs/uploads/" + id + query);
                    Rules.check(ask, scene.exchange(ask), List.of("404 BLOB_UPLOAD_UNKNOWN"));
                }
                Ask secret = Ask.of(method + " /v2/{p}/blobs/uploads/" + id + query);
                Rules.check(secret, scene.exchange(secret), List.of("401 UNAUTHORIZED"));
            });
            t.row("B066", method + " of an upload that is over").ask(Ask.delete("{U}"), "204")
                    .ask(Ask.of(method + " {U}" + query), "404 BLOB_UPLOAD_UNKNOWN");
        }
        t.row("B065", "an address with more in it").ask(Ask.patch("{U}?_state=x&offset=7").body("hello"), "202")
                .header("Range", "0-4");
        t.row("B066", "an upload that has become a blob").ask(Ask.put("{U}?digest=" + HELLO).body("hello"), "201")
                .ask(Ask.get("{U}"), "404 BLOB_UPLOAD_UNKNOWN").ask(Ask.patch("{U}").body("x"),
                "404 BLOB_UPLOAD_UNKNOWN");
        t.row("B086", "cancelled twice").ask(Ask.delete("{U}"), "204").ask(Ask.delete("{U}"),
                "404 BLOB_UPLOAD_UNKNOWN");
    }

    private static Ask chunk(String range, String bytes) {
        return Ask.patch("{U}").with("Content-Range: " + range).body(bytes);
    }

    private static void chunks(Table t) {
        t.row("B067", "chunks out of order").ask(chunk("0-4", "hello"), "202")
                .ask(chunk("7-9", "abc"), "416 BLOB_UPLOAD_INVALID").header("Range", "0-4")
                .ask(chunk("3-5", "abc"), "416 BLOB_UPLOAD_INVALID").header("Range", "0-4")
                .ask(chunk("5-3", "abc"), "400 BLOB_UPLOAD_INVALID", "416 BLOB_UPLOAD_INVALID")
                .ask(Ask.get("{U}"), "204").header("Range", "0-4");
        t.each("B068", "forms of a range", List.of("0-4", "bytes 0-4/10", "bytes 0-4/*", "0-4/10", "bytes=0-4"),
                range -> chunk(range, "hello"), "202", "400 BLOB_UPLOAD_INVALID");
        t.row("B068", "the form of clients", chunk("0-4", "hello"), "202");
        t.each("B068", "a range that is none", List.of("0 - 4", "a-b", "-5", "0-", "0-9223372036854775808", "",
                "0-4,5-9",
                "18446744073709551616-18446744073709551620"), range ->
                chunk(range, "hello"), "400 BLOB_UPLOAD_INVALID");
        t.row("B069", "a range of another length", chunk("0-9", "hello"), "400 SIZE_INVALID");
        for (String range : List.of("0-9", "0-2")) {
            t.row("B070", "chunks of another length than " + range).ask(Ask.patch("{U}").with("Content-Range: " + range)
                            .with("Transfer-Encoding: chunked").body("5\r\nhello\r\n0\r\n\r\n"), "400 SIZE_INVALID")
                    .ask(Ask.get("{U}"), "204").header("Range", "0-0")
                    .ask(chunk("0-4", "hello"), "202").ask(Ask.put("{U}?digest=" + HELLO), "201");
        }
        t.row("B071", "the first chunk is not at 0", chunk("1-5", "hello"), "416 BLOB_UPLOAD_INVALID")
                .header("Range", "0-0");
        t.row("B072", "a chunk twice").ask(chunk("0-4", "hello"), "202")
                .ask(chunk("0-4", "hello"), "416 BLOB_UPLOAD_INVALID").header("Range", "0-4")
                .ask(Ask.put("{U}?digest=" + HELLO), "201");
        t.row("B073", "two writers").story(UploadRows::twoWriters);
        t.row("B074", "a chunk while the end is on its way").story(UploadRows::chunkDuringEnd);
        t.each("B075", "any type of content", List.of("application/json", "text/plain; charset=x",
                "application/octet-stream", "application/x-www-form-urlencoded"),
                type -> Ask.patch("{U}").with("Content-Type: " + type).body("a=b"), "202");
        t.row("B075", "a type of content that is none", Ask.patch("{U}").with("Content-Type: x").body("a"),
                "400 UNSUPPORTED");
        t.row("B075", "no type of content", Ask.patch("{U}").body("hello"), "202").header("Range", "0-4");
        t.row("B076", "nothing").ask(Ask.patch("{U}"), "202").header("Range", "0-0")
                .ask(Ask.put("{U}?digest=" + Sha.digest("")), "201");
        t.row("B085", "a session at its start", Ask.get("{U}"), "204").header("Range", "0-0");
        t.row("B057", "a chunk shorter than announced").ask(Ask.patch("{U}").with("Content-Length: 9").body("hello")
                        .thenEnds(), "400 SIZE_INVALID", "closed")
                .ask(Ask.get("{U}"), "204").header("Range", "0-0");
    }

    /**
     * While one request is on its way with half of its bytes, the other is refused; the bytes are those of the first.
     */
    private static void twoWriters(Scene scene) throws Exception {
        try (Wire first = new Wire(scene.server())) {
            sendHalf(first, Ask.patch("{U}"), scene);
            Ask second = Ask.patch("{U}").body("other");
            Rules.check(second, scene.exchange(second), List.of("409 BLOB_UPLOAD_INVALID"));
            first.send("lo".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            assertThat(first.answer(false).orElseThrow().status()).isEqualTo(202);
            Answer end = scene.exchange(Ask.get("{U}")).orElseThrow();
            assertThat(end.header("Range").orElse("")).isEqualTo("0-4");
        }
    }

    /** Sends {@code hello} but for its last two bytes, and returns when the server waits for them. */
    private static void sendHalf(Wire wire, Ask ask, Scene scene) throws Exception {
        byte[] request = ask.with("Expect: 100-continue").body("hello").bytes(scene);
        wire.send(java.util.Arrays.copyOf(request, request.length - 2));
        wire.awaitContinue();
    }

    private static void chunkDuringEnd(Scene scene) throws Exception {
        try (Wire end = new Wire(scene.server())) {
            sendHalf(end, Ask.put("{U}?digest=" + HELLO), scene);
            Ask chunk = Ask.patch("{U}").body("x");
            Rules.check(chunk, scene.exchange(chunk), List.of("409 BLOB_UPLOAD_INVALID"));
            end.send("lo".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            assertThat(end.answer(false).orElseThrow().status()).isEqualTo(201);
        }
        Ask late = Ask.patch("{U}").body("x");
        Rules.check(late, scene.exchange(late), List.of("404 BLOB_UPLOAD_UNKNOWN"));
    }

    private static void ends(Table t) {
        t.each("B078", "an end without a digest", List.of("", "?digest=", "?digest=x", "?digest=" + HELLO
                + "&digest={X}"),
                query -> Ask.put("{U}" + query).body("hello"), "400 DIGEST_INVALID");
        t.row("B078", "after such an end").ask(Ask.put("{U}").body("hello"), "400 DIGEST_INVALID")
                .ask(Ask.put("{U}?digest=" + HELLO + "&digest=" + HELLO).body("hello"), "201");
        t.row("B079", "a digest of other bytes").ask(Ask.patch("{U}").body("hel"), "202")
                .ask(Ask.put("{U}?digest=" + HELLO).body("p!"), "400 DIGEST_INVALID")
                .ask(Ask.get("{U}"), "204").header("Range", "0-2")
                .ask(Ask.put("{U}?digest=" + HELLO).body("lo"), "201");
        t.row("B080", "a last chunk out of order").ask(Ask.put("{U}?digest=" + HELLO).with("Content-Range: 3-7")
                .body("hello"), "416 BLOB_UPLOAD_INVALID").header("Range", "0-0");
        t.row("B081", "ended twice").ask(Ask.put("{U}?digest=" + HELLO).body("hello"), "201")
                .ask(Ask.put("{U}?digest=" + HELLO).body("hello"), "404 BLOB_UPLOAD_UNKNOWN", "201");
        t.row("B081", "ended by eight at once").story(UploadRows::endedByEight);
        t.row("B082", "bytes that only another has").story(scene -> {
            Answer known = scene.expect(201, start("?digest={P}").body("a secret layer of " + scene.get("private")));
            Answer fresh = scene.expect(201, start("?digest=" + Sha.digest(scene.get("own"))).body(scene.get("own")));
            assertThat(known.headers().stream().map(Answer.Header::name).toList())
                    .isEqualTo(fresh.headers().stream().map(Answer.Header::name).toList());
            scene.expect(202, Ask.delete("/v2/{own}/up/blobs/{P}"));
        });
    }

    private static void endedByEight(Scene scene) throws Exception {
        byte[] request = Ask.put("{U}?digest=" + HELLO).body("hello").bytes(scene);
        ExecutorService eight = Executors.newFixedThreadPool(8);
        try {
            List<Future<Integer>> statuses = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                statuses.add(eight.submit(() ->
                        Wire.exchange(scene.server(), request, false, false).orElseThrow().status()));
            }
            List<Integer> all = new ArrayList<>();
            for (Future<Integer> status : statuses) {
                all.add(status.get());
            }
            assertThat(all).contains(201).allMatch(s -> s == 201 || s == 404 || s == 409);
        } finally {
            eight.shutdown();
        }
    }
}
