// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.badinput;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Names of repositories and tags, and the lists of both (B027 to B044). */
final class NameRows {
    private NameRows() {}

    static Table table() {
        Table t = new Table("Names and tags");
        repositories(t);
        tags(t);
        pages(t);
        catalog(t);
        return t;
    }

    private static Ask upload(String name) {
        return Ask.post("/v2/" + name + "/blobs/uploads/");
    }

    private static void repositories(Table t) {
        t.each("B027", "a name outside of the grammar", List.of("{own}/UPPER", "UPPER/x", "{own}_/b", "-a/b",
                "{own}/b-",
                "{own}/a..b", "{own}/a___b", ".a/b", "{own}/b.", "{own}//b", "{own}/a__-b", "{own}/"),
                NameRows::upload, "400 NAME_INVALID", "404 NAME_UNKNOWN");
        t.row("B028", "a name of 256 characters").story(scene -> {
            String stem = scene.get("own") + "/";
            for (int length : List.of(256, 4096)) {
                Rules.check(upload(stem), scene.exchange(upload(stem + "x".repeat(length - stem.length()))),
                        List.of("400 NAME_INVALID"));
            }
            scene.expect(202, upload(stem + "x".repeat(255 - stem.length())));
        });
        t.row("B028", "a component of 256 characters", upload("{own}/" + "x".repeat(256)), "400 NAME_INVALID");
        t.row("B029", "a project without a repository", upload("{own}"), "400 NAME_INVALID", "404 NAME_UNKNOWN");
        t.each("B030", "letters of other alphabets", List.of("\uD83D\uDE00", "\u0430", "\uFF41", "e\u0301", "a\u200Fb",
                "a\u00ADb", "\u0131"), x -> upload("{own}/" + URLEncoder.encode(x, StandardCharsets.UTF_8)),
                "400 NAME_INVALID");
        for (String name : List.of("con", "nul.txt", "blobs", "manifests", "uploads", "tags/list", "referrers",
                "blobs/uploads", "manifests/x", "a/blobs/uploads", "tags", "v2", "service/token")) {
            t.row("B031", "a name that looks like a route: " + name)
                    .ask(upload("{own}/" + name), "202")
                    .and(answer -> assertThat(answer.header("Location").orElse("")).contains("/" + name
                            + "/blobs/uploads/"))
                    .ask(Ask.get("{location}"), "204")
                    .ask(Ask.delete("{location}"), "204");
        }
        t.each("B031", "a name with a dot or a line before it", List.of(".git", "_uploads"), x -> upload("{own}/" + x),
                "400 NAME_INVALID");
        t.row("B032", "no such project is like another's").story(scene -> {
            for (String form : List.of("POST /v2/%s/blobs/uploads/", "GET /v2/%s/tags/list", "GET /v2/%s/manifests/v1",
                    "HEAD /v2/%s/blobs/{D}", "PUT /v2/%s/manifests/v1", "DELETE /v2/%s/manifests/v1")) {
                requireSame(scene, Ask.of(form.formatted("{p}")), Ask.of(form.formatted("nowhere-at-all/secret")));
            }
        });
    }

    /** Both get the same answer, but for the names in it. */
    static void requireSame(Scene scene, Ask there, Ask missing) throws Exception {
        Answer one = scene.exchange(there).orElseThrow();
        Answer other = scene.exchange(missing).orElseThrow();
        assertThat(neutral(one, scene.get("p"))).isEqualTo(neutral(other, "nowhere-at-all/secret"));
    }

    private static String neutral(Answer answer, String name) {
        return answer.status() + answer.text().replace(name, "NAME")
                + answer.header("WWW-Authenticate").orElse("").replace(name, "NAME");
    }

