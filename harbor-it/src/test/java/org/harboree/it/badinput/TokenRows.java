// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.badinput;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.harboree.it.Product;
import org.harboree.it.ProjectRole;

/**
 * Credentials and tokens (B150 to B163). Claims that are signed and wrong (B155 to B157) need the private key and are
 * therefore a matter of unit tests.
 */
final class TokenRows {
    private TokenRows() {}

    static Table table() {
        Table t = new Table("Authorization header and tokens");
        headers(t);
        forged(t);
        rights(t);
        return t;
    }

    private static void headers(Table t) {
        t.each("B150", "no credentials", List.of("", "Bearer", "Bearer  ", "Bearer a.b", "bearer x.y.z", "Bearer ...",
                "Negotiate x", "Basic", "Digest a=b", "Bearer " + "a".repeat(9000), "Bearer a.b.c.d.e"),
                value -> Ask.get("/v2/").with("Authorization: " + value), "401 UNAUTHORIZED");
        t.row("B150", "one challenge", Ask.get("/v2/").with("Authorization: Bearer x"), "401 UNAUTHORIZED")
                .and(answer -> assertThat(answer.all("WWW-Authenticate")).hasSize(1));
        t.row("B150", "two headers", Ask.get("/v2/").with("Authorization: Bearer x").with("Authorization: {basic}"),
                "401 UNAUTHORIZED", "400 UNSUPPORTED");
        t.row("B150", "a token of 64 KiB", Ask.get("/v2/").with("Authorization: Bearer " + "a".repeat(64 << 10)),
                "400 bare", "431 bare", "closed");
        t.each("B151", "no name and password", List.of("!!!", base64("no-colon"), base64(":"), base64(":x"),
                base64("bad-x1:"), base64("a\u0000b:c"), base64("$oauthtoken:x"), base64("bad-x2:"
                + "p".repeat(20_000)),
                Base64.getEncoder().encodeToString(new byte[] {(byte) 0xff, ':', (byte) 0xfe})),
                value -> Ask.get("/v2/").with("Authorization: Basic " + value), "401 UNAUTHORIZED");
        t.each("B163", "a session's cookie", List.of("JSESSIONID=x", "sid=x; _gorilla_csrf=x", "harbor-lang=en-us"),
                cookie -> Ask.post("/v2/{n}/blobs/uploads/").anonymous().with("Cookie: " + cookie), "401 UNAUTHORIZED");
        t.row("B162", "a token in the query").story(scene -> {
            String token = scene.token(scene.fill("repository:{n}:pull"));
            Ask query = Ask.get("/v2/{n}/tags/list?token=x&access_token=" + token).anonymous();
            Rules.check(query, scene.exchange(query), List.of("401 UNAUTHORIZED"));
            Ask cookie = Ask.get("/v2/{n}/tags/list").anonymous().with("Cookie: token=" + token + "; sid=x");
            Rules.check(cookie, scene.exchange(cookie), List.of("401 UNAUTHORIZED"));
        });
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String url(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Makes a token of another header and signature from a good one. */
    interface Forger {
        String forge(String header, String payload, String signature) throws Exception;
    }

    private static void forge(Table t, String id, String title, Forger forger) {
        t.row(id, title).story(scene -> {
            String[] parts = scene.token(scene.fill("repository:{n}:pull,push")).split("\\.");
            String header = new String(Base64.getUrlDecoder().decode(parts[0]), StandardCharsets.UTF_8);
            Ask ask = Ask.get("/v2/{n}/tags/list")
                    .with("Authorization: Bearer " + forger.forge(header, parts[1], parts[2]));
            Rules.check(ask, scene.exchange(ask), List.of("401 UNAUTHORIZED"));
        });
    }

    private static void forged(Table t) {
        for (String alg : List.of("none", "None", "NONE", "HS256", "RS256", "RS512", "PS256", "ES384", "", "EdDSA")) {
            forge(t, "B152", "algorithm " + alg, (header, payload, signature) ->
                    url(header.replace("\"ES256\"", "\"" + alg + "\"").getBytes()) + "." + payload + "." + signature);
            forge(t, "B152", "algorithm " + alg + " without a signature", (header, payload, signature) ->
                    url(header.replace("\"ES256\"", "\"" + alg + "\"").getBytes()) + "." + payload + ".");
        }
        t.row("B152", "signed with the public key as a secret").story(scene -> {
            String[] parts = scene.token(scene.fill("repository:{n}:pull,push")).split("\\.");
            byte[] pem = scene.expect(200, Ask.get("/service/token/certificates")).body();
            String header = url(new String(Base64.getUrlDecoder().decode(parts[0])).replace("ES256", "HS256")
                    .getBytes());
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(pem, "HmacSHA256"));
            String token = header + "." + parts[1] + "." + url(mac.doFinal((header + "." + parts[1]).getBytes()));
            Ask ask = Ask.get("/v2/{n}/tags/list").with("Authorization: Bearer " + token);
            Rules.check(ask, scene.exchange(ask), List.of("401 UNAUTHORIZED"));
        });
        forge(t, "B152", "a signature of zeros", (header, payload, signature) ->
                url(header.getBytes()) + "." + payload + "." + url(new byte[64]));
        forge(t, "B152", "another key", (header, payload, signature) -> signed(header, payload));
        for (String kid : List.of("\"unknown\"", "\"../../etc/passwd\"", "\"' OR 1=1\"", "[\"a\"]", "7", "null",
                "\"" + "k".repeat(5000) + "\"")) {
            forge(t, "B153", "key id " + kid.substring(0, Math.min(20, kid.length())), (header, payload, signature) ->
                    signed(header.replaceAll("\"kid\":\"[^\"]*\"", "\"kid\":" + kid), payload));
        }
        forge(t, "B153", "no key id", (header, payload, signature) ->
                signed(header.replaceAll(",\"kid\":\"[^\"]*\"", ""), payload));
        forge(t, "B161", "another installation of the same name", (header, payload, signature) -> signed(
                header.replaceAll("\"kid\":\"[^\"]*\"", "\"kid\":\"" + "ABCD:".repeat(11) + "ABCD\""), payload));
        for (String more : List.of("\"jku\":\"http://127.0.0.1:9/\"", "\"x5u\":\"http://127.0.0.1:9/\"",
                "\"x5c\":[\"x\"]",
                "\"jwk\":{\"kty\":\"oct\",\"k\":\"AAAA\"}", "\"crit\":[\"x\"]", "\"zip\":\"DEF\"", "\"cty\":\"JWT\"")) {
            forge(t, "B154", "header " + more, (header, payload, signature) ->
                    signed(header.replaceAll("}$", "," + more + "}"), payload));
        }
        forge(t, "B154", "an id token", (header, payload, signature) ->
                signed(header.replace("\"JWT\"", "\"at+jwt\""), payload));
        forge(t, "B157", "more rights than signed", (header, payload, signature) -> url(header.getBytes()) + "."
                + url(new String(Base64.getUrlDecoder().decode(payload)).replace("\"pull\"", "\"*\"").getBytes())
                + "." + signature);
    }

    private static String signed(String header, String payload) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        PrivateKey key = generator.generateKeyPair().getPrivate();
        Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
        signature.initSign(key);
        String text = url(header.getBytes(StandardCharsets.UTF_8)) + "." + payload;
        signature.update(text.getBytes(StandardCharsets.UTF_8));
        return text + "." + url(signature.sign());
    }

