// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.harboree.it.Product;
import org.harboree.it.client.DockerRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Replication between this registry and Debian's docker-registry, both ways (with the other real clients), and into
 * another project of this one, which is spoken to as any other registry would be.
 */
class ReplicationIT {
    private static final ApiClient ADMIN = ApiClient.admin();
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String ACCEPT = "application/vnd.oci.image.manifest.v1+json,"
            + "application/vnd.oci.image.index.v1+json";

    private static DockerRegistry other;
    private static long otherId;
    private static long selfId;

    private final String project = Product.running().api().newProject("repl", Map.of());
    private final Images images = new Images(ADMIN, project + "/app");

    @BeforeAll
    static void enterOurselves() {
        selfId = registry(Product.running().url(), ",\"credential\":{\"type\":\"basic\",\"access_key\":\"admin\","
                + "\"access_secret\":\"" + Product.running().adminPassword() + "\"}");
    }

    /** The other registry, which is started for the first who needs it. */
    private static synchronized DockerRegistry other() {
        if (other == null) {
            other = DockerRegistry.open();
            otherId = registry(other.url(), "");
        }
        return other;
    }

    @AfterAll
    static void stopTheOther() {
        if (other != null) {
            other.close();
        }
    }

    private static long registry(URI url, String more) {
        ApiClient.Answer answer = ADMIN.post("/registries", "{\"name\":\"" + Product.uniqueName("other")
                + "\",\"type\":\"docker-registry\",\"url\":\"" + url + "\"" + more + "}");
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.newId();
    }

    /** A policy on the repositories of a project; {@code more} begins with a comma. */
    private static long policy(String sides, String filter, String more) {
        ApiClient.Answer answer = ADMIN.post("/replication/policies", "{\"name\":\"" + Product.uniqueName("policy")
                + "\"," + sides + ",\"enabled\":true,\"filters\":[{\"type\":\"name\",\"value\":\"" + filter + "\"}]"
                + more + "}");
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.newId();
    }

    private static long run(long policy) {
        ApiClient.Answer answer = ADMIN.post("/replication/executions", "{\"policy_id\":" + policy + "}");
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.newId();
    }

