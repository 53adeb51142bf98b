// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.badinput;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;

/** Manifests and their fields (B099 to B135). */
final class ManifestRows {
    private static final int LIMIT = 4 << 20;

    private ManifestRows() {}

    static Table table() {
        Table t = new Table("Manifests");
        noManifests(t);
        kept(t);
        types(t);
        sizes(t);
        references(t);
        fields(t);
        contents(t);
        return t;
    }

    private static Ask push(String json) {
        return Ask.manifest("m", json);
    }

    private static void noManifests(Table t) {
        String good = Manifests.image();
        t.each("B099", "no manifest", List.of("", "null", "[]", "\"x\"", "{}", "7", good + "x", good + good,
                "\uFEFF" + good, good.replace("2", "NaN"), "/* */" + good, good.replace('"', '\''), "{", good + ","),
                ManifestRows::push, "400 MANIFEST_INVALID");
        t.row("B099", "UTF-16", push("").body(good.getBytes(StandardCharsets.UTF_16)), "400 MANIFEST_INVALID");
        t.row("B100", "bytes that are no UTF-8", push("")
                .body(Manifests.imageWith(",\"annotations\":{\"a\":\"\u00ff\u00fe\"}")
                .getBytes(StandardCharsets.ISO_8859_1)), "400 MANIFEST_INVALID");
        t.each("B105", "another schema", List.of("1", "3", "\"2\"", "2.0", "null"),
                version -> push(good.replace("\"schemaVersion\":2", "\"schemaVersion\":" + version)),
                "400 MANIFEST_INVALID", "400 UNSUPPORTED");
        t.row("B105", "no schema", push(good.replace("\"schemaVersion\":2,", "")), "400 MANIFEST_INVALID");
        t.each("B105", "schema 1", List.of("application/vnd.docker.distribution.manifest.v1+json",
                "application/vnd.docker.distribution.manifest.v1+prettyjws"), type -> Ask.put("/v2/{n}/manifests/m")
                .with("Content-Type: " + type)
                .body("{\"schemaVersion\":1,\"name\":\"x\",\"tag\":\"y\",\"fsLayers\":[]}"),
                "400 MANIFEST_INVALID", "400 UNSUPPORTED", "415 UNSUPPORTED");
        t.each("B106", "a key twice", List.of(",\"layers\":[]", ",\"mediaType\":\"{oci.manifest}\"",
                ",\"x\":1,\"x\":2", ",\"annotations\":{\"a\":\"1\",\"a\":\"2\"}"),
                more -> push(Manifests.imageWith(more)), "400 MANIFEST_INVALID");
    }

    private static void kept(Table t) {
        for (String json : List.of(Manifests.imageWith(",\"annotations\":{\"a\":\"\\ud800\"}"),
                Manifests.imageWith(",\"annotations\":{\"a\":\"x\\u0000y\"}"),
                Manifests.imageWith(",\"Layers\":[],\"LAYERS\":7"),
                Manifests.imageWith(",\"whatever\":{\"a\":[1,2.50,1e3]}"),
                " \n\t" + Manifests.image().replace(",", " ,\n ") + "\n\n",
                Manifests.imageWith(",\"annotations\":{\"a\":\"\\/\"},\"z\":1.0e0"),
                Manifests.imageWith(",\"annotations\":{\"t\":\"<\\/script><script>alert(1)</script>\",\"c\":\"=cmd()\","
                        + "\"e\":\"\\u001b[31m\"}"))) {
            t.row("B107", "kept as it is: " + json.substring(Math.max(0, json.length() - 40))).story(scene -> {
                scene.expect(201, push(json));
                assertThat(scene.expect(200, Ask.get("/v2/{n}/manifests/m")).text()).isEqualTo(scene.fill(json));
            });
        }
    }

