// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.harboree.it.Product;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Replication with a real Harbor: ours with it, and its own with us. It runs already; it has to reach this machine, and
 * this machine it:
 *
 * <pre>
 *   HARBOR_PEER_URL=http://127.0.0.1:8088 HARBOR_PEER_PASSWORD=... .ci/clients -Dit.test=HarborPeerIT
 * </pre>
 */
@Tag("clients")
class HarborPeerIT {
    @BeforeAll
    static void requireHarbor() {
        assumeTrue(System.getenv("HARBOR_PEER_URL") != null && System.getenv("HARBOR_PEER_PASSWORD") != null,
                "no Harbor to replicate with: set HARBOR_PEER_URL and HARBOR_PEER_PASSWORD");
    }

    private static Partner peer(String adapter) {
        return Partner.harbor(adapter, URI.create(System.getenv("HARBOR_PEER_URL").replaceFirst("/+$", "")),
                System.getenv("HARBOR_PEER_PASSWORD"));
    }

    @Nested
    class OursWithItsApi implements HarborPartnerContract {
        @Override
        public Partner partner() {
            return peer("harbor");
        }

        @ParameterizedTest
        @ValueSource(strings = {"matches", "excludes"})
        void shouldPullWhatHasTheLabelOrWhatHasNot(String decoration) {
            String there = Product.uniqueName("labelled");
            partner().makeProject(there, false);
            Images images = new Images(partner().client(), there + "/app");
            String with = images.push("with");
            images.push("without");
            String label = Product.uniqueName("stable");
            long labelId = partner().client().post("/labels",
                    "{\"name\":\"" + label + "\",\"scope\":\"g\"}").newId();
            assertThat(partner().client().post("/projects/" + there + "/repositories/app/artifacts/" + with
                    + "/labels", "{\"id\":" + labelId + "}").status()).isEqualTo(200);
            Replications here = new Replications(ApiClient.admin());
            String target = Product.uniqueName("pulled");

            long policy = here.filtered(Replications.from(here.registry(partner()), target),
                    "{\"type\":\"name\",\"value\":\"" + there + "/**\"},{\"type\":\"label\",\"value\":[\"" + label
                            + "\"],\"decoration\":\"" + decoration + "\"}", "");
            here.succeed(here.run(policy));

            boolean matches = decoration.equals("matches");
            assertThat(Replications.digest(ApiClient.admin(), target + "/app", "with").isPresent())
                    .isEqualTo(matches);
            assertThat(Replications.digest(ApiClient.admin(), target + "/app", "without").isPresent())
                    .isNotEqualTo(matches);
            here.requireAlike(policy);
        }
    }

    @Nested
    class OursWithItsRegistry implements PartnerContract {
        @Override
        public Partner partner() {
            return peer("docker-registry");
        }

        /** Its door for clients would delete the manifest with all its tags. */
        @Override
        public boolean deletesTags() {
            return false;
        }
    }

    /** Harbor's own replication, with us as one of its endpoints. */
    @Nested
    class ItsOwnWithUs {
        private final ApiClient there = peer("harbor").client();
        private final Replications replications = new Replications(there);

        @ParameterizedTest
        @ValueSource(strings = {"harbor", "docker-registry"})
        void shouldPushToUs(String adapter) {
            String project = Product.uniqueName("theirs");
            peer("harbor").makeProject(project, true);
            Assortment assortment = Assortment.push(there, project + "/app");
            if (!Partner.product(adapter).makesProjects()) {
                Partner.product(adapter).makeProject(project, true);
            }
            long policy = replications.policy(Replications.to(replications.registry(Partner.product(adapter))),
                    project + "/**", ",\"override\":true");

            replications.succeed(replications.run(policy));

            assortment.requireAt(ApiClient.admin(), project + "/app");
            assertThat(Partner.product(adapter).isPublic(project)).contains(true);
            long again = replications.run(policy);
            replications.succeed(again);
            assertThat(replications.logs(again)).doesNotContain("copying the blob");
        }

        @ParameterizedTest
        @ValueSource(strings = {"harbor", "docker-registry"})
        void shouldPullFromUs(String adapter) {
            String project = Product.running().api().newProject("ours", Map.of("public", "true"));
            Assortment assortment = Assortment.push(ApiClient.admin(), project + "/app");
            String target = Product.uniqueName("theirs");
            long policy = replications.policy(
                    Replications.from(replications.registry(Partner.product(adapter)), target), project + "/**",
                    ",\"override\":true");

            replications.succeed(replications.run(policy));

            if (adapter.equals("harbor")) {
                assortment.requireAt(there, target + "/app");
                assertThat(peer("harbor").isPublic(target)).contains(true);
            } else {
                // it asks no registry of the Distribution Spec for referrers
                assortment.requireTagsAt(there, target + "/app");
            }
            long again = replications.run(policy);
            replications.succeed(again);
            assertThat(replications.logs(again)).doesNotContain("copying the blob");
        }

        @Test
        void shouldPushToUsByEvent() {
            String project = Product.uniqueName("theirs");
            peer("harbor").makeProject(project, false);
            String repository = project + "/app";
            replications.policy(Replications.to(replications.registry(Partner.product("harbor"))), project + "/**",
                    ",\"override\":true,\"deletion\":true,\"trigger\":{\"type\":\"event_based\"}");

            String image = new Images(there, repository).push("v1");
            Replications.await("the pushed image",
                    () -> Replications.digest(ApiClient.admin(), repository, "v1").filter(image::equals));
            String artifacts = "/projects/" + project + "/repositories/app/artifacts/";
            assertThat(there.post(artifacts + image + "/tags", "{\"name\":\"v2\"}").status()).isEqualTo(201);
            assertThat(there.delete(artifacts + image + "/tags/v1").status()).isEqualTo(200);
            Replications.await("the deleted tag", () -> Optional.of(
                    Replications.digest(ApiClient.admin(), repository, "v1")).filter(Optional::isEmpty));
        }
    }
}