    private static <T> T await(String what, Supplier<Optional<T>> question) {
        Instant end = Instant.now().plus(PATIENCE);
        Optional<T> answer = question.get();
        while (answer.isEmpty()) {
            assertThat(Instant.now()).as("waiting for " + what).isBefore(end);
            try {
                Thread.sleep(100);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
            answer = question.get();
        }
        return answer.get();
    }

    private static JsonNode ended(long execution) {
        return await("execution " + execution, () -> Optional.of(ADMIN.get("/replication/executions/" + execution)
                .json()).filter(found -> !found.path("status").asText().equals("InProgress")));
    }

    private static void succeed(long execution) {
        JsonNode ended = ended(execution);
        assertThat(ended.path("status").asText()).as(ended + logs(execution)).isEqualTo("Succeed");
    }

    private static String logs(long execution) {
        StringBuilder logs = new StringBuilder();
        ADMIN.get("/replication/executions/" + execution + "/tasks").json().forEach(task -> logs.append('\n')
                .append(log(execution, task)));
        return logs.toString();
    }

    private static String log(long execution, JsonNode task) {
        ApiClient.Answer log = ADMIN.get(
                "/replication/executions/" + execution + "/tasks/" + task.path("id").asLong() + "/log");
        assertThat(log.status()).isEqualTo(200);
        assertThat(log.header("Content-Type").orElse("")).startsWith("text/plain");
        return log.body();
    }

    private static JsonNode reconciliation(long policy) {
        ApiClient.Answer answer = ADMIN.get("/replication/policies/" + policy + "/reconciliation");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    private static void requireAlike(long policy) {
        JsonNode report = reconciliation(policy);
        assertThat(report.path("missing")).as(report.toString()).isEmpty();
        assertThat(report.path("different")).as(report.toString()).isEmpty();
        assertThat(report.path("extra")).as(report.toString()).isEmpty();
        assertThat(report.path("bytes").asLong()).isZero();
        assertThat(report.path("complete").asBoolean()).isTrue();
    }

    /** Digest under a tag of the other registry; empty if there is none. */
    private static Optional<String> digestThere(String repository, String reference) {
        HttpRequest head = HttpRequest.newBuilder(
                        URI.create(other().url() + "/v2/" + repository + "/manifests/" + reference))
                .method("HEAD", HttpRequest.BodyPublishers.noBody()).header("Accept", ACCEPT).build();
        try {
            return HttpClient.newHttpClient().send(head, HttpResponse.BodyHandlers.discarding()).headers()
                    .firstValue("Docker-Content-Digest");
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Optional<String> digestHere(String repository, String reference) {
        return ADMIN.send("HEAD", "/v2/" + repository + "/manifests/" + reference, "", "Accept", ACCEPT)
                .header("Docker-Content-Digest");
    }

    private static String toOther() {
        other();
        return "\"dest_registry\":{\"id\":" + otherId + "}";
    }

    private static String toOurselves() {
        return "\"dest_registry\":{\"id\":" + selfId + "}";
    }

    @Test
    @Tag("clients")
    void shouldPushWhatTheOtherRegistryLacksAndThenNothing() {
        String first = images.push("v1");
        images.push("v2");
        String index = images.pushIndex("multi", List.of(first));
        String signature = images.pushReferrer(first, "application/vnd.example.signature");
        long policy = policy(toOther(), project + "/**", ",\"override\":true");
        JsonNode before = reconciliation(policy);
        assertThat(before.path("missing")).hasSize(3);
        assertThat(before.path("bytes").asLong()).isPositive();

        long execution = run(policy);
        succeed(execution);

        assertThat(digestThere(project + "/app", "v1")).contains(first);
        assertThat(digestThere(project + "/app", "multi")).contains(index);
        assertThat(digestThere(project + "/app", signature)).contains(signature);
        requireAlike(policy);
        JsonNode tasks = ADMIN.get("/replication/executions/" + execution + "/tasks").json();
        assertThat(tasks).hasSize(1);
        assertThat(tasks.get(0).path("src_resource").asText()).isEqualTo(project + "/app [3 item(s) in total]");
        assertThat(tasks.get(0).path("status").asText()).isEqualTo("Succeed");
        assertThat(tasks.get(0).path("operation").asText()).isEqualTo("copy");
        assertThat(log(execution, tasks.get(0))).contains("copied").contains(first);

        long again = run(policy);
        succeed(again);
        assertThat(logs(again)).contains("0 blobs (0 bytes) sent").doesNotContain("copied");
    }

    @Test
    @Tag("clients")
    void shouldPullIntoAProjectThatIsMadeForIt() {
        String image = images.push("v1");
        images.push("other");
        succeed(run(policy(toOther(), project + "/**", "")));
        String target = Product.uniqueName("pulled");

        long policy = policy("\"src_registry\":{\"id\":" + otherId + "},\"dest_namespace\":\"" + target + "\"",
                project + "/**", ",\"dest_namespace_replace_count\":1");
        succeed(run(policy));

        assertThat(digestHere(target + "/app", "v1")).contains(image);
        requireAlike(policy);
    }

    @Test
    @Tag("clients")
    void shouldNotOverrideUnlessToldTo() {
        String first = images.push("v1");
        long policy = policy(toOther(), project + "/**", ",\"override\":false");
        succeed(run(policy));
        String second = images.push("v1");

        succeed(run(policy));

        assertThat(digestThere(project + "/app", "v1")).contains(first);
        JsonNode report = reconciliation(policy);
        assertThat(report.path("different").get(0).path("src_digest").asText()).isEqualTo(second);
        assertThat(report.path("different").get(0).path("dest_digest").asText()).isEqualTo(first);
    }

    @Test
    void shouldFollowPushesAndDeletions() {
        String target = Product.running().api().newProject("repl", Map.of());
        long policy = policy(toOurselves() + ",\"dest_namespace\":\"" + target + "\"",
                project + "/**", ",\"override\":true,\"deletion\":true,\"trigger\":{\"type\":\"event_based\"}");

        String image = images.push("v1");
        await("the pushed image", () -> digestHere(target + "/app", "v1").filter(image::equals));
        assertThat(ADMIN.post("/projects/" + project + "/repositories/app/artifacts/" + image + "/tags",
                "{\"name\":\"v2\"}").status()).isEqualTo(201);
        await("the new tag", () -> digestHere(target + "/app", "v2").filter(image::equals));
        assertThat(ADMIN.delete("/projects/" + project + "/repositories/app/artifacts/" + image + "/tags/v1")
                .status()).isEqualTo(200);
        await("the deleted tag", () -> Optional.of(digestHere(target + "/app", "v1")).filter(Optional::isEmpty));
        assertThat(digestHere(target + "/app", "v2")).contains(image);
        assertThat(ADMIN.delete("/projects/" + project + "/repositories/app/artifacts/" + image).status())
                .isEqualTo(200);
        await("the deleted image", () -> Optional.of(digestHere(target + "/app", image)).filter(Optional::isEmpty));

        JsonNode executions = ADMIN.get("/replication/executions?policy_id=" + policy + "&trigger=event_based").json();
        assertThat(executions).hasSizeGreaterThanOrEqualTo(4);
    }

    @Test
    void shouldShowPoliciesAsTheyWereSaved() {
        String name = Product.uniqueName("policy");
        String body = "{\"name\":\"" + name + "\",\"description\":\"d\"," + toOurselves()
                + ",\"dest_namespace\":\"a/b\",\"dest_namespace_replace_count\":2,\"speed\":-1,\"copy_by_chunk\":true,\"filters\":["
                + "{\"type\":\"tag\",\"value\":\"v*\",\"decoration\":\"excludes\"},"
                + "{\"type\":\"label\",\"value\":[\"l\"]}],\"trigger\":{\"type\":\"scheduled\","
                + "\"trigger_settings\":{\"cron\":\"0 0 3 * * *\"}}}";
        ApiClient.Answer made = ADMIN.post("/replication/policies", body);
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        String path = "/replication/policies/" + made.newId();

        JsonNode policy = ADMIN.get(path).json();

        assertThat(policy.path("src_registry").path("id").asLong()).isZero();
        assertThat(policy.path("src_registry").path("name").asText()).isEqualTo("Local");
        assertThat(policy.path("dest_registry").path("id").asLong()).isEqualTo(selfId);
        assertThat(policy.path("dest_namespace_replace_count").asInt()).isEqualTo(2);
        assertThat(policy.path("speed").asInt()).isZero();
        assertThat(policy.path("copy_by_chunk").asBoolean()).isTrue();
        assertThat(policy.path("filters")).hasSize(2);
        assertThat(policy.path("filters").get(0).path("decoration").asText()).isEqualTo("excludes");
        assertThat(policy.path("filters").get(1).path("value").get(0).asText()).isEqualTo("l");
        assertThat(policy.path("trigger").path("trigger_settings").path("cron").asText()).isEqualTo("0 0 3 * * *");
        assertThat(policy.has("enabled")).isFalse();
        assertThat(ADMIN.post("/replication/policies", body).status()).as("the name again").isEqualTo(409);
        assertThat(ADMIN.post("/replication/executions", "{\"policy_id\":" + made.newId() + "}").status())
                .as("a disabled policy").isEqualTo(412);
        ApiClient.Answer list = ADMIN.get("/replication/policies?name=" + name);
        assertThat(list.header("X-Total-Count")).contains("1");
        assertThat(list.json().get(0).path("name").asText()).isEqualTo(name);
        assertThat(ADMIN.put(path, body.replace("\"d\"", "\"other\"")).status()).isEqualTo(200);
        assertThat(ADMIN.get(path).json().path("description").asText()).isEqualTo("other");
        assertThat(ADMIN.delete("/registries/" + selfId).status()).as("a registry in use").isEqualTo(412);
        assertThat(ADMIN.delete(path).status()).isEqualTo(200);
        assertThat(ADMIN.get(path).status()).isEqualTo(404);
    }

    @Test
    void shouldFailWithTheCauseWhereTheOtherSideRefuses() {
        images.push("v1");
        long nobody = registry(Product.running().url(), "");
        long policy = policy("\"dest_registry\":{\"id\":" + nobody + "},\"dest_namespace\":\"library\"",
                project + "/**", "");

        long execution = run(policy);

        assertThat(ended(execution).path("status").asText()).isEqualTo("Failed");
        assertThat(logs(execution)).contains("401").contains("/v2/library/app");
        assertThat(ADMIN.delete("/replication/policies/" + policy).status()).isEqualTo(200);
        assertThat(ADMIN.get("/replication/executions/" + execution).status()).isEqualTo(404);
    }
}