    private static void tags(Table t) {
        String image = Manifests.image();
        t.row("B033", "a tag of 128 characters", Ask.manifest("t".repeat(128), image), "201");
        t.each("B033", "a tag outside of the grammar", List.of("t".repeat(129), ".a", "-a", "a%20b", "a%0Ab", "a:b",
                "*", "%C3%A9", "a+b"), tag -> Ask.manifest(tag, image), "400 MANIFEST_INVALID", "400 NAME_INVALID",
                "404 NAME_UNKNOWN", "400 DIGEST_INVALID");
        t.each("B033", "no tag", List.of("", "a/b", "a/"), tag -> Ask.manifest(tag, image), "404 NAME_UNKNOWN",
                "405 UNSUPPORTED");
        t.row("B034", "upper and lower case are two tags").ask(Ask.manifest("Case", image), "201")
                .ask(Ask.get("/v2/{n}/manifests/case"), "404 MANIFEST_UNKNOWN")
                .ask(Ask.manifest("case", Manifests.imageWith(",\"annotations\":{\"a\":\"b\"}")), "201")
                .ask(Ask.get("/v2/{n}/manifests/Case"), "200")
                .and(answer -> assertThat(answer.text()).doesNotContain("annotations"));
        t.row("B034", "a space after a tag", Ask.manifest("v1%20", image), "400 MANIFEST_INVALID", "404 NAME_UNKNOWN");
        for (String tag : List.of("sha256-" + "0".repeat(64), "latest", "null", "true", "0", "__proto__", "con",
                "list")) {
            t.row("B035", "a tag like any other: " + tag).ask(Ask.manifest(tag, image), "201")
                    .ask(Ask.get("/v2/{n}/manifests/" + tag), "200").ask(Ask.delete("/v2/{n}/manifests/" + tag), "202");
        }
        t.each("B036", "nearly a digest", List.of("sha256:" + "0".repeat(63), "SHA256:" + "0".repeat(64),
                "md5:" + "0".repeat(32), "sha256:" + "A".repeat(64)), x ->
                Ask.manifest(x, image), "400 DIGEST_INVALID");
    }

    private static void pages(Table t) {
        for (String path : List.of("/v2/{n}/tags/list", "/v2/_catalog")) {
            t.each("B037", "a number that is none, " + path, List.of("-1", "abc", "1e3", "9999999999999999999", "",
                    "+1", "%201", "1&n=2"), n -> Ask.get(path + "?n=" + n).with("Authorization: {admin}"),
                    "400 UNSUPPORTED");
            t.row("B038", "no names at all, " + path, Ask.get(path + "?n=0").with("Authorization: {admin}"), "200")
                    .and(answer -> assertThat(answer.header("Link")).isEmpty())
                    .and(answer -> assertThat(answer.text()).contains("[]"));
            t.row("B039", "more than there are, " + path,
                    Ask.get(path + "?n=100000").with("Authorization: {admin}"), "200");
            t.each("B040", "after what is no name, " + path, List.of("zzzzz", "%00", "a%0d%0aX:%20y", "../../x",
                    "'%20OR%201=1", "%ff", "x".repeat(300)), last -> Ask.get(path + "?n=1&last=" + last)
                    .with("Authorization: {admin}"), "200", "400 UNSUPPORTED");
            t.row("B040", "an encoding that is none, " + path, Ask.get(path + "?last=%zz")
                    .with("Authorization: {admin}"), "400 bare");
        }
        t.row("B041", "tags come and go between pages").story(NameRows::tagsComeAndGo);
        t.row("B042", "a repository without tags")
                .ask(Ask.post("/v2/{own}/empty/blobs/uploads/?digest=" + Sha.digest("")), "201")
                .ask(Ask.get("/v2/{own}/empty/tags/list"), "200", "404 NAME_UNKNOWN");
        t.row("B042", "an unknown repository", Ask.get("/v2/{own}/unknown/tags/list"), "404 NAME_UNKNOWN");
        t.row("B042", "another's repository", Ask.get("/v2/{p}/tags/list"), "401 UNAUTHORIZED");
    }

    private static void tagsComeAndGo(Scene scene) {
        for (String tag : List.of("page-a", "page-c", "page-e", "page-g")) {
            scene.expect(201, Ask.manifest(tag, Manifests.image()));
        }
        String first = scene.expect(200, Ask.get("/v2/{n}/tags/list?n=2&last=page-")).text();
        assertThat(first).contains("page-a", "page-c");
        scene.expect(202, Ask.delete("/v2/{n}/manifests/page-c"));
        scene.expect(201, Ask.manifest("page-b", Manifests.image()));
        scene.expect(201, Ask.manifest("page-d", Manifests.image()));
        String second = scene.expect(200, Ask.get("/v2/{n}/tags/list?n=3&last=page-c")).text();
        assertThat(second).contains("page-d", "page-e", "page-g").doesNotContain("page-a", "page-b", "page-c");
    }

    private static void catalog(Table t) {
        t.row("B043", "the catalogue for nobody", Ask.get("/v2/_catalog").anonymous(), "401 UNAUTHORIZED");
        t.row("B043", "the catalogue for a user", Ask.get("/v2/_catalog"), "401 UNAUTHORIZED", "403 DENIED");
        t.row("B043", "the catalogue with a user's token", Ask.get("/v2/_catalog").bearer("registry:catalog:*"),
                "401 UNAUTHORIZED");
        t.row("B044", "a private name makes no difference").story(scene -> requireSame(scene,
                Ask.get("/v2/_catalog?last={p}"), Ask.get("/v2/_catalog?last=nowhere-at-all/secret")));
    }
}
