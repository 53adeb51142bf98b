// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.harboree.it.HarborApi;
import org.harboree.it.Product;
import org.harboree.it.ProjectRole;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An artifact is copied into another repository by one request, and pulled from there. */
class CopyIT {
    private static final ApiClient ADMIN = ApiClient.admin();

    private HarborApi api;
    private String source;
    private String target;
    private Images images;

    @BeforeEach
    void makeProjects() {
        api = Product.running().api();
        source = api.newProject("copy-from");
        target = api.newProject("copy-to");
        images = new Images(ADMIN, source + "/image");
    }

    private ApiClient.Answer copy(ApiClient who, String repository, String from) {
        return who.post("/projects/" + target + "/repositories/" + repository + "/artifacts?from=" + from, "");
    }

    private static ApiClient.Answer pull(String repository, String reference) {
        return ADMIN.get("/v2/" + repository + "/manifests/" + reference);
    }

    /** Every blob that the copy names can be pulled from where it was copied to. */
    private static void assertWhole(String repository, String digest) {
        ApiClient.Answer manifest = pull(repository, digest);
        assertThat(manifest.status()).isEqualTo(200);
        List<String> blobs = new ArrayList<>(manifest.json().get("layers").findValuesAsText("digest"));
        blobs.add(manifest.json().at("/config/digest").asText());
        assertThat(blobs).hasSize(2).allSatisfy(blob ->
                assertThat(ADMIN.get("/v2/" + repository + "/blobs/" + blob).status()).isEqualTo(200));
    }

    private static List<String> digests(String project, String repository) {
        ApiClient.Answer list = ADMIN.get("/projects/" + project + "/repositories/" + repository
                + "/artifacts?with_tag=false&q=base%3D*");
        return StreamSupport.stream(list.json().spliterator(), false).map(a -> a.get("digest").asText()).toList();
    }

    @Test
    void imageShouldBeCopiedWithAllItsTags() {
        String digest = images.push("v1");
        ADMIN.post("/projects/" + source + "/repositories/image/artifacts/v1/tags", "{\"name\":\"latest\"}");
        String manifest = pull(source + "/image", digest).body();
        ApiClient.Answer copied = copy(ADMIN, "a%252Fb", source + "/image:v1");
        assertThat(copied.status()).as(copied.body()).isEqualTo(201);
        String location = copied.header("Location").orElseThrow();
        assertThat(location).isEqualTo("/api/v2.0/projects/" + target + "/repositories/a%252Fb/artifacts/v1");
        assertThat(ADMIN.get(location).json().get("digest").asText()).isEqualTo(digest);
        assertThat(ADMIN.get(location).json().at("/extra_attrs/architecture").asText()).isEqualTo("amd64");
        assertThat(ADMIN.get(location + "/tags?sort=name").json().findValuesAsText("name"))
                .containsExactly("latest", "v1");
        assertThat(pull(target + "/a/b", "latest").body()).isEqualTo(manifest);
        assertWhole(target + "/a/b", digest);
        assertThat(ADMIN.delete("/projects/" + source + "/repositories/image").status()).isEqualTo(200);
        assertWhole(target + "/a/b", digest);
    }

    @Test
    void copyByDigestShouldBeNamedByItsDigest() {
        String digest = images.pushUntagged();
        ApiClient.Answer copied = copy(ADMIN, "image", source + "/image@" + digest);
        assertThat(copied.header("Location").orElseThrow()).endsWith("/artifacts/" + digest);
        assertWhole(target + "/image", digest);
    }

