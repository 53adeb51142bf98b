// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.harboree.it.ServerProcess;
import org.harboree.it.launcher.LauncherRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Replication between two installations of the product, which see each other as a Harbor or as any registry. */
@DisabledIfSystemProperty(named = "harbor.it.url", matches = ".+", disabledReason = "there is no second server then")
class TwoInstancesIT {
    private static final String PASSWORD = "Second-Test-1";

    private static LauncherRun second;

    @BeforeAll
    static void startTheSecond(@TempDir Path folder) throws Exception {
        String port = Integer.toString(ServerProcess.freePort());
        second = LauncherRun.start(folder.resolve("data"), Map.of("HARBOR_ADMIN_PASSWORD", PASSWORD,
                "HARBOR_HTTP_PORT", port, "HARBOR_EXTERNAL_URL", "http://127.0.0.1:" + port));
        assertThat(second.awaitLine()).contains("is ready");
    }

    @AfterAll
    static void stopTheSecond() {
        if (second != null) {
            second.close();
        }
    }

    private static Partner second(String adapter) {
        URI url = second.url("");
        return Partner.harbor(adapter, url, PASSWORD);
    }

    @Nested
    class AsHarbor implements HarborPartnerContract {
        @Override
        public Partner partner() {
            return second("harbor");
        }
    }

    @Nested
    class AsAnyRegistry implements PartnerContract {
        @Override
        public Partner partner() {
            return second("docker-registry");
        }
    }
}
