// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.badinput;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.harboree.it.Product;

/** The token service (B164 to B177). */
final class TokenServiceRows {
    private static final ObjectMapper JSON = new ObjectMapper();

    private TokenServiceRows() {}

    static Table table() {
        Table t = new Table("/service/token");
        services(t);
        scopes(t);
        logins(t);
        return t;
    }

    private static Ask ask(String scopes) {
        return Ask.get("/service/token?service=harbor-registry" + scopes);
    }

    private static void services(Table t) {
        t.each("B164", "another service", List.of("", "?service=", "?service=evil", "?service=HARBOR-REGISTRY"),
                query -> Ask.get("/service/token" + query), "400 BAD_REQUEST");
        t.row("B173", "more parameters", ask("&offline_token=true&client_id=%3Cscript%3E&account=x"), "200")
                .and(answer -> assertThat(answer.text()).doesNotContain("script").doesNotContain("refresh"));
        t.each("B174", "OAuth", List.of("grant_type=password&username=x&password=y", "grant_type=refresh_token",
                "grant_type=x"), form -> Ask.post("/service/token")
                .with("Content-Type: application/x-www-form-urlencoded")
                .body(form), "405 METHOD_NOT_ALLOWED");
        t.row("B177", "headers and times", ask("&scope=repository:{n}:pull"), "200").header("Cache-Control", "no-store")
                .and(answer -> {
                    JsonNode claims = claims(answer);
                    long lives = claims.get("exp").asLong() - claims.get("iat").asLong();
                    assertThat(answer.json().get("expires_in").asLong()).isEqualTo(lives);
                    assertThat(Instant.parse(answer.json().get("issued_at").asText()).getEpochSecond())
                            .isEqualTo(claims.get("iat").asLong());
                    assertThat(claims.get("aud").asText()).isEqualTo("harbor-registry");
                });
    }

    private static JsonNode claims(Answer answer) {
        try {
            return JSON.readTree(Base64.getUrlDecoder().decode(answer.json().get("token").asText().split("\\.")[1]));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All actions that the token allows, whatever on. */
    private static List<String> actions(Answer answer) {
        List<String> actions = new ArrayList<>();
        for (JsonNode entry : claims(answer).get("access")) {
            entry.get("actions").forEach(action -> actions.add(action.asText()));
        }
        return actions;
    }

    private static void grants(Table t, String id, String scope, String... actions) {
        t.row(id, "scope " + scope, ask("&scope=" + scope), "200")
                .and(answer -> assertThat(actions(answer)).containsExactlyInAnyOrder(actions));
    }

    private static void scopes(Table t) {
        for (String scope : List.of("repository", "repository:", "repository:a", "repository:{n}", "repository:{n}:",
                ":::",
                "repository:host:5000/{n}:pull", "x:y:z", "", ":", "repository::pull")) {
            grants(t, "B165", scope);
        }
        grants(t, "B165", "repository:{n}:pull,pull,", "pull");
        grants(t, "B166", "repository:{p}:pull,push,delete,*");
        grants(t, "B166", "repository:nowhere-at-all/secret:pull,push,delete,*");
        t.row("B166", "another's is like what is not").story(scene -> {
            String form = "&scope=repository:%s:pull,push";
            String missing = "m".repeat(scene.get("p").length() - 7) + "/secret";
            Answer there = scene.expect(200, ask(form.formatted(scene.get("p"))));
            Answer absent = scene.expect(200, ask(form.formatted(missing)));
            assertThat(there.body().length).isCloseTo(absent.body().length, org.assertj.core.data.Offset.offset(4));
            assertThat(claims(there).get("access").toString().replace(scene.get("p"), missing))
                    .isEqualTo(claims(absent).get("access").toString());
        });
        grants(t, "B167", "repository:{n}:pull", "pull");
        t.row("B168", "everything", ask("&scope=repository:{n}:*"), "200")
                .and(answer -> assertThat(actions(answer)).contains("pull", "push", "delete"));
        for (String action : List.of("admin", "PUSH", "pull%20push", "x")) {
            t.row("B168", "action " + action, ask("&scope=repository:{n}:" + action), "200")
                    .and(answer -> assertThat(actions(answer)).isSubsetOf("pull"));
        }
        t.row("B169", "fifty scopes", ask("&scope=repository:{n}:pull".repeat(50)), "200")
                .and(answer -> assertThat(actions(answer)).containsExactly("pull"));
        t.row("B169", "fifty-one scopes", ask("&scope=repository:{n}:pull".repeat(51)), "400 BAD_REQUEST");
        t.row("B169", "400 scopes", ask("&scope=repository:{n}:pull".repeat(400)), "414 UNSUPPORTED");
        t.row("B169", "several in one", ask("&scope=repository:{n}:pull%20repository:{n}:push+repository:{p}:pull"),
                "200")
                .and(answer -> assertThat(actions(answer)).containsExactlyInAnyOrder("pull", "push"));
        grants(t, "B170", "registry:catalog:*");
        for (String name : List.of("{own}/../{p}", "{own}%2Fapp%2F..", "{own}/A", "{own}/%C3%A9", "{own}/", "/{n}",
                "{own}//app")) {
            grants(t, "B171", "repository:" + name + ":pull");
        }
        grants(t, "B172", "repository:1/app:pull");
        t.row("B166", "nobody asks for what is private", ask("&scope=repository:{p}:pull").anonymous(), "200",
                "401 UNAUTHORIZED");
        t.row("B166", "nobody asks for nothing", ask("").anonymous(), "401 UNAUTHORIZED");
    }

    private static void logins(Table t) {
        t.row("B175", "guesses are slowed down").story(scene -> {
            String user = scene.product().api().newUser("bad-guess", "Bad-Input-1");
            String wrong = "Authorization: " + Scene.basic(user, "Wrong-One-1");
            for (int i = 0; i < 5; i++) {
                Ask guess = ask("").with(wrong);
                Rules.check(guess, scene.exchange(guess), List.of("401 UNAUTHORIZED"));
            }
            Ask more = ask("").with(wrong);
            Answer slowed = scene.exchange(more).orElseThrow();
            assertThat(slowed.status()).isEqualTo(429);
            assertThat(slowed.header("Retry-After")).isPresent();
            Ask api = Ask.get("/api/v2.0/users/current").with(wrong);
            Rules.check(api, scene.exchange(api), List.of("429 TOO_MANY_REQUEST"));
            scene.expect(200, ask(""));
        });
        t.row("B176", "unknown or wrong").story(scene -> {
            Answer known = scene.exchange(ask("").with("Authorization: "
                    + Scene.basic(scene.get("stranger"), "Wrong-One-1"))).orElseThrow();
            Answer unknown = scene.exchange(ask("").with("Authorization: "
                    + Scene.basic(Product.uniqueName("bad-nobody"), "Wrong-One-1"))).orElseThrow();
            assertThat(known.status()).isEqualTo(401);
            assertThat(unknown.status()).isEqualTo(401);
            assertThat(known.text()).isEqualTo(unknown.text());
        });
    }
}
