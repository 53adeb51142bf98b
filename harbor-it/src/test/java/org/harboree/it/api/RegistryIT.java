// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.harboree.it.Product;
import org.harboree.it.api.ApiClient.Answer;
import org.junit.jupiter.api.Test;

/** Registry endpoints over the REST API. This product is the other registry: a Harbor as good as any. */
class RegistryIT {
    private static final ApiClient ADMIN = ApiClient.admin();
    // Wrong passwords of the administrator would slow down other tests.
    private static final String USER = Product.running().api().newUser("endpoint", ApiClient.PASSWORD);
    private static final String OWN = Product.running().url().toString();

    @Test
    void shouldKeepWhatWasEnteredAndNeverShowTheSecret() {
        String name = Product.uniqueName("registry");
        long id = create(name, "harbor", USER, ApiClient.PASSWORD).newId();

        Answer answer = ADMIN.get("/registries/" + id);
        JsonNode registry = answer.json();
        assertThat(registry.get("name").asText()).isEqualTo(name);
        assertThat(registry.get("url").asText()).isEqualTo(OWN);
        assertThat(registry.get("status").asText()).isEqualTo("healthy");
        assertThat(registry.at("/credential/access_key").asText()).isEqualTo(USER);
        assertThat(registry.at("/credential/access_secret").asText()).isEqualTo("*****");
        assertThat(answer.body()).doesNotContain(ApiClient.PASSWORD);
        assertThat(ADMIN.get("/registries?name=" + name).json().get(0)).isEqualTo(registry);
        assertThat(ADMIN.get("/registries?q=name%3D" + name).header("X-Total-Count")).contains("1");
    }

    @Test
    void shouldNotEnterWhatDoesNotAnswerAsItShould() {
        String name = Product.uniqueName("registry");

        Answer wrongPassword = create(name, "harbor", USER, "Wrong-Password-1");
        assertThat(wrongPassword.status()).isEqualTo(400);
        assertThat(wrongPassword.body()).contains("the registry is unhealthy").doesNotContain("Wrong-Password-1");
        assertThat(create(name, "google-gcr", "", "").status()).isEqualTo(400);
        assertThat(ADMIN.get("/registries?name=" + name).json()).isEmpty();
    }

    @Test
    void shouldTakeANameOnce() {
        String name = Product.uniqueName("registry");
        create(name, "docker-registry", "", "").newId();

        assertThat(create(name, "docker-registry", "", "").status()).isEqualTo(409);
    }

    @Test
    void shouldChangeAndDelete() {
        long id = create(Product.uniqueName("registry"), "harbor", USER, ApiClient.PASSWORD).newId();
        String path = "/registries/" + id;

        assertThat(ADMIN.put(path, "{\"description\":\"new\"}").status()).isEqualTo(200);
        assertThat(ADMIN.get(path).json().get("description").asText()).isEqualTo("new");
        assertThat(ADMIN.get(path).json().at("/credential/access_secret").asText()).isEqualTo("*****");
        assertThat(ADMIN.put(path, "{\"url\":\"http://127.0.0.1:1\"}").status()).isEqualTo(400);
        assertThat(ADMIN.send("DELETE", path, "").status()).isEqualTo(200);
        assertThat(ADMIN.get(path).status()).isEqualTo(404);
        assertThat(ADMIN.send("DELETE", path, "").status()).isEqualTo(404);
    }

    @Test
    void shouldPingWhatIsKnownAndWhatIsNot() {
        long id = create(Product.uniqueName("registry"), "harbor", USER, ApiClient.PASSWORD).newId();

        assertThat(ping("{\"id\":" + id + "}")).isEqualTo(200);
        assertThat(ping("{\"id\":" + id + ",\"url\":\"http://127.0.0.1:1\"}")).isEqualTo(200);
        assertThat(ping("{\"id\":" + id + ",\"access_secret\":\"wrong\"}")).isEqualTo(400);
        assertThat(ping("{\"type\":\"docker-registry\",\"url\":\"" + OWN + "\"}")).isEqualTo(200);
        assertThat(ping("{\"type\":\"docker-registry\",\"url\":\"http://127.0.0.1:1\"}")).isEqualTo(400);
        assertThat(ping("{\"id\":999999}")).isEqualTo(404);
    }

    @Test
    void shouldTellOfItself() {
        assertThat(ADMIN.get("/registries/0").json().get("name").asText()).isEqualTo("Local");
        assertThat(texts(ADMIN.get("/registries/0/info").json().get("supported_triggers")))
                .containsExactly("manual", "scheduled", "event_based");
        assertThat(ADMIN.put("/registries/0", "{\"description\":\"x\"}").status()).isEqualTo(404);
        assertThat(ADMIN.send("DELETE", "/registries/0", "").status()).isEqualTo(404);
    }

    @Test
    void shouldTellWhatRulesMayUse() {
        long id = create(Product.uniqueName("registry"), "harbor", USER, ApiClient.PASSWORD).newId();

        JsonNode info = ADMIN.get("/registries/" + id + "/info").json();
        assertThat(info.get("type").asText()).isEqualTo("harbor");
        assertThat(info.get("supported_copy_by_chunk").asBoolean()).isTrue();
        assertThat(texts(info.get("supported_triggers"))).containsExactly("manual", "scheduled");
        assertThat(texts(ADMIN.get("/replication/adapters").json())).containsExactly("ali-acr", "aws-ecr", "azure-acr",
                "docker-hub", "docker-registry", "github-ghcr", "gitlab", "google-gcr", "harbor", "huawei-SWR",
                "jfrog-artifactory", "quay");
        JsonNode infos = ADMIN.get("/replication/adapterinfos").json();
        assertThat(infos.at("/docker-hub/endpoint_pattern/endpoint_type").asText())
                .isEqualTo("EndpointPatternTypeFix");
        assertThat(infos.at("/google-gcr/credential_pattern/access_key_data").asText()).isEqualTo("_json_key");
        assertThat(infos.has("harbor")).isFalse();
    }

    private static Answer create(String name, String type, String key, String secret) {
        return ADMIN.post("/registries", "{\"name\":\"" + name + "\",\"type\":\"" + type + "\",\"url\":\"" + OWN
                + "\",\"credential\":{\"access_key\":\"" + key + "\",\"access_secret\":\"" + secret + "\"}}");
    }

    private static int ping(String body) {
        return ADMIN.post("/registries/ping", body).status();
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(item -> texts.add(item.asText()));
        return texts;
    }
}
