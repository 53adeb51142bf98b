// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.harboree.it.Product;
import org.junit.jupiter.api.Test;

class SystemInfoIT {
    private static final ApiClient ANYBODY = ApiClient.anonymous();

    @Test
    void pingShouldAnswerPong() {
        ApiClient.Answer answer = ANYBODY.get("/ping");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("Pong");
        assertThat(answer.header("Content-Type").orElseThrow()).startsWith("text/plain");
    }

    @Test
    void versionShouldBeTheApisVersion() {
        assertThat(ANYBODY.get("/api/version").json().get("version").asText()).isEqualTo("v2.0");
    }

    @Test
    void healthShouldListTheComponentsThatThereAre() {
        JsonNode health = ANYBODY.get("/health").json();
        assertThat(health.get("status").asText()).isEqualTo("healthy");
        assertThat(health.get("components")).extracting(c -> c.get("name").asText())
                .containsExactly("core", "database", "registry");
        assertThat(health.get("components")).allSatisfy(c -> assertThat(c.has("error")).isFalse());
    }

    @Test
    void anonymousCallersShouldLearnOnlyHowToLogIn() {
        JsonNode info = ANYBODY.get("/systeminfo").json();
        assertThat(info.get("auth_mode").asText()).isEqualTo("db_auth");
        assertThat(info.get("self_registration").asBoolean(true)).isFalse();
        assertThat(List.of("harbor_version", "registry_url", "external_url", "registry_storage_provider_name"))
                .noneMatch(info::has);
    }

    @Test
    void usersShouldLearnTheVersionAndTheAddress() {
        JsonNode info = ApiClient.newUser("info").get("/systeminfo").json();
        assertThat(info.get("harbor_version").asText()).matches("v2\\.\\d+\\.\\d+-ee\\.[0-9A-Za-z.-]+");
        assertThat(info.get("external_url").asText()).isEqualTo(Product.running().url().toString());
        assertThat(info.get("current_time").asText()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
    }

    @Test
    void administratorsShouldSeeTheSizeOfTheStorage() {
        JsonNode volume = ApiClient.admin().get("/systeminfo/volumes").json().at("/storage/0");
        assertThat(volume.get("total").asLong()).isGreaterThan(volume.get("free").asLong());
    }

    @Test
    void requestIdShouldBeEchoed() {
        assertThat(ANYBODY.get("/ping", "X-Request-Id", "abc-123").header("X-Request-Id")).hasValue("abc-123");
        assertThat(ANYBODY.get("/ping").header("X-Request-Id").orElseThrow()).isNotEmpty();
    }

    @Test
    void unknownPathsAndMethodsShouldHaveHarborsErrors() {
        ApiClient.Answer unknown = ANYBODY.get("/nothing/here");
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.error()).isEqualTo("NOT_FOUND");
        ApiClient.Answer method = ANYBODY.send("PATCH", "/users", "");
        assertThat(method.status()).isEqualTo(405);
        assertThat(method.error()).isEqualTo("METHOD_NOT_ALLOWED");
    }

    @Test
    void wrongPasswordShouldCountAsNone() {
        ApiClient wrong = ApiClient.as("nobody-" + System.nanoTime(), "wrong");
        assertThat(wrong.get("/projects/library").status()).isEqualTo(200);
        assertThat(wrong.get("/users/current").status()).isEqualTo(401);
        assertThat(wrong.get("/users/current").header("WWW-Authenticate")).isEmpty();
    }

    @Test
    void statisticsShouldCountWhatTheCallerSees() {
        assertThat(ANYBODY.get("/statistics").status()).isEqualTo(401);
        JsonNode own = ApiClient.newUser("counting").get("/statistics").json();
        assertThat(own.get("private_project_count").asLong()).isZero();
        assertThat(own.get("total_project_count").asLong()).isZero();
        JsonNode all = ApiClient.admin().get("/statistics").json();
        assertThat(all.get("total_project_count").asLong()).isEqualTo(
                all.get("private_project_count").asLong() + all.get("public_project_count").asLong());
    }
}
