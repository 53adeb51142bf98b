// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.harboree.it.Product;
import org.harboree.it.client.DockerRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Replication with both generations of CNCF Distribution, which have no API for referrers. */
@Tag("clients")
class DistributionIT {
    @Nested
    class Debians extends Running {
        @Override
        DockerRegistry start() {
            return DockerRegistry.open();
        }

        /** Version 2.8 answers 405. */
        @Override
        public boolean deletesTags() {
            return false;
        }
    }

    @Nested
    class Version3 extends Running {
        @Override
        DockerRegistry start() {
            return DockerRegistry.distribution3();
        }
    }

    @Test
    void shouldTakeChosenPlatformsOfAnIndexAlongWhereTheRegistryIsSetUpForIt() {
        try (DockerRegistry registry = DockerRegistry.withSparseIndexes()) {
            Partner partner = Partner.open(registry.url());
            String project = Product.running().api().newProject("sparse", Map.of());
            Images images = new Images(ApiClient.admin(), project + "/app");
            String amd = images.pushUntagged();
            String arm = images.pushUntagged();
            String index = images.pushIndex("multi", Map.of("amd64", amd, "arm64", arm));
            Replications here = new Replications(ApiClient.admin());
            long policy = here.policy(Replications.to(here.registry(partner)), project + "/**",
                    ",\"platforms\":[\"linux/amd64\"]");

            here.succeed(here.run(policy));

            assertThat(Replications.digest(partner.client(), project + "/app", "multi")).contains(index);
            assertThat(Replications.digest(partner.client(), project + "/app", amd)).contains(amd);
            assertThat(Replications.digest(partner.client(), project + "/app", arm)).isEmpty();
            here.requireAlike(policy);
        }
    }

    /** A registry for the tests of a class. */
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    abstract static class Running implements PartnerContract {
        private DockerRegistry registry;

        abstract DockerRegistry start();

        @BeforeAll
        void startRegistry() {
            registry = start();
        }

        @AfterAll
        void stopRegistry() {
            if (registry != null) {
                registry.close();
            }
        }

        @Override
        public Partner partner() {
            return Partner.open(registry.url());
        }
    }
}
