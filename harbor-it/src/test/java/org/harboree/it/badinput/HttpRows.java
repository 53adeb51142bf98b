// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.badinput;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** HTTP and routing: what is a request, and where it goes (B001 to B026). Framing is in {@link FramingRows}. */
final class HttpRows {
    private HttpRows() {}

    static Table table() {
        Table t = new Table("HTTP and routing");
        paths(t);
        methods(t);
        headers(t);
        bodies(t);
        return t;
    }

    private static void paths(Table t) {
        t.row("B001", "no slash after v2", Ask.get("/v2"), "200");
        t.row("B001", "no slash after v2, anonymous", Ask.get("/v2").anonymous(), "401 UNAUTHORIZED");
        t.each("B002", "empty and dotted segments", List.of("/v2//{n}/tags/list", "/v2/{n}//tags/list",
                "/v2/./{n}/tags/list", "/v2/{n}/./tags/list"), Ask::get, "404 NAME_UNKNOWN");
        t.each("B003", "a path of two meanings", List.of("/v2/{own}/x/../app/tags/list",
                "/v2/{own}/x/%2e%2e/app/tags/list", "/v2/{own}/x/..%2fapp/tags/list",
                "/v2/{own}/x/%252e%252e%252fapp/tags/list", "/v2/{own}/x/..;/app/tags/list",
                "/v2/;x=1/{n}/tags/list", "/v2/{n};x=1/tags/list", "/v2/{own}/x\\..\\app/tags/list",
                "/v2/{own}/x/..\\app/tags/list", "/v2/{own}%2fapp/tags/list"),
                Ask::get, "404 NAME_UNKNOWN", "400 NAME_INVALID", "400 bare");
        t.each("B003", "a path that leaves /v2", List.of("/v2/../v2/{p}/tags/list", "/v2/..;/v2/{p}/tags/list",
                "//v2/{p}/tags/list", "/x/../v2/{p}/tags/list", "/v2;x/{p}/tags/list", "/%76%32/{p}/tags/list"),
                Ask::get, "404 NAME_UNKNOWN", "404 NOT_FOUND", "401 UNAUTHORIZED", "400 BAD_REQUEST");
        t.each("B004", "upper case", List.of("/V2/", "/V2/{n}/tags/list"), Ask::get, "404 NOT_FOUND");
        t.each("B004", "upper case", List.of("/v2/{n}/MANIFESTS/v1", "/v2/{n}/Tags/List"), Ask::get,
                "404 NAME_UNKNOWN");
        t.each("B005", "bytes that are no text", List.of("/v2/{n}%00/tags/list", "/v2/{n}/manifests/a%00",
                "/v2/{n}%ff/tags/list", "/v2/{own}/%c0%ae%c0%ae/tags/list", "/v2/{n}%/tags/list",
                "/v2/{n}%zz/tags/list", "/v2/{n}\u0080/tags/list"), Ask::get, "400 NAME_INVALID", "400 bare");
        t.each("B006", "a long path", List.of("/v2/{own}/" + "x".repeat(9 << 10) + "/tags/list"), Ask::get,
                "414 UNSUPPORTED");
        t.row("B006", "a path of 100 KiB", Ask.get("/v2/{own}/" + "x".repeat(100 << 10) + "/tags/list"),
                "414 bare", "400 bare", "closed", "414 UNSUPPORTED");
        t.row("B006", "a long query", Ask.get("/v2/{n}/tags/list?last=" + "x".repeat(9 << 10)), "414 UNSUPPORTED");
        t.row("B006", "a long query to the token service",
                Ask.get("/service/token?service=harbor-registry&scope=" + "x".repeat(9 << 10)), "414 UNSUPPORTED");
    }