    private static void types(Table t) {
        String good = Manifests.image();
        Ask bare = Ask.put("/v2/{n}/manifests/m");
        t.row("B101", "no content type", bare.body(good), "201");
        t.each("B101", "a type that says nothing", List.of("application/json", "text/plain"),
                type -> bare.with("Content-Type: " + type).body(good), "201", "400 MANIFEST_INVALID");
        t.row("B101", "an evil type", bare.with("Content-Type: application/vnd.evil").body(good),
                "400 MANIFEST_INVALID",
                "415 UNSUPPORTED");
        t.row("B101", "a type with a parameter", bare.with("Content-Type: {oci.manifest}; charset=utf-8").body(good),
                "201");
        t.each("B102", "another type than the body's", List.of("{oci.index}",
                "application/vnd.docker.distribution.manifest.v2+json"),
                type -> bare.with("Content-Type: " + type).body(good), "400 MANIFEST_INVALID");
        t.row("B103", "an index called an image", push(Manifests.index(Manifests.child(), "")), "400 MANIFEST_INVALID");
        t.row("B103", "an index without its type called an image", push(Manifests.index(Manifests.child(), "")
                .replace("\"mediaType\":\"{oci.index}\",", "")), "400 MANIFEST_INVALID");
        t.row("B104", "image and index at once", push(Manifests.imageWith(",\"manifests\":[]")),
                "400 MANIFEST_INVALID");
        t.row("B104", "index and image at once", bare.with("Content-Type: {oci.index}")
                .body(Manifests.index("", ",\"layers\":[]")), "400 MANIFEST_INVALID");
    }

    private static void sizes(Table t) {
        String deep = ",\"x\":" + "[".repeat(10_000) + "]".repeat(10_000);
        t.row("B109", "deep", push(Manifests.imageWith(deep)), "400 MANIFEST_INVALID");
        t.row("B109", "a million brackets", push("[".repeat(1_000_000)), "400 MANIFEST_INVALID");
        for (String more : List.of(",\"x\":\"" + "s".repeat(3_900_000) + "\"", ",\"x\":" + "9".repeat(1 << 20),
                ",\"x\":1e999999999", ",\"x\":{" + IntStream.range(0, 100_000).mapToObj(i -> "\"k" + i + "\":1")
                        .collect(Collectors.joining(",")) + "}")) {
            t.row("B109", "large: " + more.substring(0, 12)).story(scene -> {
                Ask ask = push("").body(scene.fill(Manifests.imageWith("")).replaceAll("}$", "") + more + "}");
                Rules.check(ask, scene.exchange(ask), List.of("400 MANIFEST_INVALID", "201"));
            });
        }
        t.row("B110", "4 MiB").story(scene -> {
            String head = scene.fill(Manifests.image());
            scene.expect(201, push("").body(head + " ".repeat(LIMIT - head.length())));
            Ask more = push("").body(head + " ".repeat(LIMIT + 1 - head.length()));
            Rules.check(more, scene.exchange(more), List.of("413 MANIFEST_INVALID"));
            Ask huge = push("").with("Content-Length: 1073741824").body(head);
            Rules.check(huge, scene.exchange(huge), List.of("413 MANIFEST_INVALID"));
            Ask endless = push("").with("Transfer-Encoding: chunked")
                    .body("500000\r\n" + "x".repeat(0x500000) + "\r\n");
            Rules.check(endless, scene.exchange(endless), List.of("413 MANIFEST_INVALID"));
        });
        t.row("B111", "shorter than announced", Ask.manifest("m", "{").with("Content-Length: 9").thenEnds(),
                "400 SIZE_INVALID", "400 MANIFEST_INVALID", "closed");
    }

    private static String layer(String digest, String size) {
        return Manifests.image(digest, size);
    }

    private static void references(Table t) {
        for (String digest : List.of("{X}", "{S}", "{P}")) {
            t.row("B112", "a layer that is not here: " + digest, push(layer(digest, "10")), "400 MANIFEST_BLOB_UNKNOWN")
                    .and(answer -> assertThat(answer.json().at("/errors/0/detail").toString()).contains("sha256:"));
        }
        t.row("B112", "nothing is here").ask(push(Manifests.image(
                        Manifests.descriptor("{oci.config}", "{X}", "1"),
                        "[" + Manifests.descriptor("{oci.layer}", "{S}", "1") + "]", "")), "400 MANIFEST_BLOB_UNKNOWN")
                .and(answer -> assertThat(answer.json().get("errors")).hasSize(2));
        t.each("B114", "a size that is none", List.of("1", "-1", "9223372036854775808", "12.5", "\"12\"", "null",
                "1e1"),
                size -> push(layer("{D}", size)), "400 MANIFEST_INVALID");
        t.each("B115", "a digest that is none", List.of("x", "", "md5:" + "0".repeat(32), "sha256:" + "A".repeat(64),
                "sha256:" + "0".repeat(63)), digest -> push(layer(digest, "12")), "400 MANIFEST_INVALID",
                "400 DIGEST_INVALID");
        String data = "{\"mediaType\":\"{oci.layer}\",\"digest\":\"{D}\",\"size\":{D.size},\"data\":\"%s\"}";
        t.each("B116", "embedded bytes of another digest", List.of("aGVsbG8=", "%%%", "a"),
                bytes -> push(Manifests.image(List.of(data.replace("%s", bytes)))), "400 MANIFEST_INVALID",
                "400 DIGEST_INVALID");
        t.row("B117", "a foreign layer", push(Manifests.image(List.of(
                "{\"mediaType\":\"application/vnd.docker.image.rootfs.foreign.diff.tar.gzip\",\"digest\":\"{X}\","
                        + "\"size\":7,\"urls\":[\"http://169.254.169.254/x\"]}"))), "201");
        t.row("B118", "no layers", push(Manifests.image(List.of())), "201");
        t.row("B118", "layers are missing", push("{\"schemaVersion\":2,\"mediaType\":\"{oci.manifest}\",\"config\":"
                + Manifests.config() + "}"), "400 MANIFEST_INVALID");
        t.row("B118", "a layer a thousand times").story(scene -> {
            scene.expect(201, push("").body(scene.fill(Manifests.image(Collections.nCopies(1000, Manifests.layer())))));
            Ask many = push("").body(scene.fill(Manifests.image(Collections.nCopies(20_001, Manifests.layer()))));
            Rules.check(many, scene.exchange(many), List.of("400 MANIFEST_INVALID", "413 MANIFEST_INVALID"));
        });
    }

