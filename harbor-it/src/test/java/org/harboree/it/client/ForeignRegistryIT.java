// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.harboree.it.Product;
import org.harboree.it.ServerProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Another implementation of the distribution API, Debian's docker-registry, that trusts our token service as Harbor's
 * own registry trusts Harbor's: our tokens and the certificates that we publish must satisfy it.
 */
@Tag("clients")
class ForeignRegistryIT {

    private static ClientHome home;
    private static Workplace work;
    private static String address;
    private static ServerProcess registry;

    @BeforeAll
    static void startRegistry() throws IOException, InterruptedException {
        home = ClientHome.create("foreign-registry");
        work = Workplace.create("foreign");
        address = "127.0.0.1:" + ServerProcess.freePort();
        Path certificates = Files.writeString(Path.of(home.path("certificates.pem")), certificates());
        Path configuration = Files.writeString(Path.of(home.path("registry.yml")), """
                version: 0.1
                storage:
                  filesystem: {rootdirectory: %s}
                http: {addr: "%s"}
                auth:
                  token:
                    realm: %s/service/token
                    service: harbor-registry
                    issuer: harbor-token-issuer
                    rootcertbundle: %s
                """.formatted(home.path("content"), address, Product.running().url(), certificates));
        // The variable means something else to this server than to skopeo.
        registry = home.command("env", "-u", "REGISTRY_AUTH_FILE", Tools.find("docker-registry").toString(), "serve",
                configuration.toString()).serve("registry.log", "listening on");
    }

    @AfterAll
    static void stopRegistry() {
        if (registry != null) {
            registry.close();
        }
    }

    @Test
    void shouldTakeOurTokensForPushAndPull() {
        OciLayout image = OciLayout.image(Path.of(home.path("image")), 200_000);
        copy(work.credentials(), image.reference(), remote("image:1")).succeed();
        copy(work.credentials(), remote("image@" + image.digest()), "oci:" + home.path("pulled") + ":1").succeed();
        assertThat(Path.of(home.path("pulled/blobs"), image.digest().replace(':', '/'))).exists();
    }

    @Test
    void shouldRefuseWhoeverHasNoRightInOurProject() {
        OciLayout image = OciLayout.image(Path.of(home.path("refused")), 1_000);
        String stranger = Product.running().api().newUser("foreign-stranger", work.password());
        assertThat(copy(stranger + ":" + work.password(), image.reference(), remote("refused:1")).fail())
                .containsAnyOf("denied", "unauthorized");
        assertThat(copy(work.user() + ":wrong", image.reference(), remote("refused:1")).fail())
                .containsAnyOf("denied", "unauthorized", "invalid username/password");
    }

    private static Command copy(String credentials, String from, String to) {
        String option = (to.startsWith("docker:") ? "--dest-creds=" : "--src-creds=") + credentials;
        return home.command("skopeo", "copy", "--src-tls-verify=false", "--dest-tls-verify=false", option, from, to);
    }

    private static String remote(String name) {
        return "docker://" + address + "/" + work.repositoryPath(name);
    }

    private static String certificates() throws IOException, InterruptedException {
        URI url = URI.create(Product.running().url() + "/service/token/certificates");
        var answer = HttpClient.newHttpClient().send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }
}