    private static void methods(Table t) {
        t.each("B007", "a method that is none here", List.of("FOO", "TRACE", "PROPFIND", "get", "LINK"),
                method -> Ask.of(method + " /v2/{n}/tags/list"), "405 UNSUPPORTED", "405 bare");
        t.row("B007", "POST to a list", Ask.post("/v2/{n}/tags/list"), "405 UNSUPPORTED")
                .and(answer -> assertThat(answer.header("Allow").orElse("")).contains("GET"));
        t.row("B007", "CONNECT", Ask.of("CONNECT {host}"), "405 UNSUPPORTED", "400 bare", "404 NOT_FOUND",
                "405 METHOD_NOT_ALLOWED");
        t.row("B007", "a method that is no token", Ask.of("G\u0001T /v2/"), "400 bare", "closed", "405 UNSUPPORTED");
        t.row("B008", "another method in a header", Ask.get("/v2/{n}/blobs/{D}")
                .with("X-HTTP-Method-Override: DELETE").with("X-Method-Override: DELETE"), "200");
        t.row("B010", "HEAD of an image", Ask.head("/v2/{n}/manifests/v1"), "200").and(answer ->
                assertThat(answer.header("Content-Length").orElse("")).matches("[1-9][0-9]*"));
        t.row("B010", "HEAD of a blob", Ask.head("/v2/{n}/blobs/{C}"), "200").header("Content-Length", "37");
        t.row("B010", "HEAD is GET without body").story(HttpRows::headIsGet);
    }

    private static void headIsGet(Scene scene) throws Exception {
        for (String path : List.of("/v2/", "/v2/{n}/manifests/v1", "/v2/{n}/manifests/{M}", "/v2/{n}/blobs/{D}",
                "/v2/{n}/tags/list", "/v2/{n}/referrers/{M}", "/v2/{n}/manifests/none", "/v2/{n}/blobs/{X}",
                "/v2/{p}/tags/list")) {
            Answer get = scene.exchange(Ask.get(path)).orElseThrow();
            try (Wire wire = new Wire(scene.server())) {
                wire.send(Ask.head(path).bytes(scene));
                Answer head = wire.answer(true).orElseThrow();
                assertThat(head.status()).as("HEAD %s", path).isEqualTo(get.status());
                for (String header : List.of("Content-Type", "Docker-Content-Digest", "ETag", "WWW-Authenticate",
                        "Content-Length")) {
                    assertThat(head.header(header)).as("%s of HEAD %s", header, path).isEqualTo(get.header(header));
                }
                // a body after the head would be read as the next answer
                wire.send(Ask.get("/v2/").bytes(scene));
                assertThat(wire.answer(false).orElseThrow().text()).isEqualTo("{}");
            }
        }
    }

    private static void headers(Table t) {
        t.each("B009", "what is accepted does not change an error", List.of("*/*;q=abc", "image/png", "", "a/b;q=2",
                "text/html, ".repeat(1000) + "a/b"), accept -> Ask.get("/v2/{n}/manifests/none")
                .with("Accept: " + accept), "404 MANIFEST_UNKNOWN");
        t.row("B009", "an Accept that is no list", Ask.get("/v2/{n}/tags/list").with("Accept: ///;;q=,"), "200");
        t.row("B011", "201 headers").ask(many(201), "431 bare", "400 bare", "closed");
        t.row("B011", "a header of 40 KiB", Ask.get("/v2/").with("X-Long: " + "x".repeat(40 << 10)),
                "431 bare", "400 bare", "closed");
        t.row("B020", "a request id that is one", Ask.get("/v2/").with("X-Request-Id: Abc-0123"), "200")
                .header("X-Request-Id", "Abc-0123");
        t.each("B020", "a request id that is none", List.of("a b", "x".repeat(65), "<script>", "a_b", ""),
                id -> Ask.get("/v2/").with("X-Request-Id: " + id), "200");
        t.each("B020", "another host", List.of("evil.com", "a@evil.com", "evil.com:99999", ""),
                host -> Ask.get("/v2/").anonymous().with("Host: " + host), "401 UNAUTHORIZED", "400 bare");
        t.row("B020", "the realm is ours whatever the host", Ask.get("/v2/").anonymous().with("Host: evil.com"),
                "401 UNAUTHORIZED").and(HttpRows::tellsOurselves);
        t.row("B020", "two hosts", Ask.get("/v2/").with("Host: a.com").with("Host: b.com"), "400 bare");
        t.row("B020", "no host", Ask.raw("GET /v2/ HTTP/1.1\r\n\r\n"), "400 bare", "401 UNAUTHORIZED");
        t.row("B020", "an address of another host", Ask.of("GET http://evil.com/v2/").anonymous(),
                "401 UNAUTHORIZED", "400 bare").and(HttpRows::tellsOurselves);
        t.row("B020", "where an upload is, whatever the host",
                Ask.post("/v2/{n}/blobs/uploads/").with("Host: evil.com"), "202").and(HttpRows::tellsOurselves);
        t.row("B021", "a proxy that nobody knows", Ask.get("/v2/").anonymous()
                .with("X-Forwarded-Host: evil.com").with("X-Forwarded-Proto: https").with("X-Forwarded-For: 1.2.3.4")
                .with("Forwarded: host=evil.com"), "401 UNAUTHORIZED").and(HttpRows::tellsOurselves);
    }

