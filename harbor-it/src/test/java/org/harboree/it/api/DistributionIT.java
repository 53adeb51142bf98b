// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.api;

import org.harboree.it.client.DockerRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
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
