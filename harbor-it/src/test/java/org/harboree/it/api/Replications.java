// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.harboree.it.Product;

/** Policies and their runs by Harbor's API: those of the product, or those of a Harbor beside it. */
final class Replications {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String ACCEPT = "application/vnd.oci.image.manifest.v1+json,"
            + "application/vnd.oci.image.index.v1+json";

    private final ApiClient admin;

    /** @param admin an administrator of the registry that has the policies */
    Replications(ApiClient admin) {
        this.admin = admin;
    }

    /** Enters another registry; its number. */
    long registry(Partner other) {
        return registry(other.adapter(), other.url(), other.credentialJson());
    }

    /** Enters another registry; {@code more} is empty or begins with a comma. */
    long registry(String adapter, URI url, String more) {
        ApiClient.Answer answer = admin.post("/registries", "{\"name\":\"" + Product.uniqueName("other")
                + "\",\"type\":\"" + adapter + "\",\"insecure\":true,\"url\":\"" + url + "\"" + more + "}");
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.newId();
    }

    /** A policy on the repositories that the pattern means; {@code more} is empty or begins with a comma. */
    long policy(String sides, String pattern, String more) {
        return filtered(sides, "{\"type\":\"name\",\"value\":\"" + pattern + "\"}", more);
    }

    /** @param filters objects with commas between them */
    long filtered(String sides, String filters, String more) {
        ApiClient.Answer answer = admin.post("/replication/policies", "{\"name\":\"" + Product.uniqueName("policy")
                + "\"," + sides + ",\"enabled\":true,\"filters\":[" + filters + "]" + more + "}");
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.newId();
    }

    static String to(long registry) {
        return "\"dest_registry\":{\"id\":" + registry + "}";
    }

    /** Puts what is in a project there into the project here, whatever that one is called. */
    static String from(long registry, String namespace) {
        return "\"src_registry\":{\"id\":" + registry + "},\"dest_namespace\":\"" + namespace
                + "\",\"dest_namespace_replace_count\":1";
    }

    long run(long policy) {
        ApiClient.Answer answer = admin.post("/replication/executions", "{\"policy_id\":" + policy + "}");
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.newId();
    }

    JsonNode ended(long execution) {
        return await("execution " + execution, () -> Optional.of(admin.get("/replication/executions/" + execution)
                .json()).filter(found -> !found.path("status").asText().equals("InProgress")));
    }

    /** Waits for the end of a run, which has to be a good one. */
    void succeed(long execution) {
        JsonNode ended = ended(execution);
        assertThat(ended.path("status").asText()).as(ended + logs(execution)).isEqualTo("Succeed");
    }

    JsonNode tasks(long execution) {
        return admin.get("/replication/executions/" + execution + "/tasks").json();
    }

    /** The logs of all tasks of a run. */
    String logs(long execution) {
        StringBuilder logs = new StringBuilder();
        tasks(execution).forEach(task -> logs.append('\n').append(log(execution, task)));
        return logs.toString();
    }

    String log(long execution, JsonNode task) {
        ApiClient.Answer log = admin.get(
                "/replication/executions/" + execution + "/tasks/" + task.path("id").asLong() + "/log");
        assertThat(log.status()).isEqualTo(200);
        assertThat(log.header("Content-Type").orElse("")).startsWith("text/plain");
        return log.body();
    }

    JsonNode reconciliation(long policy) {
        ApiClient.Answer answer = admin.get("/replication/policies/" + policy + "/reconciliation");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    void requireAlike(long policy) {
        JsonNode report = reconciliation(policy);
        assertThat(report.path("missing")).as(report.toString()).isEmpty();
        assertThat(report.path("different")).as(report.toString()).isEmpty();
        assertThat(report.path("extra")).as(report.toString()).isEmpty();
        assertThat(report.path("bytes").asLong()).isZero();
        assertThat(report.path("complete").asBoolean()).isTrue();
    }

    /** Digest under a tag of any registry; empty if there is none. */
    static Optional<String> digest(ApiClient registry, String repository, String reference) {
        return registry.send("HEAD", "/v2/" + repository + "/manifests/" + reference, "", "Accept", ACCEPT)
                .header("Docker-Content-Digest");
    }

    static <T> T await(String what, Supplier<Optional<T>> question) {
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
}
