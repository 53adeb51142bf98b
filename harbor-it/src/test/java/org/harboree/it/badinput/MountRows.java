// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.badinput;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.harboree.it.ProjectRole;

/** Mounts, and who may read (B087 to B098). */
final class MountRows {
    private MountRows() {}

    static Table table() {
        Table t = new Table("Mount and read rights");
        mounts(t);
        doors(t);
        roles(t);
        return t;
    }

    private static Ask mount(String query) {
        return Ask.post("/v2/{own}/mounted/blobs/uploads/?" + query);
    }

    private static void mounts(Table t) {
        t.row("B087", "from where the caller may not read", mount("mount={P}&from={p}"), "202");
        t.row("B087", "of what does not exist", mount("mount={X}&from={p}"), "202");
        t.row("B088", "by the caller's own rights, whatever the token's scope",
                mount("mount={S}&from={sister}").bearer("repository:{own}/mounted:pull,push"), "201");
        t.row("B088", "a token does not give more than is held",
                mount("mount={P}&from={p}")
                .bearer("repository:{own}/mounted:pull,push&scope=repository:{p}:pull"), "202");
        t.row("B089", "from anywhere, where the caller may read it", mount("mount={S}"), "201");
        t.row("B089", "from anywhere, where only others may read it", mount("mount={P}"), "202");
        t.row("B090", "from itself", Ask.post("/v2/{n}/blobs/uploads/?mount={D}&from={n}"), "201");
        t.row("B090", "from an unknown repository", mount("mount={D}&from={own}/unknown"), "202");
        t.each("B090", "from what is no name", List.of("../x", "a", "A/b", "{own}%252fapp", "{n}&from={sister}"),
                from -> mount("mount={D}&from=" + from), "400 NAME_INVALID");
        t.each("B091", "what is no digest", List.of("sha256:asd", "", "md5:" + "0".repeat(32), "{D}&mount={C}"),
                digest -> mount("from={n}&mount=" + digest), "400 DIGEST_INVALID");
        t.row("B092", "what was deleted there")
                .ask(Ask.post("/v2/{own}/from/blobs/uploads/?digest=" + Sha.digest("deleted")).body("deleted"), "201")
                .ask(Ask.delete("/v2/{own}/from/blobs/" + Sha.digest("deleted")), "202")
                .ask(mount("from={own}/from&mount=" + Sha.digest("deleted")), "202");
        t.row("B093", "a manifest", mount("mount={M}&from={n}"), "202");
    }

    /** Every way to read or change, for all who may not. */
    private static void doors(Table t) {
        List<String> doors = List.of("GET /v2/{p}/manifests/v1", "HEAD /v2/{p}/manifests/v1",
                "GET /v2/{p}/manifests/{PM}",
                "HEAD /v2/{p}/manifests/{PM}", "GET /v2/{p}/manifests/none", "GET /v2/{p}/blobs/{P}",
                "HEAD /v2/{p}/blobs/{P}", "GET /v2/{p}/blobs/{X}", "GET /v2/{p}/tags/list",
                "GET /v2/{p}/referrers/{PM}",
                "PUT /v2/{p}/manifests/v1", "DELETE /v2/{p}/manifests/v1", "DELETE /v2/{p}/blobs/{P}",
                "POST /v2/{p}/blobs/uploads/", "GET /v2/{p}/blobs/uploads/1", "PATCH /v2/{p}/blobs/uploads/1",
                "PUT /v2/{p}/blobs/uploads/1?digest={X}", "DELETE /v2/{p}/blobs/uploads/1");
        for (String door : doors) {
            Row anonymous = t.row("B095", "nobody: " + door, Ask.of(door).anonymous(), "401 UNAUTHORIZED");
            anonymous.and(answer -> assertThat(answer.header("WWW-Authenticate").orElse(""))
                    .startsWith("Bearer realm=\""));
            t.row("B095", "a stranger: " + door, Ask.of(door).with("Authorization: {strange}"), "401 UNAUTHORIZED");
            t.row("B095", "a token for the sister: " + door,
                    Ask.of(door).bearer("repository:{sister}:pull,push,delete"), "401 UNAUTHORIZED");
            t.row("B095", "a token for it, without rights: " + door,
                    Ask.of(door).bearer("repository:{p}:pull,push,delete"), "401 UNAUTHORIZED");
            t.row("B095", "an empty token: " + door, Ask.of(door).bearer("repository:x:pull"), "401 UNAUTHORIZED");
        }
        for (String door : List.of("PUT /v2/{n}/manifests/v1", "DELETE /v2/{n}/manifests/v1",
                "DELETE /v2/{n}/blobs/{D}",
                "POST /v2/{n}/blobs/uploads/", "PATCH {U}", "PUT {U}?digest={X}")) {
            t.row("B097", "a token to pull: " + door, Ask.of(door).bearer("repository:{n}:pull"), "401 UNAUTHORIZED")
                    .and(answer -> assertThat(answer.header("WWW-Authenticate").orElse(""))
                            .contains("error=\"insufficient_scope\""));
        }
        t.row("B095", "the sister's token reads the sister").ask(Ask.get("/v2/{sister}/blobs/{S}")
                .bearer("repository:{sister}:pull"), "200");
    }

    private static void roles(Table t) {
        for (ProjectRole role : ProjectRole.values()) {
            t.row("B096", "role " + role).story(scene -> {
                String user = scene.product().api().newUser("bad-role", "Bad-Input-1");
                scene.product().api().addMember(scene.get("own"), user, role);
                String basic = "Authorization: " + Scene.basic(user, "Bad-Input-1");
                boolean pushes = role != ProjectRole.GUEST && role != ProjectRole.LIMITED_GUEST;
                boolean deletes = pushes && role != ProjectRole.DEVELOPER;
                check(scene, Ask.get("/v2/{n}/manifests/v1").with(basic), "200");
                check(scene, Ask.get("/v2/{n}/blobs/{D}").with(basic), "200");
                check(scene, Ask.post("/v2/{n}/blobs/uploads/").with(basic), pushes ? "202" : "401 UNAUTHORIZED");
                check(scene, Ask.delete("/v2/{n}/manifests/none").with(basic),
                        deletes ? "404 MANIFEST_UNKNOWN" : "401 UNAUTHORIZED");
            });
        }
        t.row("B098", "a public project becomes private").story(scene -> {
            String project = scene.product().api().newProject("bad-turns", java.util.Map.of("public", "true"));
            scene.remember("turns", project + "/app");
            scene.expect(201, Ask.post("/v2/{turns}/blobs/uploads/?digest=" + Sha.digest("x"))
                    .with("Authorization: {admin}").body("x"));
            String anonymous = "Authorization: Bearer " + scene.tokenOf("Authorization: none",
                    "repository:{turns}:pull");
            check(scene, Ask.get("/v2/{turns}/blobs/" + Sha.digest("x")).with(anonymous), "200");
            int put = scene.product().api().send("PUT", "/projects/" + project, "{\"metadata\":{\"public\":\"false\"}}")
                    .statusCode();
            assertThat(put).isEqualTo(200);
            // what a token says about reading holds as long as the token does; no new one is given
            String later = scene.tokenOf("Authorization: none", "repository:{turns}:pull");
            check(scene, Ask.get("/v2/{turns}/blobs/" + Sha.digest("x")).with("Authorization: Bearer " + later),
                    "401 UNAUTHORIZED");
        });
    }

    private static void check(Scene scene, Ask ask, String... outcomes) throws Exception {
        Rules.check(ask, scene.exchange(ask), List.of(outcomes));
    }
}
