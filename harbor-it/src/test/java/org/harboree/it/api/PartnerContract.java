// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import org.harboree.it.Product;
import org.junit.jupiter.api.Test;

/** What holds for the product's replication with every other registry, in both directions. */
interface PartnerContract {
    /** The other registry. */
    Partner partner();

    /** Whether it can delete a tag and leave the manifest alone. */
    default boolean deletesTags() {
        return true;
    }

    private static Replications here() {
        return new Replications(ApiClient.admin());
    }

    /** A project of the product, and one of the same name on the other side if a push would not make it. */
    private String projectOnBothSides() {
        String project = Product.running().api().newProject("partner", Map.of());
        if (!partner().makesProjects()) {
            partner().makeProject(project, false);
        }
        return project;
    }

    private static void requireNothingLeftToDo(long policy) {
        Replications here = here();
        here.requireAlike(policy);
        long again = here.run(policy);
        here.succeed(again);
        assertThat(here.tasks(again)).isEmpty();
    }

    @Test
    default void shouldPushAllThatBelongsToAnArtifactAndThenNothing() {
        String project = projectOnBothSides();
        Assortment assortment = Assortment.push(ApiClient.admin(), project + "/app");
        long policy = here().policy(Replications.to(here().registry(partner())), project + "/**",
                ",\"override\":true");
        JsonNode before = here().reconciliation(policy);
        assertThat(before.path("missing")).hasSize(assortment.tags().size());
        assertThat(before.path("bytes").asLong()).isPositive();

        here().succeed(here().run(policy));

        assortment.requireAt(partner().client(), project + "/app");
        requireNothingLeftToDo(policy);
    }

    @Test
    default void shouldPullAllThatBelongsToAnArtifactAndThenNothing() {
        String there = Product.uniqueName("source");
        partner().makeProject(there, false);
        Assortment assortment = Assortment.push(partner().client(), there + "/app");
        String target = Product.uniqueName("pulled");
        long policy = here().policy(Replications.from(here().registry(partner()), target), there + "/**",
                ",\"override\":true");
        assertThat(here().reconciliation(policy).path("missing")).hasSize(assortment.tags().size());

        here().succeed(here().run(policy));

        assortment.requireAt(ApiClient.admin(), target + "/app");
        assertThat(Partner.product("harbor").isPublic(target)).contains(false);
        requireNothingLeftToDo(policy);
    }

    @Test
    default void shouldMoveATagThatNamesAnotherArtifactNowInBothDirections() {
        String project = projectOnBothSides();
        long registry = here().registry(partner());
        Images images = new Images(ApiClient.admin(), project + "/app");
        long push = here().policy(Replications.to(registry), project + "/**", ",\"override\":true");
        images.push("v1");
        here().succeed(here().run(push));

        String second = images.push("v1");
        here().succeed(here().run(push));

        assertThat(Replications.digest(partner().client(), project + "/app", "v1")).contains(second);
        here().requireAlike(push);

        String target = Product.uniqueName("pulled");
        long pull = here().policy(Replications.from(registry, target), project + "/**", ",\"override\":true");
        here().succeed(here().run(pull));
        String third = new Images(partner().client(), project + "/app").push("v1");
        here().succeed(here().run(pull));

        assertThat(Replications.digest(ApiClient.admin(), target + "/app", "v1")).contains(third);
        here().requireAlike(pull);
    }

    @Test
    default void shouldFollowPushesAndDeletionsByEvent() {
        String project = projectOnBothSides();
        String repository = project + "/app";
        ApiClient there = partner().client();
        here().policy(Replications.to(here().registry(partner())), project + "/**",
                ",\"override\":true,\"deletion\":true,\"trigger\":{\"type\":\"event_based\"}");
        String artifacts = "/projects/" + project + "/repositories/app/artifacts/";

        String image = new Images(ApiClient.admin(), repository).push("v1");
        Replications.await("the pushed image",
                () -> Replications.digest(there, repository, "v1").filter(image::equals));
        assertThat(ApiClient.admin().post(artifacts + image + "/tags", "{\"name\":\"v2\"}").status()).isEqualTo(201);
        Replications.await("the new tag", () -> Replications.digest(there, repository, "v2").filter(image::equals));
        if (deletesTags()) {
            assertThat(ApiClient.admin().delete(artifacts + image + "/tags/v1").status()).isEqualTo(200);
            Replications.await("the deleted tag",
                    () -> Optional.of(Replications.digest(there, repository, "v1")).filter(Optional::isEmpty));
            assertThat(Replications.digest(there, repository, "v2")).contains(image);
        }
        assertThat(ApiClient.admin().delete(artifacts + image).status()).isEqualTo(200);
        Replications.await("the deleted image",
                () -> Optional.of(Replications.digest(there, repository, image)).filter(Optional::isEmpty));
    }
}
