// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.harboree.it.HarborApi;
import org.harboree.it.Product;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProjectIT {
    private static final ApiClient ADMIN = ApiClient.admin();
    private static final HarborApi API = Product.running().api();

    @Test
    void createShouldAnswerWithThePathOfTheProject() {
        String name = Product.uniqueName("created");
        ApiClient.Answer answer = ADMIN.post("/projects", "{\"project_name\":\"" + name + "\"}");
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.header("Location").orElseThrow()).matches("/api/v2\\.0/projects/\\d+");
        JsonNode project = ADMIN.get("/projects/" + answer.newId()).json();
        assertThat(project.get("name").asText()).isEqualTo(name);
        assertThat(project.get("owner_name").asText()).isEqualTo("admin");
        assertThat(project.get("current_user_role_id").asInt()).isEqualTo(1);
        assertThat(project.get("repo_count").asInt(-1)).isZero();
        assertThat(project.at("/metadata/public").asText()).isEqualTo("false");
        assertThat(project.get("creation_time").asText())
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        assertThat(project.has("deleted")).isFalse();
    }

    @Test
    void createShouldNameTheProjectInLocationWhereAsked() {
        String name = Product.uniqueName("named");
        assertThat(ADMIN.post("/projects", "{\"project_name\":\"" + name + "\"}", "X-Resource-Name-In-Location", "true")
                .header("Location")).hasValue("/api/v2.0/projects/" + name);
    }

    @Test
    void createShouldTakeWhatTerraformAndTheCommandLineSend() {
        String name = Product.uniqueName("terraform");
        assertThat(ADMIN.post("/projects", "{\"project_name\":\"" + name + "\",\"registry_id\":0,\"storage_limit\":-1,"
                + "\"metadata\":{\"auto_scan\":\"true\",\"auto_sbom_generation\":\"false\","
                + "\"enable_content_trust\":\"false\","
                + "\"enable_content_trust_cosign\":\"false\",\"prevent_vul\":\"false\",\"public\":\"true\","
                + "\"reuse_sys_cve_allowlist\":\"true\",\"severity\":\"low\"}}").status()).isEqualTo(201);
        assertThat(ADMIN.get("/projects/" + name).json().at("/metadata/public").asText()).isEqualTo("true");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{\"project_name\":\"Upper\"}                                   | 400 | BAD_REQUEST",
        "{\"project_name\":\"a..b\"}                                    | 400 | BAD_REQUEST",
        "{}                                                             | 400 | BAD_REQUEST",
        "{\"project_name\":\"okay\",\"metadata\":{\"public\":\"yes\"}}  | 400 | BAD_REQUEST",
        "{\"project_name\":\"okay\",\"metadata\":{\"prevent_vul\":\"true\"}} | 400 | BAD_REQUEST",
        "{\"project_name\":\"okay\",\"storage_limit\":1000}             | 400 | BAD_REQUEST",
        "{\"project_name\":\"okay\",\"registry_id\":3}                  | 400 | BAD_REQUEST",
        "{\"project_name\":5}                                           | 422 | UNPROCESSABLE_ENTITY",
        "{\"project_name\":\"a\",\"project_name\":\"b\"}                | 422 | UNPROCESSABLE_ENTITY",
        "{\"project_name\":\"okay\"                                     | 422 | UNPROCESSABLE_ENTITY",
        "{\"project_name\":\"okay\"} trailing                           | 422 | UNPROCESSABLE_ENTITY",
        "[]                                                             | 422 | UNPROCESSABLE_ENTITY",
        "null                                                           | 422 | UNPROCESSABLE_ENTITY"})
    void createShouldRefuse(String body, int status, String code) {
        ApiClient.Answer answer = ADMIN.post("/projects", body);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.error()).isEqualTo(code);
    }

    @Test
    void createShouldRefuseWhatIsNoJsonOrTooLarge() {
        String body = "{\"project_name\":\"" + Product.uniqueName("typed") + "\"}";
        assertThat(ADMIN.post("/projects", body, "Content-Type", "text/plain").status()).isEqualTo(422);
        assertThat(ADMIN.post("/projects", "").status()).isEqualTo(422);
        assertThat(ADMIN.post("/projects", " ".repeat((1 << 20) + 1)).status()).isEqualTo(413);
        assertThat(ADMIN.post("/projects", "{\"project_name\":\"" + "a".repeat(256) + "\"}").status()).isEqualTo(422);
    }

    @Test
    void createShouldIgnoreFieldsThatItDoesNotKnow() {
        assertThat(ADMIN.post("/projects", "{\"project_name\":\"" + Product.uniqueName("more")
                + "\",\"something\":{\"new\":[1]}}").status()).isEqualTo(201);
    }

    @Test
    void createShouldRefuseANameInUse() {
        String name = API.newProject("twice");
        ApiClient.Answer answer = ADMIN.post("/projects", "{\"project_name\":\"" + name + "\"}");
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.error()).isEqualTo("CONFLICT");
    }

    @Test
    void everyUserShouldCreateProjectsAndOwnThem() {
        ApiClient user = ApiClient.newUser("owner");
        String name = Product.uniqueName("owned");
        assertThat(user.post("/projects", "{\"project_name\":\"" + name + "\"}").status()).isEqualTo(201);
        assertThat(user.get("/projects/" + name).json().get("owner_name").asText()).isEqualTo(user.name());
        assertThat(ApiClient.anonymous().post("/projects", "{\"project_name\":\"x" + name + "\"}").status())
                .isEqualTo(401);
    }

    @Test
    void headShouldTellWhetherANameIsInUse() {
        String name = API.newProject("head");
        ApiClient user = ApiClient.newUser("head");
        assertThat(user.send("HEAD", "/projects?project_name=" + name, "").status()).isEqualTo(200);
        assertThat(user.send("HEAD", "/projects?project_name=x" + name, "").status()).isEqualTo(404);
        assertThat(user.send("HEAD", "/projects", "").status()).isEqualTo(422);
        assertThat(ApiClient.anonymous().send("HEAD", "/projects?project_name=" + name, "").status()).isEqualTo(401);
    }

    @Test
    void aNumberShouldBeAnIdUnlessTheHeaderSaysThatItIsAName() {
        String number = Long.toString(System.nanoTime());
        assertThat(ADMIN.post("/projects", "{\"project_name\":\"" + number + "\"}").status()).isEqualTo(201);
        assertThat(ADMIN.get("/projects/" + number).status()).isEqualTo(404);
        assertThat(ADMIN.get("/projects/" + number, "X-Is-Resource-Name", "true").status()).isEqualTo(200);
    }

    @Test
    void listShouldShowWhatTheCallerMaySee() {
        String stem = Product.uniqueName("list");
        ADMIN.post("/projects", "{\"project_name\":\"" + stem + ".open\",\"metadata\":{\"public\":\"true\"}}");
        ADMIN.post("/projects", "{\"project_name\":\"" + stem + ".closed\"}");
        ApiClient stranger = ApiClient.newUser("list");
        stranger.post("/projects", "{\"project_name\":\"" + stem + ".own\"}");
        assertThat(names(ADMIN.get("/projects?name=" + stem)))
                .containsExactly(stem + ".closed", stem + ".open", stem + ".own");
        assertThat(names(stranger.get("/projects?name=" + stem))).containsExactly(stem + ".open", stem + ".own");
        assertThat(names(ApiClient.anonymous().get("/projects?name=" + stem))).containsExactly(stem + ".open");
        assertThat(names(ApiClient.anonymous().get("/projects?public=false&name=" + stem))).isEmpty();
        assertThat(names(ADMIN.get("/projects?name=" + stem + "&owner=" + stranger.name())))
                .containsExactly(stem + ".own");
        assertThat(names(ADMIN.get("/projects?q=name%3D~" + stem + "%2Cpublic%3Dtrue")))
                .containsExactly(stem + ".open");
    }

    @Test
    void listShouldBePaged() {
        String stem = Product.uniqueName("paged");
        for (String suffix : new String[] {"a", "b", "c"}) {
            ADMIN.post("/projects", "{\"project_name\":\"" + stem + "." + suffix + "\"}");
        }
        ApiClient.Answer second = ADMIN.get("/projects?name=" + stem + "&page=2&page_size=1&sort=-name");
        assertThat(names(second)).containsExactly(stem + ".b");
        assertThat(second.header("X-Total-Count")).hasValue("3");
        String path = "/api/v2.0/projects?name=" + stem;
        assertThat(second.header("Link"))
                .hasValue("<" + path + "&page=1&page_size=1&sort=-name>; rel=\"prev\" , <" + path
                + "&page=3&page_size=1&sort=-name>; rel=\"next\"");
        assertThat(names(ADMIN.get("/projects?name=" + stem + "&page=9"))).isEmpty();
        assertThat(names(ADMIN.get("/projects?name=" + stem + "&page_size=0"))).hasSize(3);
        assertThat(ADMIN.get("/projects?name=" + stem + "&page=9").body()).isEqualTo("[]\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"page_size=101", "page=x", "page_size=1.5"})
    void listShouldRefuseParametersOfTheWrongShape(String query) {
        ApiClient.Answer answer = ADMIN.get("/projects?" + query);
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().at("/errors/0/message").asText()).startsWith("validation failure list:\n");
    }

    @Test
    void listShouldRefuseAFilterThatCannotBeRead() {
        assertThat(ADMIN.get("/projects?q=name").status()).isEqualTo(400);
    }

    @Test
    void updateShouldChangeVisibility() {
        String name = API.newProject("update");
        assertThat(ADMIN.put("/projects/" + name, "{\"metadata\":{\"public\":\"true\"}}").status()).isEqualTo(200);
        assertThat(ApiClient.anonymous().get("/projects/" + name).status()).isEqualTo(200);
        assertThat(ADMIN.put("/projects/" + name, "{\"public\":false}").status()).isEqualTo(200);
        assertThat(ApiClient.anonymous().get("/projects/" + name).status()).isEqualTo(401);
    }

    @Test
    void deleteShouldFreeTheName() {
        String name = API.newProject("deleted");
        assertThat(ADMIN.get("/projects/" + name + "/_deletable").json().get("deletable").asBoolean()).isTrue();
        assertThat(ADMIN.delete("/projects/" + name).status()).isEqualTo(200);
        assertThat(ADMIN.get("/projects/" + name).status()).isEqualTo(404);
        assertThat(ADMIN.post("/projects", "{\"project_name\":\"" + name + "\"}").status()).isEqualTo(201);
    }

    @Test
    void deleteShouldBeRefusedWhileRepositoriesAreThere() {
        String name = API.newProject("full");
        new Images(ADMIN, name + "/image").push("v1");
        JsonNode deletable = ADMIN.get("/projects/" + name + "/_deletable").json();
        assertThat(deletable.path("deletable").asBoolean()).isFalse();
        assertThat(deletable.get("message").asText()).contains("repositories");
        assertThat(ADMIN.delete("/projects/" + name).status()).isEqualTo(412);
        assertThat(ADMIN.get("/projects/" + name).json().get("repo_count").asInt()).isEqualTo(1);
        assertThat(ADMIN.delete("/projects/" + name + "/repositories/image").status()).isEqualTo(200);
        assertThat(ADMIN.delete("/projects/" + name).status()).isEqualTo(200);
    }

    @Test
    void summaryShouldCountRepositoriesAndMembers() {
        String name = API.newProject("summary");
        JsonNode summary = ADMIN.get("/projects/" + name + "/summary").json();
        assertThat(summary.get("repo_count").asInt(-1)).isZero();
        assertThat(summary.get("project_admin_count").asInt()).isEqualTo(1);
        assertThat(summary.at("/quota/hard/storage").asLong()).isEqualTo(-1);
        assertThat(summary.at("/quota/used/storage").asLong(-1)).isZero();
        new Images(ADMIN, name + "/image").push("v1");
        assertThat(ADMIN.get("/projects/" + name + "/summary").json().at("/quota/used/storage").asLong()).isEqualTo(
                ADMIN.get("/projects/" + name + "/repositories/image/artifacts/v1").json().get("size").asLong());
    }

    @Test
    void summaryShouldHideTheQuotaFromVisitors() {
        String name = API.newProject("summary", Map.of("public", "true"));
        assertThat(ApiClient.anonymous().get("/projects/" + name + "/summary").json().fieldNames()).toIterable()
                .containsExactly("repo_count");
    }

    @Test
    void metadataShouldBeReadAndWrittenPairByPair() {
        String path = "/projects/" + API.newProject("metadata", Map.of("public", "true")) + "/metadatas/";
        assertThat(ADMIN.get(path).json().get("public").asText()).isEqualTo("true");
        assertThat(ADMIN.post(path, "{\"auto_scan\":\"1\"}").status()).isEqualTo(200);
        assertThat(ADMIN.post(path, "{\"auto_scan\":\"0\"}").status()).isEqualTo(409);
        assertThat(ADMIN.post(path, "{\"auto_scan\":\"0\",\"public\":\"true\"}").status()).isEqualTo(400);
        assertThat(ADMIN.get(path + "auto_scan").json().get("auto_scan").asText()).isEqualTo("true");
        assertThat(ADMIN.put(path + "auto_scan", "{\"auto_scan\":\"false\"}").status()).isEqualTo(200);
        assertThat(ADMIN.delete(path + "auto_scan").status()).isEqualTo(200);
        assertThat(ADMIN.get(path + "auto_scan").status()).isEqualTo(404);
        assertThat(ADMIN.post(path, "{\"public\":true}").status()).isEqualTo(422);
    }

    @Test
    void searchShouldFindWhatTheCallerMaySee() {
        String open = API.newProject("search", Map.of("public", "true"));
        new Images(ADMIN, open + "/image").push("v1");
        JsonNode found = ApiClient.anonymous().get("/search?q=" + open).json();
        assertThat(found.get("project")).extracting(p -> p.get("name").asText()).containsExactly(open);
        assertThat(found.at("/repository/0/repository_name").asText()).isEqualTo(open + "/image");
        assertThat(found.at("/repository/0/project_public").asBoolean()).isTrue();
        ADMIN.put("/projects/" + open, "{\"metadata\":{\"public\":\"false\"}}");
        assertThat(ApiClient.anonymous().get("/search?q=" + open).json().get("repository")).isEmpty();
        assertThat(ApiClient.anonymous().get("/search").status()).isEqualTo(422);
    }

    private static List<String> names(ApiClient.Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json().findValuesAsText("name");
    }
}
