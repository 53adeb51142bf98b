// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.util.Map;
import org.harboree.it.HarborApi;
import org.harboree.it.Product;
import org.harboree.it.ProjectRole;
import org.harboree.it.launcher.LauncherRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Another implementation of the distribution API, Debian's docker-registry, that trusts our token service as Harbor's
 * own registry trusts Harbor's: our tokens and the certificates that we publish must satisfy it, whichever of the two
 * algorithms signs.
 */
@Tag("clients")
class ForeignRegistryIT {
    private static final String PASSWORD = "Foreign-Test-1";

    @Nested
    class WithEcdsa extends TrustingRegistry {
        @BeforeAll
        void startRegistry() throws Exception {
            trust(Product.running().url(), Product.running().api(), "EC");
        }
    }

    @Nested
    @DisabledIfSystemProperty(named = "harbor.it.url", matches = ".+", disabledReason = "that server has its settings")
    class WithRsa extends TrustingRegistry {
        private LauncherRun run;

        @BeforeAll
        void startBoth(@TempDir Path folder) throws Exception {
            run = LauncherRun.start(folder.resolve("data"),
                    Map.of("HARBOR_ADMIN_PASSWORD", PASSWORD, "HARBOR_TOKEN_ALGORITHM", "RS256"));
            assertThat(run.awaitLine()).contains("is ready");
            trust(run.url(""), new HarborApi(run.url(""), "admin", PASSWORD), "RSA");
        }

        @AfterAll
        void stopServer() {
            if (run != null) {
                run.close();
            }
        }
    }

    /** A registry that trusts one of our servers, and a person who pushes to it and pulls from it. */
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    abstract static class TrustingRegistry {
        private final ClientHome home = ClientHome.create("foreign-registry");
        private HarborApi api;
        private String project;
        private String person;
        private DockerRegistry registry;

        /** @param algorithm of the key that the server publishes first, which is the one that signs */
        void trust(URI server, HarborApi administrator, String algorithm) throws Exception {
            api = administrator;
            project = api.newProject("foreign");
            person = api.newUser("foreign", PASSWORD);
            api.addMember(project, person, ProjectRole.MAINTAINER);
            String published = certificates(server);
            assertThat(CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(published.getBytes(StandardCharsets.US_ASCII)))
                    .getPublicKey().getAlgorithm()).isEqualTo(algorithm);
            Path certificates = Files.writeString(Path.of(home.path("certificates.pem")), published);
            registry = DockerRegistry.start(home, """
                    auth:
                      token:
                        realm: %s/service/token
                        service: harbor-registry
                        issuer: harbor-token-issuer
                        rootcertbundle: %s
                    """.formatted(server, certificates));
        }

        @AfterAll
        void stopRegistry() {
            if (registry != null) {
                registry.close();
            }
        }

        @Test
        void shouldTakeOurTokensForPushAndPull() {
            OciLayout image = OciLayout.image(Path.of(home.path("image")), 200_000);
            copy(person + ":" + PASSWORD, image.reference(), remote("image:1")).succeed();
            copy(person + ":" + PASSWORD, remote("image@" + image.digest()), "oci:" + home.path("pulled") + ":1")
                    .succeed();
            assertThat(Path.of(home.path("pulled/blobs"), image.digest().replace(':', '/'))).exists();
        }

        @Test
        void shouldRefuseWhoeverHasNoRightInOurProject() {
            OciLayout image = OciLayout.image(Path.of(home.path("refused")), 1_000);
            String stranger = api.newUser("foreign-stranger", PASSWORD);
            assertThat(copy(stranger + ":" + PASSWORD, image.reference(), remote("refused:1")).fail())
                    .containsAnyOf("denied", "unauthorized");
            assertThat(copy(person + ":wrong", image.reference(), remote("refused:1")).fail())
                    .containsAnyOf("denied", "unauthorized", "invalid username/password");
        }

        private Command copy(String credentials, String from, String to) {
            String option = (to.startsWith("docker:") ? "--dest-creds=" : "--src-creds=") + credentials;
            return home.command("skopeo", "copy", "--src-tls-verify=false", "--dest-tls-verify=false", option, from,
                    to);
        }

        private String remote(String name) {
            return "docker://" + registry.address() + "/" + project + "/" + name;
        }

        private static String certificates(URI server) throws IOException, InterruptedException {
            URI url = URI.create(server + "/service/token/certificates");
            var answer = HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            return answer.body();
        }
    }
}
