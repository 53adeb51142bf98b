// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.RSAPublicKeySpec;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.harboree.it.HarborApi;
import org.harboree.it.ProjectRole;
import org.harboree.it.launcher.Byteman;
import org.harboree.it.launcher.LauncherRun;
import org.harboree.it.launcher.SlowPatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** A registry that has changed from ES256 to RS256, and whose tokens live for a minute. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisabledIfSystemProperty(named = "harbor.it.url", matches = ".+", disabledReason = "that server has settings already")
class TokenSettingsIT {
    private static final String PASSWORD = "Token-Test-1";
    private static final Duration END_OF_LIFE = Duration.ofMinutes(2);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final String LATE = "late";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** As if it were 110 seconds since: a minute of life and one of leeway for clocks have 10 seconds left. */
    private static final String OLD_WHEN_GIVEN_OUT = """
            RULE tokens of one user are old when they are given out
            CLASS org.harboree.access.TokenIssuer
            METHOD issue
            AFTER WRITE $now
            IF $caller.name().startsWith("%s")
            DO $now = $now.minusSeconds(110)
            ENDRULE
            """.formatted(LATE);

    @TempDir
    static Path folder;

    private LauncherRun run;
    private Docker admin;
    private Docker late;
    private String repository;
    private byte[] image;
    private String tokenOfBefore;

    @BeforeAll
    void changeTheSettings() throws Exception {
        String user;
        try (LauncherRun before = start(Map.of())) {
            HarborApi api = new HarborApi(before.url(""), "admin", PASSWORD);
            String project = api.newProject("settings");
            user = api.newUser(LATE, PASSWORD);
            api.addMember(project, user, ProjectRole.MAINTAINER);
            repository = project + "/image";
            Docker client = new Docker(before.url(""), "admin", PASSWORD);
            image = client.pushImage(repository, "latest", "before");
            tokenOfBefore = client.token(repository, "pull");
        }
        Path rules = Files.writeString(folder.resolve("rules.btm"), OLD_WHEN_GIVEN_OUT);
        run = start(Map.of("HARBOR_TOKEN_ALGORITHM", "RS256", "HARBOR_TOKEN_EXPIRATION", "1",
                "HARBOR_JAVA_OPTS", Byteman.options(rules)));
        admin = new Docker(run.url(""), "admin", PASSWORD);
        late = new Docker(run.url(""), user, PASSWORD);
    }

    @AfterAll
    void stop() {
        if (run != null) {
            run.close();
        }
    }

    private static LauncherRun start(Map<String, String> settings) throws Exception {
        Map<String, String> all = new HashMap<>(settings);
        all.put("HARBOR_ADMIN_PASSWORD", PASSWORD);
        LauncherRun run = LauncherRun.start(folder.resolve("data"), all);
        assertThat(run.awaitLine()).contains("is ready");
        return run;
    }

    @Test
    void shouldStillTakeTheTokensOfTheAlgorithmBefore() throws IOException {
        assertThat(headerOf(tokenOfBefore).get("alg").asText()).isEqualTo("ES256");
        assertThat(get(manifest("latest"), tokenOfBefore).body()).isEqualTo(image);
    }

    @Test
    void shouldSignWithTheRsaKeyThatItPublishesFirst() throws Exception {
        String token = admin.token(repository, "pull");
        JsonNode key = JSON.readTree(get("/service/token/jwks", admin.basic()).body()).get("keys").get(0);
        assertThat(key.get("kty").asText()).isEqualTo("RSA");
        assertThat(key.get("alg").asText()).isEqualTo("RS256");
        assertThat(key.get("use").asText()).isEqualTo("sig");
        assertThat(headerOf(token).get("alg").asText()).isEqualTo("RS256");
        assertThat(headerOf(token).get("kid")).isEqualTo(key.get("kid"));
        assertThat(isSignedBy(key, token.substring("Bearer ".length()))).isTrue();
    }

    @Test
    void shouldServeALoginAPushAndAPullAsDockerDoesThem() throws IOException {
        String login = follow(challenge("/v2/", "GET"), "");
        assertThat(headerOf(login).get("alg").asText()).isEqualTo("RS256");
        assertThat(get("/v2/", login).statusCode()).isEqualTo(200);

        byte[] layer = "a layer".getBytes(StandardCharsets.UTF_8);
        String digest = Docker.digest(layer);
        String uploads = "/v2/" + repository + "/blobs/uploads/?digest=" + digest;
        String push = follow(challenge(uploads, "POST"), "&scope=repository:" + repository + ":pull,push");
        assertThat(admin.send("POST", uploads, push, layer).statusCode()).isEqualTo(201);
        assertThat(admin.send("PUT", manifest("again"), push, image).statusCode()).isEqualTo(201);

        String pull = follow(challenge(manifest("again"), "GET"), "&scope=repository:" + repository + ":pull");
        assertThat(get(manifest("again"), pull).body()).isEqualTo(image);
        assertThat(get("/v2/" + repository + "/blobs/" + digest, pull).body()).isEqualTo(layer);
    }