    private static void tellsOurselves(Answer answer) {
        assertThat(answer.headers().toString()).doesNotContain("evil.com").doesNotContain("https://");
    }

    private static Ask many(int headers) {
        Ask ask = Ask.get("/v2/");
        for (int i = 0; i < headers; i++) {
            ask = ask.with("X-H" + i + ": 1");
        }
        return ask;
    }

    private static void bodies(Table t) {
        t.row("B023", "a body is not waited for without rights", Ask.put("/v2/{p}/manifests/x")
                .with("Expect: 100-continue").with("Content-Length: 1000"), "401 UNAUTHORIZED");
        t.row("B023", "an expectation that is none", Ask.get("/v2/").with("Expect: 200-maybe"), "417 bare", "200");
        List<String> codings = List.of("gzip", "deflate", "br", "gzip, gzip", "GZIP");
        t.each("B024", "a compressed manifest", codings, coding -> Ask.manifest("zip", "x")
                .with("Content-Encoding: " + coding), "415 UNSUPPORTED");
        t.each("B024", "a compressed chunk", codings, coding -> Ask.patch("{U}").body("x")
                .with("Content-Encoding: " + coding), "415 UNSUPPORTED");
        t.each("B024", "a compressed blob", codings, coding -> Ask.post("/v2/{n}/blobs/uploads/?digest={X}").body("x")
                .with("Content-Encoding: " + coding), "415 UNSUPPORTED");
        t.row("B025", "another origin", Ask.get("/v2/").with("Origin: https://evil.com"), "200")
                .and(HttpRows::sharesNothing);
        t.row("B025", "a preflight", Ask.of("OPTIONS /v2/{n}/tags/list").anonymous().with("Origin: https://evil.com")
                .with("Access-Control-Request-Method: PUT"), "200", "204", "401 UNAUTHORIZED", "405 UNSUPPORTED")
                .and(HttpRows::sharesNothing);
        t.each("B026", "a body that is no JSON", List.of("application/xml", "text/yaml",
                "application/x-java-serialized-object", "multipart/form-data; boundary=x", "text/xml"),
                type -> Ask.post("/api/v2.0/projects").with("Content-Type: " + type).body(
                        "<!DOCTYPE a [<!ENTITY x SYSTEM \"http://127.0.0.1:9/\">]><a>&x;</a>"),
                "415 UNSUPPORTED", "422 UNPROCESSABLE_ENTITY");
    }

    private static void sharesNothing(Answer answer) {
        assertThat(answer.header("Access-Control-Allow-Credentials")).isEmpty();
        assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
    }
}
