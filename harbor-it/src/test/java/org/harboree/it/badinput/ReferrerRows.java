// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.badinput;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;

/** Indexes, subjects and referrers (B136 to B149). */
final class ReferrerRows {
    private ReferrerRows() {}

    static Table table() {
        Table t = new Table("Index, subject, referrers");
        indexes(t);
        subjects(t);
        referrers(t);
        return t;
    }

    private static Ask index(String json) {
        return Ask.put("/v2/{n}/manifests/index").with("Content-Type: {oci.index}").body(json);
    }

    private static String child(String digest, String size) {
        return Manifests.index(Manifests.descriptor("{oci.manifest}", digest, size), "");
    }

    private static void indexes(Table t) {
        t.each("B136", "a child that is not here", List.of("{X}", "{PM}", "{D}"), x -> index(child(x, "{M.size}")),
                "400 MANIFEST_BLOB_UNKNOWN");
        t.row("B136", "a child of another size", index(child("{M}", "7")), "400 MANIFEST_INVALID");
        t.row("B138", "no children", index(Manifests.index("", "")), "201");
        t.row("B138", "the same child twice", index(Manifests.index(Manifests.child() + "," + Manifests.child(), "")),
                "201");
        t.row("B138", "20,001 children").story(scene -> {
            Ask ask = index("").body(scene.fill(Manifests.index(
                    String.join(",", Collections.nCopies(20_001, Manifests.child())), "")));
            Rules.check(ask, scene.exchange(ask), List.of("400 MANIFEST_INVALID", "413 MANIFEST_INVALID"));
        });
        t.each("B138", "a platform that is none", List.of("\"x\"", "{\"os\":7,\"architecture\":\"a\"}", "[]"),
                platform -> index(Manifests.index(Manifests.child().replaceAll("}$", ",\"platform\":" + platform
                + "}"), "")),
                "400 MANIFEST_INVALID", "201");
        t.row("B139", "a child that has just gone")
                .ask(Ask.manifest("gone", Manifests.imageWith(",\"annotations\":{\"is\":\"gone\"}")), "201")
                .and(answer -> { })
                .story(scene -> {
                    String json = scene.fill(Manifests.imageWith(",\"annotations\":{\"is\":\"gone\"}"));
                    String digest = Sha.digest(json);
                    scene.expect(202, Ask.delete("/v2/{n}/manifests/" + digest));
                    Ask ask = index(child(digest, String.valueOf(json.length())));
                    Rules.check(ask, scene.exchange(ask), List.of("400 MANIFEST_BLOB_UNKNOWN"));
                });
    }

    private static Ask subject(String subject) {
        return Ask.manifest("sub", Manifests.image(Manifests.config(), "[]", ",\"subject\":" + subject));
    }

    private static void subjects(Table t) {
        t.row("B140", "a subject that is not here", subject(Manifests.descriptor("{oci.manifest}", "{X}", "9")), "201")
                .and(answer -> assertThat(answer.header("OCI-Subject").orElse("")).startsWith("sha256:"));
        t.each("B141", "a subject that is none", List.of("[]", "\"x\"", "7", "{}",
                Manifests.descriptor("{oci.manifest}", "sha256:x", "9"),
                Manifests.descriptor("{oci.manifest}", "md5:" + "0".repeat(32), "9"),
                "{\"mediaType\":\"{oci.manifest}\",\"digest\":\"{M}\"}"), ReferrerRows::subject, "400 MANIFEST_INVALID",
                "400 DIGEST_INVALID");
        t.row("B141", "a subject of another's repository", subject(Manifests.descriptor("{oci.manifest}", "{PM}", "9")),
                "201");
    }

    private static Ask list(String digest) {
        return Ask.get("/v2/{n}/referrers/" + digest);
    }

    private static void referrers(Table t) {
        t.each("B144", "referrers of what is no digest", List.of("v1", "x", "md5:" + "0".repeat(32), "sha256:",
                "sha256:" + "A".repeat(64)), ReferrerRows::list, "400 DIGEST_INVALID");
        t.row("B145", "referrers of what is not here", list("sha256:" + "1".repeat(64)), "200")
                .header("Content-Type", "application/vnd.oci.image.index.v1+json")
                .and(answer -> assertThat(answer.json().get("manifests")).isEmpty());
        t.row("B146", "referrers in an unknown repository", Ask.get("/v2/{own}/unknown/referrers/{M}"),
                "404 NAME_UNKNOWN", "200");
        t.row("B146", "referrers in another's repository", Ask.get("/v2/{p}/referrers/{PM}"), "401 UNAUTHORIZED");
        t.row("B147", "a filter that asks for nothing", list("{X}?artifactType="), "200")
                .and(answer -> assertThat(answer.header("OCI-Filters-Applied")).isEmpty());
        t.row("B147", "a wildcard is a letter").ask(subject(Manifests.descriptor("{oci.manifest}", "{M}", "{M.size}"))
                        , "201")
                .ask(list("{M}?artifactType=%25"), "200").header("OCI-Filters-Applied", "artifactType")
                .and(answer -> assertThat(answer.json().get("manifests")).isEmpty())
                .ask(list("{M}?artifactType=_______________________________________"), "200")
                .and(answer -> assertThat(answer.json().get("manifests")).isEmpty())
                .ask(list("{M}"), "200").and(answer -> assertThat(answer.json().get("manifests")).hasSize(1));
        t.each("B147", "a filter that is none", List.of("a%0d%0aX:%20y", "x".repeat(4000), "%00", "'%20OR%201=1"),
                type -> list("{M}?artifactType=" + type), "200");
        t.row("B147", "two filters", list("{M}?artifactType=a&artifactType=b"), "400 UNSUPPORTED");
        t.row("B148", "a referrer elsewhere", Ask.get("/v2/{sister}/referrers/{M}"), "200")
                .and(answer -> assertThat(answer.json().get("manifests")).isEmpty());
        t.row("B149", "POST", Ask.post("/v2/{n}/referrers/{M}"), "405 UNSUPPORTED");
        t.each("B147", "a page that is none", List.of("x", "-", "99999999999999999999"), next -> list("{M}?next="
                + next),
                "400 UNSUPPORTED");
    }
}
