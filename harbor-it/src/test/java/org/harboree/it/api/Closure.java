// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;

/**
 * All that stands under a reference of a registry: the manifest, children, blobs, and what refers to any of them. Each
 * is read, and compared with its digest.
 */
final class Closure {
    private static final String ACCEPT = "application/vnd.oci.image.manifest.v1+json,"
            + "application/vnd.oci.image.index.v1+json";

    private final ApiClient registry;
    private final String repository;
    private final Set<String> digests = new TreeSet<>();

    private Closure(ApiClient registry, String repository) {
        this.registry = registry;
        this.repository = repository;
    }

    /** The digests of the closure; fails if a part of it is missing or wrong. */
    static Set<String> of(ApiClient registry, String repository, String reference) {
        Closure closure = new Closure(registry, repository);
        closure.read(reference);
        return closure.digests;
    }

    private void read(String reference) {
        JsonNode manifest = manifest(reference);
        manifest.path("manifests").forEach(child -> read(child.path("digest").asText()));
        if (manifest.has("config")) {
            blob(manifest.path("config"));
        }
        manifest.path("layers").forEach(this::blob);
    }

    private JsonNode manifest(String reference) {
        ApiClient.Answer answer =
                registry.get("/v2/" + repository + "/manifests/" + reference, "Accept", ACCEPT);
        assertThat(answer.status()).as(reference + " of " + repository + ": " + answer.body()).isEqualTo(200);
        String digest = Images.digest(answer.body());
        if (reference.contains(":")) {
            assertThat(digest).isEqualTo(reference);
        }
        if (digests.add(digest)) {
            referrers(digest).path("manifests").forEach(referrer -> read(referrer.path("digest").asText()));
        }
        return answer.json();
    }

    /** By the API, or by the tag that stands in for it. */
    private JsonNode referrers(String subject) {
        ApiClient.Answer listed = registry.get("/v2/" + repository + "/referrers/" + subject);
        if (listed.status() == 404) {
            listed = registry.get("/v2/" + repository + "/manifests/" + subject.replace(':', '-'), "Accept", ACCEPT);
        }
        assertThat(listed.status()).as("referrers of " + subject + ": " + listed.body()).isIn(200, 404);
        return listed.json();
    }

    private void blob(JsonNode descriptor) {
        String digest = descriptor.path("digest").asText();
        ApiClient.Answer answer = registry.get("/v2/" + repository + "/blobs/" + digest);
        assertThat(answer.status()).as(digest + " of " + repository + ": " + answer.body()).isEqualTo(200);
        assertThat(Images.digest(answer.body())).isEqualTo(digest);
        assertThat(answer.body().getBytes(StandardCharsets.UTF_8)).hasSize(descriptor.path("size").asInt());
        digests.add(digest);
    }
}