    private static void rights(Table t) {
        t.row("B158", "a user who is deleted").story(scene -> {
            String user = Product.uniqueName("bad-gone");
            String account = created(scene, "/users", "{\"username\":\"" + user + "\",\"password\":\"Bad-Input-1\","
                    + "\"realname\":\"x\",\"email\":\"" + user + "@example.com\"}");
            scene.product().api().addMember(scene.get("own"), user, ProjectRole.MAINTAINER);
            String basic = "Authorization: " + Scene.basic(user, "Bad-Input-1");
            String token = "Authorization: Bearer " + scene.tokenOf(basic, "repository:{n}:pull,push");
            scene.expect(200, Ask.get("/v2/{n}/manifests/v1").with(token));
            assertThat(scene.product().api().send("DELETE", account, "").statusCode()).isEqualTo(200);
            for (Ask ask : List.of(Ask.get("/v2/{n}/manifests/v1").with(token),
                    Ask.post("/v2/{n}/blobs/uploads/").with(token), Ask.get("/v2/{n}/tags/list").with(basic))) {
                Rules.check(ask, scene.exchange(ask), List.of("401 UNAUTHORIZED"));
            }
        });
        t.row("B158", "a member who is removed").story(scene -> {
            String user = scene.product().api().newUser("bad-left", "Bad-Input-1");
            String member = created(scene, "/projects/" + scene.get("own") + "/members",
                    "{\"role_id\":4,\"member_user\":{\"username\":\"" + user + "\"}}");
            String token = "Authorization: Bearer "
                    + scene.tokenOf("Authorization: " + Scene.basic(user, "Bad-Input-1"),
                    "repository:{n}:pull,push,delete");
            String upload = scene.expect(202, Ask.post("/v2/{n}/blobs/uploads/").with(token)).header("Location").get();
            assertThat(scene.product().api().send("DELETE", member, "").statusCode()).isEqualTo(200);
            for (Ask ask : List.of(Ask.post("/v2/{n}/blobs/uploads/").with(token), Ask.patch(upload).with(token),
                    Ask.delete("/v2/{n}/manifests/v1").with(token))) {
                Rules.check(ask, scene.exchange(ask), List.of("401 UNAUTHORIZED"));
            }
        });
        t.row("B160", "a user who is made again with the same name").story(scene -> {
            String user = Product.uniqueName("bad-twice");
            String person = "{\"username\":\"" + user + "\",\"password\":\"Bad-Input-1\",\"realname\":\"x\","
                    + "\"email\":\"" + user + "@example.com\"}";
            String account = created(scene, "/users", person);
            scene.product().api().addMember(scene.get("own"), user, ProjectRole.MAINTAINER);
            String basic = "Authorization: " + Scene.basic(user, "Bad-Input-1");
            String token = "Authorization: Bearer " + scene.tokenOf(basic, "repository:{n}:pull,push");
            assertThat(scene.product().api().send("DELETE", account, "").statusCode()).isEqualTo(200);
            created(scene, "/users", person);
            scene.product().api().addMember(scene.get("own"), user, ProjectRole.MAINTAINER);
            scene.expect(200, Ask.get("/v2/{n}/manifests/v1").with(basic));
            for (Ask ask : List.of(Ask.get("/v2/{n}/manifests/v1").with(token), Ask.get("/v2/").with(token),
                    Ask.post("/v2/{n}/blobs/uploads/").with(token))) {
                Rules.check(ask, scene.exchange(ask), List.of("401 UNAUTHORIZED"));
            }
        });
        t.row("B064", "a member who is removed during an upload").story(scene -> {
            String user = scene.product().api().newUser("bad-during", "Bad-Input-1");
            String basic = "Authorization: " + Scene.basic(user, "Bad-Input-1");
            String member = created(scene, "/projects/" + scene.get("own") + "/members",
                    "{\"role_id\":4,\"member_user\":{\"username\":\"" + user + "\"}}");
            String upload = scene.expect(202, Ask.post("/v2/{n}/blobs/uploads/").with(basic)).header("Location").get();
            scene.expect(202, Ask.patch(upload).with(basic).body("first"));
            assertThat(scene.product().api().send("DELETE", member, "").statusCode()).isEqualTo(200);
            for (Ask ask : List.of(Ask.patch(upload).body("more"), Ask.get(upload), Ask.delete(upload),
                    Ask.put(upload + "?digest=" + Sha.digest("first")))) {
                Rules.check(ask.with(basic), scene.exchange(ask.with(basic)), List.of("401 UNAUTHORIZED"));
            }
            Ask anybody = Ask.get(upload);
            Rules.check(anybody, scene.exchange(anybody), List.of("404 BLOB_UPLOAD_UNKNOWN"));
        });
        t.row("B064", "a user who is deleted during an upload").story(scene -> {
            String user = Product.uniqueName("bad-during");
            String account = created(scene, "/users", "{\"username\":\"" + user + "\",\"password\":\"Bad-Input-1\","
                    + "\"realname\":\"x\",\"email\":\"" + user + "@example.com\"}");
            scene.product().api().addMember(scene.get("own"), user, ProjectRole.MAINTAINER);
            String token = "Authorization: Bearer " + scene.tokenOf("Authorization: "
                    + Scene.basic(user, "Bad-Input-1"), "repository:{n}:pull,push");
            String upload = scene.expect(202, Ask.post("/v2/{n}/blobs/uploads/").with(token)).header("Location").get();
            scene.expect(202, Ask.patch(upload).with(token).body("first"));
            assertThat(scene.product().api().send("DELETE", account, "").statusCode()).isEqualTo(200);
            for (Ask ask : List.of(Ask.patch(upload).body("more"), Ask.get(upload),
                    Ask.put(upload + "?digest=" + Sha.digest("first")))) {
                Rules.check(ask.with(token), scene.exchange(ask.with(token)), List.of("401 UNAUTHORIZED"));
            }
        });
        t.row("B159", "a project that is made again").story(scene -> {
            String project = scene.product().api().newProject("bad-again");
            scene.remember("again", project + "/app");
            String scope = "repository:{again}:pull,push";
            String token = "Authorization: Bearer " + scene.tokenOf("Authorization: {admin}", scope);
            scene.product().api().send("DELETE", "/projects/" + project, "");
            scene.product().api().post("/projects", Map.of("project_name", project));
            scene.expect(201, Ask.post("/v2/{again}/blobs/uploads/?digest=" + Sha.digest("x"))
                    .with("Authorization: {admin}").body("x"));
            for (Ask ask : List.of(Ask.get("/v2/{again}/blobs/" + Sha.digest("x")).with(token),
                    Ask.head("/v2/{again}/blobs/" + Sha.digest("x")).with(token),
                    Ask.post("/v2/{again}/blobs/uploads/").with(token),
                    Ask.get("/v2/{again}/referrers/{X}").with(token))) {
                Rules.check(ask, scene.exchange(ask), List.of("401 UNAUTHORIZED"));
            }
        });
    }

    /** Makes something over the REST API; its path below {@code /api/v2.0}. */
    private static String created(Scene scene, String path, String json) {
        var answer = scene.product().api().send("POST", path, json);
        assertThat(answer.statusCode()).isEqualTo(201);
        return answer.headers().firstValue("Location").orElseThrow().replaceFirst("^.*/api/v2\\.0", "");
    }
}