    /** What is inside of layers is not read at all, and of a config no more than 8 MiB. */
    private static void contents(Table t) {
        t.row("B135", "a layer that is small and unpacks to much").story(scene -> {
            ByteArrayOutputStream small = new ByteArrayOutputStream();
            try (GZIPOutputStream zip = new GZIPOutputStream(small)) {
                for (int i = 0; i < 64; i++) {
                    zip.write(new byte[1 << 20]);
                }
            }
            String digest = push(scene, small.toByteArray());
            String chart = Manifests.descriptor("application/vnd.cncf.helm.config.v1+json", "{C}", "{C.size}");
            scene.expect(201, Ask.manifest("bomb", Manifests.image(chart, "[" + Manifests.descriptor(
                    "application/vnd.cncf.helm.chart.content.v1.tar+gzip", digest, String.valueOf(small.size())) + "]",
                    "")));
            for (String addition : List.of("values.yaml", "readme.md", "dependencies", "files", "license", "sbom")) {
                Ask ask = Ask.get(api("bomb/additions/" + addition));
                Rules.check(ask, scene.exchange(ask), List.of("400 BAD_REQUEST"));
            }
        });
        t.row("B135", "a config of more than 8 MiB").story(scene -> {
            byte[] config = ("{\"architecture\":\"amd64\",\"os\":\"linux\",\"history\":[{\"comment\":\""
                    + "x".repeat(9 << 20) + "\"}]}").getBytes(StandardCharsets.US_ASCII);
            scene.expect(201, Ask.manifest("large-config", Manifests.image(Manifests.descriptor("{oci.config}",
                    push(scene, config), String.valueOf(config.length)), "[]", "")));
            assertThat(scene.expect(200, Ask.get(api("large-config"))).json().has("extra_attrs")).isFalse();
            assertThat(scene.expect(200, Ask.get(api("large-config/additions/build_history"))).text()).isEqualTo("[]");
        });
    }

    private static String push(Scene scene, byte[] blob) {
        String digest = Sha.digest(blob);
        scene.expect(201, Ask.post("/v2/{n}/blobs/uploads/?digest=" + digest).body(blob));
        return digest;
    }

    private static String api(String artifact) {
        return "/api/v2.0/projects/{own}/repositories/app/artifacts/" + artifact;
    }