    @Test
    void indexShouldBeCopiedWithItsChildrenAndWhatRefersToEach() {
        String child = images.pushUntagged();
        String index = images.pushIndex("all", List.of(child, images.push("other")));
        String signature = images.pushReferrer(index, "application/vnd.cncf.notary.signature");
        String report = images.pushReferrer(child, "application/vnd.example.report");
        String ofSignature = images.pushReferrer(signature, "application/vnd.example.report");
        assertThat(copy(ADMIN, "image", source + "/image:all").status()).isEqualTo(201);
        assertThat(ADMIN.get("/v2/" + target + "/image/referrers/" + index).body()).contains(signature);
        assertThat(ADMIN.get("/v2/" + target + "/image/referrers/" + child).body()).contains(report);
        assertThat(ADMIN.get("/v2/" + target + "/image/referrers/" + signature).body()).contains(ofSignature);
        List.of(child, signature, report, ofSignature).forEach(digest -> assertWhole(target + "/image", digest));
        assertThat(digests(target, "image")).contains(index, child);
        assertThat(pull(target + "/image", "other").status()).as("tags of children stay behind").isEqualTo(404);
        assertThat(ADMIN.delete("/projects/" + target + "/repositories/image/artifacts/" + child).status())
                .as("the copy needs its child").isEqualTo(412);
    }

    @Test
    void copyShouldMoveATagAndMayBeRepeated() {
        String digest = images.push("v1");
        new Images(ADMIN, target + "/image").push("v1");
        for (int i = 0; i < 2; i++) {
            assertThat(copy(ADMIN, "image", source + "/image:v1").status()).isEqualTo(201);
            assertThat(pull(target + "/image", "v1").header("Docker-Content-Digest")).hasValue(digest);
        }
        assertThat(digests(target, "image")).hasSize(2);
    }

    @Test
    void accessoryShouldBeCopiedWithItsSubjectOnly() {
        String signature = images.pushReferrer(images.push("v1"), "application/vnd.cncf.notary.signature");
        ApiClient.Answer refused = copy(ADMIN, "image", source + "/image@" + signature);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.error()).isEqualTo("DENIED");
        assertThat(digests(target, "image")).isEmpty();
    }

    @Test
    void callerShouldNeedTheRightToCreateThereAndToReadHere() {
        images.push("v1");
        ApiClient person = ApiClient.newUser("copy");
        assertThat(copy(ApiClient.anonymous(), "image", source + "/image:v1").status()).isEqualTo(401);
        assertThat(copy(person, "image", source + "/image:v1").status()).isEqualTo(403);
        api.addMember(target, person.name(), ProjectRole.DEVELOPER);
        String unreadable = copy(person, "image", source + "/image:v1").body();
        assertThat(copy(person, "image", source + "/image:v1").status()).isEqualTo(403);
        assertThat(copy(person, "image", Product.uniqueName("no") + "/image:v1").body())
                .as("a project that there is not looks the same").isEqualTo(unreadable);
        api.addMember(source, person.name(), ProjectRole.LIMITED_GUEST);
        assertThat(copy(person, "image", source + "/image:v1").status()).isEqualTo(201);
    }

    @Test
    void sparseIndexShouldBeCopiedOnlyToWhereOneMayBe() {
        String open = api.newProject("copy-sparse", Map.of("public", "false", "allow_sparse_index", "true"));
        String index = "application/vnd.oci.image.index.v1+json";
        String json = "{\"schemaVersion\":2,\"mediaType\":\"" + index + "\",\"manifests\":[{\"mediaType\":"
                + "\"application/vnd.oci.image.manifest.v1+json\",\"digest\":\"sha256:" + "1".repeat(64)
                + "\",\"size\":9}]}";
        assertThat(ADMIN.send("PUT", "/v2/" + open + "/sparse/manifests/v1", json, "Content-Type", index).status())
                .isEqualTo(201);
        ApiClient.Answer refused = copy(ADMIN, "image", open + "/sparse:v1");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.error()).isEqualTo("MANIFEST_BLOB_UNKNOWN");
        assertThat(ADMIN.post("/projects/" + open + "/repositories/other/artifacts?from=" + open + "/sparse:v1", "")
                .status()).isEqualTo(201);
        assertThat(pull(open + "/other", "v1").body()).isEqualTo(json);
    }
}