    @Test
    void shouldGoOnWithAPushWhenItsTokenHasExpiredAndAnotherOneComes() throws Exception {
        byte[] layer = "first, second".getBytes(StandardCharsets.UTF_8);
        String token = late.token(repository, "pull,push");
        String upload = begin(token);
        assertThat(patch(upload, token, Arrays.copyOf(layer, 5)).statusCode()).isEqualTo(202);
        awaitExpiry(token);

        HttpResponse<byte[]> refused = patch(upload, token, "other".getBytes(StandardCharsets.UTF_8));
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.headers().firstValue("WWW-Authenticate").orElseThrow())
                .contains("scope=\"repository:" + repository + ":pull,push\"");
        String next = late.token(repository, "pull,push");
        assertThat(get(upload, next).headers().firstValue("Range")).contains("0-4");
        assertThat(patch(upload, next, Arrays.copyOfRange(layer, 5, layer.length)).statusCode()).isEqualTo(202);
        finish(upload, next, layer);
    }

    @Test
    void shouldTakeAChunkToItsEndThoughItsTokenExpiresMeanwhile() throws Exception {
        byte[] layer = "as long as it takes".getBytes(StandardCharsets.UTF_8);
        String token = late.token(repository, "pull,push");
        String upload = begin(token);
        SlowPatch patch = SlowPatch.begin(run.url(upload), token);
        patch.write(Arrays.copyOf(layer, 7));
        awaitExpiry(token);
        patch.write(Arrays.copyOfRange(layer, 7, layer.length));
        assertThat(patch.end()).isEqualTo(202);
        finish(upload, late.token(repository, "pull,push"), layer);
    }

    private String begin(String token) {
        HttpResponse<byte[]> answer =
                late.send("POST", "/v2/" + repository + "/blobs/uploads/", token, new byte[0]);
        assertThat(answer.statusCode()).isEqualTo(202);
        return answer.headers().firstValue("Location").orElseThrow();
    }

    private HttpResponse<byte[]> patch(String upload, String token, byte[] chunk) {
        return late.send("PATCH", upload, token, chunk);
    }

    private void finish(String upload, String token, byte[] layer) {
        String digest = Docker.digest(layer);
        assertThat(late.send("PUT", upload + "?digest=" + digest, token, new byte[0]).statusCode()).isEqualTo(201);
        assertThat(get("/v2/" + repository + "/blobs/" + digest, token).body()).isEqualTo(layer);
    }

    /** Until it opens nothing more. */
    private void awaitExpiry(String token) throws InterruptedException {
        assertThat(get("/v2/", token).statusCode()).as("the token while it lives").isEqualTo(200);
        long deadline = System.nanoTime() + END_OF_LIFE.toNanos();
        while (get("/v2/", token).statusCode() == 200) {
            assertThat(System.nanoTime()).as("the token ought to have expired").isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(POLL.toMillis());
        }
        assertThat(get("/v2/", token).statusCode()).isEqualTo(401);
    }

    private HttpResponse<byte[]> get(String path, String authorization) {
        return admin.send("GET", path, authorization, new byte[0]);
    }

    private String manifest(String tag) {
        return "/v2/" + repository + "/manifests/" + tag;
    }

    /** Where a request without credentials is sent to. */
    private String challenge(String path, String method) {
        HttpResponse<byte[]> answer = admin.send(method, path, "", new byte[0]);
        assertThat(answer.statusCode()).isEqualTo(401);
        return answer.headers().firstValue("WWW-Authenticate").orElseThrow();
    }

    /** The token that the challenge's realm gives for the challenge's scope, which must be the expected one. */
    private String follow(String challenge, String expectedScope) throws IOException {
        Matcher parts = Pattern.compile("Bearer realm=\"([^\"]+)\",service=\"([^\"]+)\"(?:,scope=\"([^\"]+)\")?")
                .matcher(challenge);
        assertThat(parts.matches()).as(challenge).isTrue();
        String scope = parts.group(3) == null ? "" : "&scope=" + parts.group(3);
        assertThat(scope).isEqualTo(expectedScope);
        URI realm = URI.create(parts.group(1));
        assertThat(realm.getPort()).isEqualTo(run.url("").getPort());
        byte[] answer = get(realm.getPath() + "?account=admin&service=" + parts.group(2) + scope, admin.basic()).body();
        return "Bearer " + JSON.readTree(answer).get("token").asText();
    }

    private static JsonNode headerOf(String bearer) throws IOException {
        String header = bearer.substring("Bearer ".length(), bearer.indexOf('.'));
        return JSON.readTree(Base64.getUrlDecoder().decode(header));
    }

    private static boolean isSignedBy(JsonNode key, String token) throws Exception {
        List<BigInteger> numbers = List.of(number(key, "n"), number(key, "e"));
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(KeyFactory.getInstance("RSA")
                .generatePublic(new RSAPublicKeySpec(numbers.get(0), numbers.get(1))));
        int end = token.lastIndexOf('.');
        signature.update(token.substring(0, end).getBytes(StandardCharsets.US_ASCII));
        return signature.verify(Base64.getUrlDecoder().decode(token.substring(end + 1)));
    }

    private static BigInteger number(JsonNode key, String member) {
        return new BigInteger(1, Base64.getUrlDecoder().decode(key.get(member).asText()));
    }
}
