// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.badinput;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** The copy of an artifact by the API (B206), and names of where from and where to. */
final class CopyRows {
    private CopyRows() {}

    static Table table() {
        Table t = new Table("Copy");
        t.row("B206", "from where the caller may not read", copy("copied", "{p}@{PM}"), "403 FORBIDDEN");
        t.row("B206", "from a project that is not there", copy("copied", "nowhere-at-all/app:v1"), "403 FORBIDDEN");
        t.row("B206", "to where the caller may not write",
                Ask.post("/api/v2.0/projects/{private}/repositories/x/artifacts?from={n}:v1"), "403 FORBIDDEN");
        t.row("B206", "anonymous", copy("copied", "{n}:v1").anonymous(), "401 UNAUTHORIZED");
        t.each("B206", "what is not there", List.of("{n}:none", "{n}@{X}", "{own}/none:v1", "{n}@{D}"),
                from -> copy("copied", from), "404 NOT_FOUND");
        t.each("B206", "a name that is none", List.of("{n}", "{own}:v1", "{n}:", "{n}@", "{n}@v1", "{n}@sha256:x",
                "{n}:-v1", "{n}@md5:" + "0".repeat(32), "{own}/../app:v1", "http://{host}/v2/{n}:v1", "{host}/{n}:v1",
                "{own}/APP:v1", "{own}/%252e%252e/app:v1", "{n}:v1%00", "%ff"),
                from -> copy("copied", from), "400 BAD_REQUEST", "400 bare");
        t.row("B206", "from nothing", Ask.post("/api/v2.0/projects/{own}/repositories/x/artifacts"),
                "422 UNPROCESSABLE_ENTITY");
        t.each("B206", "to a name that is none", List.of("UPPER", "..", "%252e%252e", "a%2520b", "x".repeat(256)),
                name -> copy(name, "{n}:v1"), "400 BAD_REQUEST", "404 NOT_FOUND");
        t.row("B206", "onto itself").ask(copy("app", "{n}:v1"), "201")
                .ask(Ask.get("/v2/{n}/manifests/v1"), "200")
                .and(answer -> assertThat(answer.header("Docker-Content-Digest").orElse("")).startsWith("sha256:"));
        t.row("B206", "a refused copy leaves no repository")
                .ask(Ask.get("/api/v2.0/projects/{own}/repositories/copied"), "404 NOT_FOUND");
        return t;
    }

    private static Ask copy(String repository, String from) {
        return Ask.post("/api/v2.0/projects/{own}/repositories/" + repository + "/artifacts?from=" + from);
    }
}
