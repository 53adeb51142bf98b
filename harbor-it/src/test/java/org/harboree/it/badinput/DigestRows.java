// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.badinput;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** Digests in paths, ranges and conditions of blobs (B045 to B053). */
final class DigestRows {
    private static final String HEX = "0123456789abcdef".repeat(4);

    private DigestRows() {}

    static Table table() {
        Table t = new Table("Digests in URLs");
        malformed(t);
        elsewhere(t);
        ranges(t);
        conditions(t);
        return t;
    }

    private static void malformed(Table t) {
        List<String> bad = List.of("sha256:asd", "sha256:" + HEX.substring(1), "sha256:" + HEX + "0",
                "sha256:" + HEX.toUpperCase(), "sha256:", ":abc", "sha256", "sha256::" + HEX, "sha256:" + HEX + ":1");
        List<String> unknown = List.of("md5:" + HEX.substring(32), "sha1:" + HEX.substring(24), "sha384:" + HEX
                + HEX.substring(32),
                "blake3:" + HEX, "sha256+b64u:" + HEX, "unknown:" + HEX);
        for (String method : List.of("GET", "HEAD", "DELETE")) {
            t.each("B045", method + " of a digest that is none", bad,
                    x -> Ask.of(method + " /v2/{n}/blobs/" + x), "400 DIGEST_INVALID");
            t.each("B045", method + " of a digest in disguise", List.of("sha256:%2e%2e%2fx", "sha256:" + HEX + "%00",
                    "sha256:../../x", "%2e%2e"), x -> Ask.of(method + " /v2/{n}/blobs/" + x),
                    "400 DIGEST_INVALID", "400 NAME_INVALID", "404 NAME_UNKNOWN");
            t.each("B046", method + " of an unknown algorithm", unknown,
                    x -> Ask.of(method + " /v2/{n}/blobs/" + x), "400 DIGEST_INVALID");
            t.row("B046", method + " of a sha512 digest", Ask.of(method + " /v2/{n}/blobs/sha512:" + HEX + HEX),
                    "404 BLOB_UNKNOWN");
        }
    }

    private static void elsewhere(Table t) {
        t.row("B047", "a manifest is no blob", Ask.get("/v2/{n}/blobs/{M}"), "404 BLOB_UNKNOWN");
        t.row("B047", "a blob is no manifest", Ask.get("/v2/{n}/manifests/{D}"), "404 MANIFEST_UNKNOWN");
        for (String digest : List.of("{S}", "{P}", "{X}")) {
            t.row("B048", "a blob that is not here: " + digest).ask(Ask.get("/v2/{n}/blobs/" + digest),
                    "404 BLOB_UNKNOWN").and(answer -> assertThat(answer.text().length()).isLessThan(250));
            t.row("B048", "HEAD of a blob that is not here: " + digest, Ask.head("/v2/{n}/blobs/" + digest),
                    "404 BLOB_UNKNOWN");
        }
        String empty = Sha.digest("");
        t.row("B049", "the empty blob").ask(Ask.get("/v2/{sister}/blobs/" + empty), "404 BLOB_UNKNOWN")
                .ask(Ask.post("/v2/{sister}/blobs/uploads/?digest=" + empty), "201")
                .ask(Ask.get("/v2/{sister}/blobs/" + empty), "200").header("Content-Length", "0")
                .ask(Ask.delete("/v2/{sister}/blobs/" + empty), "202", "405 UNSUPPORTED");
    }

    private static Ask ranged(String range) {
        return Ask.get("/v2/{n}/blobs/{C}").with("Range: " + range);
    }

    private static void ranges(Table t) {
        t.row("B050", "one byte", ranged("bytes=0-0"), "206").header("Content-Range", "bytes 0-0/37");
        t.row("B050", "the last byte", ranged("bytes=-1"), "206").header("Content-Range", "bytes 36-36/37");
        t.row("B050", "from a byte on", ranged("bytes=5-"), "206").header("Content-Range", "bytes 5-36/37");
        t.row("B050", "further than there is", ranged("bytes=0-999999999999"), "206")
                .header("Content-Range", "bytes 0-36/37");
        for (String range : List.of("bytes=9-5", "bytes=37-", "bytes=-0", "bytes=18446744073709551616-")) {
            t.row("B051", "no byte of it: " + range, ranged(range), "416 UNSUPPORTED")
                    .header("Content-Range", "bytes */37");
        }
        t.each("B051", "a range that is none", List.of("bytes=a-b", "lines=1-2", "bytes", "bytes=", "0-5", "bytes=-"),
                DigestRows::ranged, "200");
        t.each("B052", "many ranges", List.of("bytes=0-1,3-4", "bytes=0-9,0-9,0-9", "bytes=" + "0-,".repeat(1500)
                + "0-"),
                DigestRows::ranged, "200");
    }

    private static void conditions(Table t) {
        for (String kind : List.of("blobs/{D}", "manifests/{M}")) {
            String digest = kind.substring(kind.indexOf('/') + 1);
            t.each("B053", "what the client has already: " + kind, List.of("\"" + digest + "\"", digest, "*",
                    "W/\"" + digest + "\"", "\"x\", \"" + digest + "\""),
                    tag -> Ask.get("/v2/{n}/" + kind).with("If-None-Match: " + tag), "304");
            t.row("B053", "what the client has not: " + kind,
                    Ask.get("/v2/{n}/" + kind).with("If-None-Match: \"x\""), "200");
        }
        t.row("B053", "a range of something else", ranged("bytes=0-0").with("If-Range: \"x\""), "200");
        t.row("B053", "a range of this", ranged("bytes=0-0").with("If-Range: \"{C}\""), "206");
    }
}
