// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.StreamSupport;
import org.harboree.it.Product;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArtifactIT {
    private static final ApiClient ADMIN = ApiClient.admin();

    private String repository;
    private String artifacts;
    private Images images;

    @BeforeEach
    void makeProject() {
        String project = Product.running().api().newProject("artifacts");
        repository = project + "/image";
        artifacts = "/projects/" + project + "/repositories/image/artifacts";
        images = new Images(ADMIN, repository);
    }

    @Test
    void imageShouldBeShownWithTheFactsOfItsConfig() {
        String digest = images.push("v1");
        JsonNode artifact = ADMIN.get(artifacts + "/v1").json();
        assertThat(artifact.get("digest").asText()).isEqualTo(digest);
        assertThat(artifact.get("type").asText()).isEqualTo("IMAGE");
        assertThat(artifact.get("media_type").asText()).isEqualTo("application/vnd.oci.image.config.v1+json");
        assertThat(artifact.get("manifest_media_type").asText())
                .isEqualTo("application/vnd.oci.image.manifest.v1+json");
        assertThat(artifact.get("repository_name").asText()).isEqualTo(repository);
        assertThat(artifact.get("size").asLong()).isPositive();
        assertThat(artifact.get("pull_time").asText()).isEqualTo("0001-01-01T00:00:00.000Z");
        assertThat(artifact.at("/extra_attrs/architecture").asText()).isEqualTo("amd64");
        assertThat(artifact.at("/annotations/org.example.note").asText()).isEqualTo("from a test");
        assertThat(artifact.at("/tags/0/name").asText()).isEqualTo("v1");
        assertThat(artifact.at("/tags/0/immutable").asBoolean(true)).isFalse();
        assertThat(List.of("references", "accessories", "labels")).allMatch(name -> artifact.get(name).isNull());
        assertThat(ADMIN.get(artifacts + "/" + digest + "?with_tag=False").json().get("tags").isNull()).isTrue();
        String history = artifact.at("/addition_links/build_history/href").asText();
        assertThat(ADMIN.get(history).json().at("/0/created_by").asText()).isEqualTo("COPY here there");
        assertThat(ADMIN.get(artifacts + "/v1/additions/readme.md").status()).isEqualTo(400);
        assertThat(ADMIN.get(artifacts + "/v1/additions/nothing").status()).isEqualTo(422);
    }

    @ParameterizedTest
    @ValueSource(strings = {"missing", "-no-tag",
        "sha256:0000000000000000000000000000000000000000000000000000000000000000"})
    void unknownReferencesShouldNotBeFound(String reference) {
        images.push("v1");
        ApiClient.Answer answer = ADMIN.get(artifacts + "/" + reference);
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.json().at("/errors/0/message").asText()).contains(reference);
        assertThat(ADMIN.delete(artifacts + "/" + reference).status()).isEqualTo(404);
    }

    @Test
    void listShouldBeFilteredByTags() {
        String tagged = images.push("release-1");
        String untagged = images.pushUntagged();
        assertThat(digests("")).containsExactly(untagged, tagged);
        assertThat(digests("?q=tags%3D*")).containsExactly(tagged);
        assertThat(digests("?q=tags%3Dnil")).containsExactly(untagged);
        assertThat(digests("?q=tags%3D~EASE")).containsExactly(tagged);
        assertThat(digests("?q=tags%3Drelease-1")).containsExactly(tagged);
        assertThat(digests("?q=tags%3Drelease")).isEmpty();
        assertThat(digests("?q=labels%3D(1)")).isEmpty();
        assertThat(digests("?q=type%3DIMAGE&sort=push_time")).containsExactly(tagged, untagged);
        assertThat(digests("?q=digest%3D" + tagged)).containsExactly(tagged);
        assertThat(digests("?q=push_time%3D%5B2001-01-01T00:00:00~2002-01-01T00:00:00%5D")).isEmpty();
        assertThat(digests("?page=2&page_size=1")).containsExactly(tagged);
        assertThat(ADMIN.get(artifacts + "?q=nothing%3D1").status()).isEqualTo(400);
    }

    @Test
    void indexShouldBeShownWithItsEntries() {
        String child = images.pushUntagged();
        String index = images.pushIndex("all", List.of(child));
        JsonNode artifact = ADMIN.get(artifacts + "/all").json();
        assertThat(artifact.at("/references/0/child_digest").asText()).isEqualTo(child);
        assertThat(artifact.at("/references/0/child_id").asLong()).isPositive();
        assertThat(artifact.at("/references/0/platform/architecture").asText()).isEqualTo("arm64");
        assertThat(digests("")).as("a child without a tag is not listed").containsExactly(index);
        assertThat(digests("?q=base%3D*")).containsExactlyInAnyOrder(index, child);
        JsonNode repositoryView = ADMIN.get("/repositories?q=name%3D" + repository).json().get(0);
        assertThat(repositoryView.get("artifact_count").asInt()).isEqualTo(1);
    }

    @Test
    void childrenShouldStayWhileTheirIndexIsThereAndGoWithIt() {
        String child = images.pushUntagged();
        String kept = images.push("kept");
        String index = images.pushIndex("all", List.of(child, kept));
        ApiClient.Answer refused = ADMIN.delete(artifacts + "/" + child);
        assertThat(refused.status()).isEqualTo(412);
        assertThat(refused.error()).isEqualTo("VIOLATE_FOREIGN_KEY_CONSTRAINT");
        assertThat(ADMIN.delete(artifacts + "/" + index).status()).isEqualTo(200);
        assertThat(ADMIN.get(artifacts + "/" + child).status()).isEqualTo(404);
        assertThat(ADMIN.get(artifacts + "/" + kept).status()).isEqualTo(200);
    }

    @Test
    void accessoriesShouldBeShownWithTheirSubjectAndGoWithIt() {
        String subject = images.push("v1");
        String signature = images.pushReferrer(subject, "application/vnd.cncf.notary.signature");
        assertThat(digests("")).containsExactly(subject);
        assertThat(digests("?q=base%3D*")).containsExactly(subject);
        JsonNode accessory = ADMIN.get(artifacts + "/v1/accessories").json().get(0);
        assertThat(accessory.get("digest").asText()).isEqualTo(signature);
        assertThat(accessory.get("type").asText()).isEqualTo("signature.notation");
        assertThat(accessory.get("subject_artifact_digest").asText()).isEqualTo(subject);
        assertThat(ADMIN.get(artifacts + "/v1?with_accessory=true").json().at("/accessories/0/digest").asText())
                .isEqualTo(signature);
        assertThat(ADMIN.delete(artifacts + "/v1").status()).isEqualTo(200);
        assertThat(ADMIN.get(artifacts + "/" + signature).status()).isEqualTo(404);
    }

    @Test
    void deleteByTagShouldTakeTheArtifactWithAllItsTags() {
        String digest = images.push("v1");
        assertThat(ADMIN.post(artifacts + "/v1/tags", "{\"name\":\"v2\"}").status()).isEqualTo(201);
        assertThat(ADMIN.delete(artifacts + "/v2").status()).isEqualTo(200);
        assertThat(ADMIN.get("/v2/" + repository + "/manifests/v1").status()).isEqualTo(404);
        assertThat(ADMIN.get("/v2/" + repository + "/manifests/" + digest).status()).isEqualTo(404);
        assertThat(ADMIN.get(artifacts).json()).isEmpty();
    }

    @Test
    void tagsShouldBeMadeAndTaken() {
        String digest = images.push("v1");
        String other = images.push("other");
        String tags = artifacts + "/" + digest + "/tags";
        assertThat(ADMIN.get("/v2/" + repository + "/manifests/v2").status()).isEqualTo(404);
        ApiClient.Answer made = ADMIN.post(tags, "{\"name\":\"v2\"}");
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.header("Location")).isEmpty();
        assertThat(ADMIN.get("/v2/" + repository + "/manifests/v2").header("Docker-Content-Digest")).hasValue(digest);
        assertThat(ADMIN.post(tags, "{\"name\":\"v2\"}").status()).isEqualTo(409);
        assertThat(ADMIN.post(tags, "{\"name\":\"other\"}").status()).isEqualTo(409);
        assertThat(ADMIN.post(tags, "{\"name\":\"not a tag\"}").status()).isEqualTo(400);
        assertThat(ADMIN.post(tags, "{}").status()).isEqualTo(422);
        assertThat(ADMIN.get(tags + "?sort=name").json().findValuesAsText("name")).containsExactly("v1", "v2");
        assertThat(ADMIN.get(tags + "?q=name%3D~2").header("X-Total-Count")).hasValue("1");
        assertThat(ADMIN.delete(tags + "/other").status()).as("the tag of another artifact").isEqualTo(404);
        assertThat(ADMIN.delete(tags + "/v2").status()).isEqualTo(200);
        assertThat(ADMIN.get("/v2/" + repository + "/manifests/v2").status()).isEqualTo(404);
        assertThat(ADMIN.get("/v2/" + repository + "/manifests/other").header("Docker-Content-Digest")).hasValue(other);
    }

    @Test
    void aRepositoryThatIsNotThereShouldHaveNoArtifacts() {
        assertThat(digests("")).isEmpty();
        assertThat(ADMIN.get(artifacts + "/v1").status()).isEqualTo(404);
    }

    private List<String> digests(String query) {
        ApiClient.Answer answer = ADMIN.get(artifacts + query);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return StreamSupport.stream(answer.json().spliterator(), false)
                .map(artifact -> artifact.get("digest").asText()).toList();
    }
}