    private static void fields(Table t) {
        String empty = Manifests.descriptor("{empty}", "{E}", "2");
        t.row("B119", "an artifact", push(Manifests.image(empty, "[]", ",\"artifactType\":\"a/b\"")), "201");
        t.row("B119", "an artifact without a type", push(Manifests.image(empty, "[]", "")), "400 MANIFEST_INVALID",
                "201");
        t.each("B119", "an artifact's type that is none", List.of("a b", "x".repeat(1024), "a/b\\r\\nX: y", "a"),
                type -> push(Manifests.imageWith(",\"artifactType\":\"" + type + "\"")), "400 MANIFEST_INVALID");
        t.row("B119", "an empty type counts as none", push(Manifests.imageWith(",\"artifactType\":\"\"")), "201");
        t.each("B120", "annotations that are none", List.of("{\"a\":1}", "{\"\":\"x\"}", "[]", "\"x\"", "{\"a\":null}"),
                value -> push(Manifests.imageWith(",\"annotations\":" + value)), "400 MANIFEST_INVALID");
        t.row("B120", "annotations of 2 MiB").story(scene -> {
            Ask ask = push("").body(scene.fill(Manifests.image()).replaceAll("}$", "") + ",\"annotations\":{"
                    + IntStream.range(0, 2048).mapToObj(i -> "\"a" + i + "\":\"" + "v".repeat(1024) + "\"")
                            .collect(Collectors.joining(",")) + "}}");
            Rules.check(ask, scene.exchange(ask), List.of("201"));
        });
        for (String content : List.of("no json", "[]", "{\"created\":\"1000000000-01-01T00:00:00Z\"}",
                "{\"history\":[" + "{},".repeat(10_000) + "{}]}")) {
            t.row("B121", "a config that is none: " + content.substring(0, 2))
                    .ask(Ask.post("/v2/{n}/blobs/uploads/?digest=" + Sha.digest(content)).body(content), "201")
                    .ask(push(Manifests.image(Manifests.descriptor("{oci.config}", Sha.digest(content),
                            String.valueOf(content.length())), "[]", "")), "201");
        }
        t.row("B122", "a digest of other bytes", Ask.manifest("{X}", Manifests.image()), "400 DIGEST_INVALID");
        t.row("B123", "a sha512 digest").story(scene -> {
            String digest = Sha.digest512(scene.fill(Manifests.image()).getBytes(StandardCharsets.UTF_8));
            scene.expect(201, Ask.manifest(digest, Manifests.image()));
            scene.expect(200, Ask.get("/v2/{n}/manifests/" + digest));
        });
        for (int count : List.of(10, 46, 47, 300)) {
            t.row("B124", count + " tags", Ask.manifest("{M}?" + IntStream.range(0, count).mapToObj(i -> "tag=t" + i)
                    .collect(Collectors.joining("&")), Manifests.image()), count <= 46 ? "201" : "414 UNSUPPORTED");
        }
        t.row("B124", "a tag twice", Ask.manifest("{M}?tag=a&tag=a", Manifests.image()), "201").header("OCI-Tag", "a");
        t.each("B124", "a tag that is none", List.of("", ".a", "a%20b", "x&tag="),
                tag -> Ask.manifest("{M}?tag=" + tag, Manifests.image()), "400 MANIFEST_INVALID");
        t.row("B124", "all tags or none").ask(Ask.manifest("{M}?tag=good-one&tag=.bad", Manifests.image()),
                "400 MANIFEST_INVALID").ask(Ask.get("/v2/{n}/manifests/good-one"), "404 MANIFEST_UNKNOWN");
        t.row("B125", "a tag for a tag", Ask.manifest("m?tag=x", Manifests.image()), "400 MANIFEST_INVALID");
        t.row("B126", "another type is accepted", Ask.get("/v2/{n}/manifests/v1").with("Accept: {oci.index}"), "200");
        t.row("B127", "a range of a manifest", Ask.head("/v2/{n}/manifests/v1").with("Range: bytes=0-0"), "200");
        t.row("B132", "delete what is not there").ask(Ask.delete("/v2/{n}/manifests/none"), "404 MANIFEST_UNKNOWN")
                .ask(Ask.delete("/v2/{n}/manifests/{X}"), "404 MANIFEST_UNKNOWN");
        t.row("B132", "delete twice").ask(Ask.manifest("twice", Manifests.image()), "201")
                .ask(Ask.delete("/v2/{n}/manifests/twice"), "202")
                .ask(Ask.delete("/v2/{n}/manifests/twice"), "404 MANIFEST_UNKNOWN");
        t.row("B133", "delete the child of an index").ask(Ask.put("/v2/{n}/manifests/idx")
                        .with("Content-Type: {oci.index}").body(Manifests.index(Manifests.child(), "")), "201")
                .ask(Ask.delete("/v2/{n}/manifests/{M}"), "412 DENIED");
        t.row("B134", "delete a layer that is needed", Ask.delete("/v2/{n}/blobs/{D}"), "405 UNSUPPORTED");
        t.each("B134", "delete a blob that is not here", List.of("{X}", "{S}", "{P}"),
                digest -> Ask.delete("/v2/{n}/blobs/" + digest), "404 BLOB_UNKNOWN");
    }
}
