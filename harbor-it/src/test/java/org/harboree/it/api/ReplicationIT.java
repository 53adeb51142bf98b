// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    private static final Replications HERE = new Replications(ADMIN);

    private static DockerRegistry other;
    private static long otherId;
    private static long selfId;

    private final String project = Product.running().api().newProject("repl", Map.of());
    private final Images images = new Images(ADMIN, project + "/app");

    @BeforeAll
    static void enterOurselves() {
        selfId = HERE.registry(Partner.product("docker-registry"));
    }

    /** The other registry, which is started for the first who needs it. */
    private static synchronized DockerRegistry other() {
        if (other == null) {
            other = DockerRegistry.open();
            otherId = HERE.registry(Partner.open(other.url()));
        }
        return other;
    }

    @AfterAll
    static void stopTheOther() {
        if (other != null) {
            other.close();
        }
    }

    /** Digest under a tag of the other registry; empty if there is none. */
    private static Optional<String> digestThere(String repository, String reference) {
        return Replications.digest(ApiClient.anonymousAt(other().url()), repository, reference);
    }

    private static Optional<String> digestHere(String repository, String reference) {
        return Replications.digest(ADMIN, repository, reference);
    }

    private static String toOther() {
        other();
        return Replications.to(otherId);
    }

    private static String toOurselves() {
        return Replications.to(selfId);
    }

    @Test
    @Tag("clients")
    void shouldPushWhatTheOtherRegistryLacksAndThenNothing() {
        String first = images.push("v1");
        images.push("v2");
        String index = images.pushIndex("multi", List.of(first));
        String signature = images.pushReferrer(first, "application/vnd.example.signature");
        long policy = HERE.policy(toOther(), project + "/**", ",\"override\":true");
        JsonNode before = HERE.reconciliation(policy);
        assertThat(before.path("missing")).hasSize(3);
        assertThat(before.path("bytes").asLong()).isPositive();

        long execution = HERE.run(policy);
        HERE.succeed(execution);

        assertThat(digestThere(project + "/app", "v1")).contains(first);
        assertThat(digestThere(project + "/app", "multi")).contains(index);
        assertThat(digestThere(project + "/app", signature)).contains(signature);
        HERE.requireAlike(policy);
        JsonNode tasks = HERE.tasks(execution);
        assertThat(tasks).hasSize(1);
        assertThat(tasks.get(0).path("src_resource").asText()).isEqualTo(project + "/app [3 item(s) in total]");
        assertThat(tasks.get(0).path("status").asText()).isEqualTo("Succeed");
        assertThat(tasks.get(0).path("operation").asText()).isEqualTo("copy");
        assertThat(HERE.log(execution, tasks.get(0))).contains("copied").contains(first);

        long again = HERE.run(policy);
        HERE.succeed(again);
        assertThat(HERE.tasks(again)).isEmpty();
    }

    @Test
    @Tag("clients")
    void shouldPullIntoAProjectThatIsMadeForIt() {
        String image = images.push("v1");
        images.push("other");
        HERE.succeed(HERE.run(HERE.policy(toOther(), project + "/**", "")));
        String target = Product.uniqueName("pulled");

        long policy = HERE.policy(Replications.from(otherId, target), project + "/**", "");
        HERE.succeed(HERE.run(policy));

        assertThat(digestHere(target + "/app", "v1")).contains(image);
        HERE.requireAlike(policy);
    }

    @Test
    @Tag("clients")
    void shouldNotOverrideUnlessToldTo() {
        String first = images.push("v1");
        long policy = HERE.policy(toOther(), project + "/**", ",\"override\":false");
        HERE.succeed(HERE.run(policy));
        String second = images.push("v1");

        HERE.succeed(HERE.run(policy));

        assertThat(digestThere(project + "/app", "v1")).contains(first);
        JsonNode report = HERE.reconciliation(policy);
        assertThat(report.path("different").get(0).path("src_digest").asText()).isEqualTo(second);
        assertThat(report.path("different").get(0).path("dest_digest").asText()).isEqualTo(first);
    }

    @Test
    void shouldFollowPushesAndDeletions() {
        String target = Product.running().api().newProject("repl", Map.of());
        long policy = HERE.policy(toOurselves() + ",\"dest_namespace\":\"" + target + "\"",
                project + "/**", ",\"override\":true,\"deletion\":true,\"trigger\":{\"type\":\"event_based\"}");

        String image = images.push("v1");
        Replications.await("the pushed image", () -> digestHere(target + "/app", "v1").filter(image::equals));
        assertThat(ADMIN.post("/projects/" + project + "/repositories/app/artifacts/" + image + "/tags",
                "{\"name\":\"v2\"}").status()).isEqualTo(201);
        Replications.await("the new tag", () -> digestHere(target + "/app", "v2").filter(image::equals));
        assertThat(ADMIN.delete("/projects/" + project + "/repositories/app/artifacts/" + image + "/tags/v1")
                .status()).isEqualTo(200);
        Replications.await("the deleted tag",
                () -> Optional.of(digestHere(target + "/app", "v1")).filter(Optional::isEmpty));
        assertThat(digestHere(target + "/app", "v2")).contains(image);
        assertThat(ADMIN.delete("/projects/" + project + "/repositories/app/artifacts/" + image).status())
                .isEqualTo(200);
        Replications.await("the deleted image",
                () -> Optional.of(digestHere(target + "/app", image)).filter(Optional::isEmpty));

        JsonNode executions = ADMIN.get("/replication/executions?policy_id=" + policy + "&trigger=event_based").json();
        assertThat(executions).hasSizeGreaterThanOrEqualTo(4);
    }

    @Test
    void shouldTakeChosenPlatformsOfAnIndexAlongWhereTheProjectAllowsIt() {
        String amd = images.pushUntagged();
        String arm = images.pushUntagged();
        String index = images.pushIndex("multi", Map.of("amd64", amd, "arm64", arm));
        String target = Product.running().api().newProject("repl", Map.of("allow_sparse_index", "true"));
        long policy = HERE.policy(toOurselves() + ",\"dest_namespace\":\"" + target + "\"", project + "/**",
                ",\"platforms\":[\"linux/arm64\"]");

        HERE.succeed(HERE.run(policy));

        assertThat(digestHere(target + "/app", "multi")).contains(index);
        assertThat(digestHere(target + "/app", arm)).contains(arm);
        assertThat(digestHere(target + "/app", amd)).isEmpty();
        HERE.requireAlike(policy);
    }

    @Test
    void shouldSayThatAProjectTakesNoIndexOfWhichPlatformsWereLeftOut() {
        String amd = images.pushUntagged();
        images.pushIndex("multi", Map.of("amd64", amd, "arm64", images.pushUntagged()));
        String target = Product.running().api().newProject("repl", Map.of());
        long policy = HERE.policy(toOurselves() + ",\"dest_namespace\":\"" + target + "\"", project + "/**",
                ",\"platforms\":[\"linux/amd64\"]");

        long execution = HERE.run(policy);

        assertThat(HERE.ended(execution).path("status").asText()).isEqualTo("Failed");
        assertThat(HERE.logs(execution)).contains("goes without 1 of its children").contains("sparse indexes");
        assertThat(digestHere(target + "/app", "multi")).isEmpty();
    }

    @Test
    void shouldKeepThePlatformsOfAPolicyThatIsSavedByWhoDoesNotKnowThem() {
        String name = "{\"name\":\"" + Product.uniqueName("policy") + "\"," + toOurselves();
        ApiClient.Answer made = ADMIN.post("/replication/policies", name + ",\"platforms\":[\"linux/amd64\"]}");
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        String path = "/replication/policies/" + made.newId();
        assertThat(ADMIN.get(path).json().path("platforms").get(0).asText()).isEqualTo("linux/amd64");

        assertThat(ADMIN.put(path, name + ",\"description\":\"changed\"}").status()).isEqualTo(200);
        assertThat(ADMIN.get(path).json().path("description").asText()).isEqualTo("changed");
        assertThat(ADMIN.get(path).json().path("platforms")).hasSize(1);

        assertThat(ADMIN.put(path, name + ",\"platforms\":[]}").status()).isEqualTo(200);
        assertThat(ADMIN.get(path).json().has("platforms")).isFalse();
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
        long nobody = HERE.registry("docker-registry", Product.running().url(), "");
        long policy = HERE.policy("\"dest_registry\":{\"id\":" + nobody + "},\"dest_namespace\":\"library\"",
                project + "/**", "");

        long execution = HERE.run(policy);

        assertThat(HERE.ended(execution).path("status").asText()).isEqualTo("Failed");
        assertThat(HERE.logs(execution)).contains("401").contains("/v2/library/app");
        assertThat(ADMIN.delete("/replication/policies/" + policy).status()).isEqualTo(200);
        assertThat(ADMIN.get("/replication/executions/" + execution).status()).isEqualTo(404);
    }
}
