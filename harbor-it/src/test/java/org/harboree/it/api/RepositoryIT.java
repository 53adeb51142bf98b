// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.harboree.it.Product;
import org.harboree.it.ProjectRole;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RepositoryIT {
    private static final ApiClient ADMIN = ApiClient.admin();

    private String project;
    private String repositories;

    @BeforeEach
    void makeProject() {
        project = Product.running().api().newProject("repositories", Map.of("public", "true"));
        repositories = "/projects/" + project + "/repositories";
    }

    @Test
    void listShouldShowWhatWasPushed() {
        assertThat(ADMIN.get(repositories).json()).isEmpty();
        new Images(ADMIN, project + "/image").push("v1");
        JsonNode repository = ADMIN.get(repositories).json().get(0);
        assertThat(repository.get("name").asText()).isEqualTo(project + "/image");
        assertThat(repository.get("artifact_count").asInt()).isEqualTo(1);
        assertThat(repository.get("pull_count").asInt(-1)).isZero();
        assertThat(repository.get("creation_time").asText())
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        assertThat(repository.get("project_id").asLong()).isPositive();
    }

    @Test
    void uploadsAloneShouldShowNoRepository() {
        assertThat(ADMIN.send("POST", "/v2/" + project + "/unfinished/blobs/uploads/", "").status()).isEqualTo(202);
        assertThat(ADMIN.get(repositories).json()).isEmpty();
        assertThat(ADMIN.get(repositories + "/unfinished").status()).isEqualTo(404);
        assertThat(ADMIN.delete("/projects/" + project).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%252F", "%2F"})
    void namesWithSlashesShouldComeEncodedTwiceOrOnce(String slash) {
        new Images(ADMIN, project + "/a/b").push("v1");
        String path = repositories + "/a" + slash + "b";
        assertThat(ADMIN.get(path).json().get("name").asText()).isEqualTo(project + "/a/b");
        assertThat(ADMIN.get(path + "/artifacts/v1").status()).isEqualTo(200);
        assertThat(ADMIN.delete(path).status()).isEqualTo(200);
        assertThat(ADMIN.get(path).status()).isEqualTo(404);
    }

    @Test
    void listShouldBeFilteredSortedAndPaged() {
        for (String name : new String[] {"one", "two", "three"}) {
            new Images(ADMIN, project + "/" + name).push("v1");
        }
        ApiClient.Answer page = ADMIN.get(repositories + "?sort=name&page_size=2");
        assertThat(page.json().findValuesAsText("name")).containsExactly(project + "/one", project + "/three");
        assertThat(page.header("X-Total-Count")).hasValue("3");
        assertThat(page.header("Link").orElseThrow()).isEqualTo(
                "</api/v2.0" + repositories + "?page=2&page_size=2&sort=name>; rel=\"next\"");
        assertThat(ADMIN.get(repositories + "?q=name%3D~/T&sort=name").json().findValuesAsText("name"))
                .containsExactly(project + "/three", project + "/two");
        assertThat(ADMIN.get(repositories).json().get(0).get("name").asText()).isEqualTo(project + "/three");
        assertThat(ADMIN.get(repositories + "?page_size=101").status()).isEqualTo(422);
    }

    @Test
    void allRepositoriesShouldBeThoseOfVisibleProjects() {
        new Images(ADMIN, project + "/image").push("v1");
        String query = "/repositories?q=name%3D" + project + "/image";
        ApiClient stranger = ApiClient.newUser("stranger");
        assertThat(stranger.get(query).json()).hasSize(1);
        assertThat(ApiClient.anonymous().get(query).json()).hasSize(1);
        ADMIN.put("/projects/" + project, "{\"metadata\":{\"public\":\"false\"}}");
        assertThat(stranger.get(query).json()).isEmpty();
        assertThat(ApiClient.anonymous().get(query).json()).isEmpty();
        assertThat(ADMIN.get(query).json()).hasSize(1);
        Product.running().api().addMember(project, stranger.name(), ProjectRole.LIMITED_GUEST);
        assertThat(stranger.get(query).json()).hasSize(1);
    }

    @Test
    void repositoriesShouldBeFoundByABlobThatTheyHold() {
        String digest = new Images(ADMIN, project + "/image").push("v1");
        String layer = ADMIN.get("/v2/" + project + "/image/manifests/" + digest).json().at("/layers/0/digest")
                .asText();
        assertThat(ADMIN.get("/repositories?q=blob_digest%3D" + layer).json().findValuesAsText("name"))
                .containsExactly(project + "/image");
    }

    @Test
    void descriptionShouldBeWritten() {
        new Images(ADMIN, project + "/image").push("v1");
        assertThat(ADMIN.put(repositories + "/image", "{\"description\":\"Überblick\"}").status()).isEqualTo(200);
        assertThat(ADMIN.get(repositories + "/image").json().get("description").asText()).isEqualTo("Überblick");
    }

    @Test
    void deleteShouldTakeEverythingAndLeaveTheNameFree() {
        Images images = new Images(ADMIN, project + "/image");
        String child = images.push("v1");
        images.pushIndex("all", List.of(child));
        images.pushReferrer(child, "application/vnd.example.note");
        assertThat(ADMIN.get("/v2/" + project + "/image/manifests/v1").status()).isEqualTo(200);
        assertThat(ADMIN.delete(repositories + "/image").status()).isEqualTo(200);
        assertThat(ADMIN.get("/v2/" + project + "/image/manifests/v1").status()).isEqualTo(404);
        assertThat(ADMIN.get("/v2/" + project + "/image/manifests/" + child).status()).isEqualTo(404);
        assertThat(ADMIN.get(repositories).json()).isEmpty();
        assertThat(ADMIN.delete(repositories + "/image").status()).isEqualTo(404);
        String again = images.push("v1");
        assertThat(ADMIN.get("/v2/" + project + "/image/manifests/v1").header("Docker-Content-Digest")).hasValue(again);
        assertThat(ADMIN.get("/v2/" + project + "/image/manifests/" + child).status()).isEqualTo(404);
    }

    @Test
    void deletesShouldNeverMakeAnErrorOfAPush() throws Exception {
        AtomicBoolean pushing = new AtomicBoolean(true);
        CompletableFuture<Set<Integer>> deletes = CompletableFuture.supplyAsync(() -> {
            Set<Integer> statuses = new TreeSet<>();
            while (pushing.get()) {
                statuses.add(ADMIN.delete(repositories + "/image").status());
            }
            return statuses;
        });
        List<CompletableFuture<Set<Integer>>> pushes = Stream.of("a", "b")
                .map(tag -> CompletableFuture.supplyAsync(() -> pushOften(tag))).toList();
        Set<Integer> pushed = new TreeSet<>();
        for (CompletableFuture<Set<Integer>> push : pushes) {
            pushed.addAll(push.get(2, TimeUnit.MINUTES));
        }
        pushing.set(false);
        assertThat(pushed).isSubsetOf(201, 202, 400, 404);
        assertThat(deletes.get(1, TimeUnit.MINUTES)).isSubsetOf(200, 404);
        ADMIN.delete(repositories + "/image");
        assertThat(new Images(ADMIN, project + "/image").attempt("last")).containsExactly(202, 201, 201);
    }

    private Set<Integer> pushOften(String tag) {
        Images images = new Images(ADMIN, project + "/image");
        return IntStream.range(0, 60).mapToObj(i -> images.attempt(tag)).flatMap(List::stream)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void pullsShouldBeRefusedOnceTheProjectIsPrivate() {
        new Images(ADMIN, project + "/image").push("v1");
        ADMIN.put("/projects/" + project, "{\"metadata\":{\"public\":\"false\"}}");
        ApiClient stranger = ApiClient.newUser("stranger");
        assertThat(stranger.get("/v2/" + project + "/image/manifests/v1").status()).isEqualTo(401);
        assertThat(stranger.get(repositories).status()).isEqualTo(403);
    }
}
