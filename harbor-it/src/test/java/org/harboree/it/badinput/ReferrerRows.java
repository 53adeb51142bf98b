// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.badinput;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.harboree.it.ProjectRole;

/** Indexes, subjects and referrers (B136 to B149). */
final class ReferrerRows {
    /** With 100 KiB of annotations each they are more than the 4 MiB of a page. */
    private static final int REFERRERS = 60;

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
        t.row("B137", "a child that is not here, where that is allowed").story(ReferrerRows::sparse);
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

    private static void sparse(Scene scene) throws IOException {
        String project = scene.product().api().newProject("bad-sparse", Map.of("public", "false",
                "allow_sparse_index", "true"));
        scene.product().api().addMember(project, scene.get("pusher"), ProjectRole.MAINTAINER);
        String json = scene.fill(child("{X}", "7"));
        scene.expect(201, Ask.put("/v2/" + project + "/app/manifests/sparse").with("Content-Type: {oci.index}")
                .body(json));
        assertThat(scene.expect(200, Ask.get("/v2/" + project + "/app/manifests/sparse")).text()).isEqualTo(json);
        String artifacts = "/api/v2.0/projects/" + project + "/repositories/app/artifacts";
        JsonNode shown = scene.expect(200, Ask.get(artifacts + "/sparse")).json();
        assertThat(shown.at("/references/0/child_digest").asText()).isEqualTo(scene.get("X"));
        for (Ask ask : List.of(Ask.get("/v2/" + project + "/app/manifests/{X}"),
                Ask.head("/v2/" + project + "/app/manifests/{X}"))) {
            Rules.check(ask, scene.exchange(ask), List.of("404 MANIFEST_UNKNOWN"));
        }
        scene.expect(201, Ask.post("/api/v2.0/projects/" + project + "/repositories/copy/artifacts?from=" + project
                + "/app:sparse"));
        scene.expect(200, Ask.delete(artifacts + "/sparse"));
        assertThat(scene.expect(200, Ask.get("/v2/" + project + "/copy/manifests/sparse")).text()).isEqualTo(json);
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
        t.row("B142", "more referrers than a page holds").story(ReferrerRows::manyReferrers);
        t.row("B143", "a chain of 1,000 subjects, and its first is deleted").story(ReferrerRows::longChain);
        t.row("B141", "a subject of another's repository", subject(Manifests.descriptor("{oci.manifest}", "{PM}", "9")),
                "201");
    }

    private static String referrer(String subject, int size, String note) {
        return Manifests.image(Manifests.config(), "[]", ",\"subject\":"
                + Manifests.descriptor("{oci.manifest}", subject, String.valueOf(size))
                + ",\"annotations\":{\"note\":\"" + note + "\"}");
    }

    private static void manyReferrers(Scene scene) {
        String subject = Sha.digest("the subject of many");
        for (int i = 0; i < REFERRERS; i++) {
            String json = scene.fill(referrer(subject, 9, i + "x".repeat(100 << 10)));
            scene.expect(201, Ask.manifest(Sha.digest(json), json));
        }
        Set<String> seen = new HashSet<>();
        Optional<String> next = Optional.of("/v2/{n}/referrers/" + subject);
        int pages = 0;
        for (; next.isPresent(); pages++) {
            Answer page = scene.expect(200, Ask.get(next.get()));
            assertThat(page.body().length).as("bytes of a page").isLessThanOrEqualTo(4 << 20);
            seen.addAll(page.json().get("manifests").findValuesAsText("digest"));
            next = page.header("Link").map(link -> link.substring(1, link.indexOf('>')));
        }
        assertThat(pages).isGreaterThan(1);
        assertThat(seen).hasSize(REFERRERS);
    }

    private static void longChain(Scene scene) {
        String before = scene.fill(Manifests.imageWith(",\"annotations\":{\"first\":\"of a chain\"}"));
        String first = Sha.digest(before);
        scene.expect(201, Ask.manifest(first, before));
        for (int i = 0; i < 1000; i++) {
            String json = scene.fill(referrer(Sha.digest(before), before.length(), "link"));
            scene.expect(201, Ask.manifest(Sha.digest(json), json));
            before = json;
        }
        String last = Sha.digest(before);
        scene.expect(200, Ask.get("/v2/{n}/manifests/" + last));
        scene.expect(200, Ask.delete("/api/v2.0/projects/{own}/repositories/app/artifacts/" + first));
        for (String gone : List.of(first, last)) {
            scene.expect(404, Ask.get("/v2/{n}/manifests/" + gone));
        }
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
