// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.harboree.it.Product;
import org.harboree.it.Requests;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the console sends beside its pages, and in which coding. */
class ConsoleFilesIT {
    /** Bytes of scripts and styles at the first visit, as the issue of the console has it. */
    private static final int FIRST_LOAD = 400_000;
    private static final Pattern FILE = Pattern.compile("(?:src|href)=\"(/jakarta\\.faces\\.resource/[^\"]+)\"");
    private static final String PAGE = "/harbor/sign-in";

    @Test
    void firstVisitShouldLoadLittle() {
        List<String> files = files();
        assertThat(files).anyMatch(f -> f.contains(".css")).anyMatch(f -> f.contains("primefaces"));
        assertThat(files.stream().mapToInt(f -> ask("GET", f, "Accept-Encoding", "gzip").body().length).sum())
                .isLessThan(FIRST_LOAD);
    }

    @ParameterizedTest
    @MethodSource("files")
    void textShouldComeCompressedWithItsBytesUnchanged(String file) throws IOException {
        HttpResponse<byte[]> plain = ask("GET", file);
        HttpResponse<byte[]> packed = ask("GET", file, "Accept-Encoding", "gzip, deflate, br");
        assertThat(plain.headers().firstValue("Content-Encoding")).isEmpty();
        assertThat(plain.headers().firstValue("Vary")).hasValue("Accept-Encoding");
        assertThat(packed.headers().firstValue("Content-Encoding")).hasValue("gzip");
        assertThat(packed.headers().firstValue("Vary")).hasValue("Accept-Encoding");
        assertThat(packed.headers().firstValue("Content-Type")).isEqualTo(plain.headers().firstValue("Content-Type"));
        assertThat(packed.body().length).isLessThan(plain.body().length);
        try (GZIPInputStream content = new GZIPInputStream(new ByteArrayInputStream(packed.body()))) {
            assertThat(content.readAllBytes()).isEqualTo(plain.body());
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void browserShouldKeepThem(String file) {
        HttpResponse<byte[]> first = ask("GET", file, "Accept-Encoding", "gzip");
        assertThat(file).as("an address that is another one after an upgrade").containsPattern("[?&]v=[0-9a-f.]+$");
        assertThat(first.headers().firstValue("Cache-Control")).hasValue("max-age=31536000");
        HttpResponse<byte[]> again = ask("GET", file, "Accept-Encoding", "gzip",
                "If-None-Match", first.headers().firstValue("ETag").orElseThrow(),
                "If-Modified-Since", first.headers().firstValue("Last-Modified").orElseThrow());
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.headers().firstValue("Content-Encoding")).isEmpty();
        assertThat(again.body()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("files")
    void headShouldDescribeTheCompressedForm(String file) {
        HttpResponse<byte[]> head = ask("HEAD", file, "Accept-Encoding", "gzip");
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.headers().firstValue("Content-Encoding")).hasValue("gzip");
        assertThat(head.headers().firstValue("Content-Length")).as("of the other form").isEmpty();
        assertThat(head.body()).isEmpty();
    }

    @Test
    void fontsShouldComeAsTheyAre() {
        String styles = files().stream().filter(f -> f.contains("primeicons.css")).findFirst().orElseThrow();
        String font = matches(Pattern.compile("url\\([\"']?([^\"')]+\\.woff2[^\"')]*)"), text(ask("GET", styles)))
                .get(0).replace("&amp;", "&");
        HttpResponse<byte[]> answer = ask("GET", URI.create(styles).resolve(font).toString(),
                "Accept-Encoding", "gzip");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Encoding")).isEmpty();
        assertThat(new String(answer.body(), 0, 4, StandardCharsets.US_ASCII)).isEqualTo("wOF2");
    }

    @ParameterizedTest
    @ValueSource(strings = {PAGE, "/harbor/project-list", "/harbor/nothing-here",
        "/jakarta.faces.resource/nothing.xhtml", "/api/v2.0/systeminfo", "/api/v2.0/projects", "/v2/",
        "/v2/library/nothing/manifests/latest"})
    void nothingElseShouldBeCompressed(String path) {
        assertThat(ask("GET", path, "Accept-Encoding", "gzip").headers().firstValue("Content-Encoding")).isEmpty();
    }

    /** Addresses of the scripts, styles and drawings that a page names. */
    static List<String> files() {
        return matches(FILE, text(ask("GET", PAGE))).stream().map(f -> f.replace("&amp;", "&")).distinct().toList();
    }

    private static List<String> matches(Pattern pattern, String text) {
        return pattern.matcher(text).results().map((MatchResult r) -> r.group(1)).toList();
    }

    private static String text(HttpResponse<byte[]> answer) {
        assertThat(answer.statusCode()).isEqualTo(200);
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    private static HttpResponse<byte[]> ask(String method, String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(Product.running().url() + path))
                .method(method, BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return Requests.send(request.build(), BodyHandlers.ofByteArray());
    }
}
