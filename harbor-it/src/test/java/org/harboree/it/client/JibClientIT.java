// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainer;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.harboree.it.Product;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Jib, which builds and pushes from inside a Java build. */
@Tag("clients")
class JibClientIT {

    private static ClientHome home;
    private static Workplace work;

    @BeforeAll
    static void prepare() {
        home = ClientHome.create("jib");
        work = Workplace.create("jib");
    }

    @Test
    void shouldPushAnImageMadeFromNothing() throws Exception {
        JibContainer image = containerize(layerOf(Jib.fromScratch()), "scratch:1", work.password());
        assertThat(digest("scratch:1")).isEqualTo(image.getDigest().toString());
    }

    @Test
    void shouldPushDockersManifestFormat() throws Exception {
        containerize(layerOf(Jib.fromScratch()).setFormat(ImageFormat.Docker), "docker:1", work.password());
        containerize(layerOf(Jib.fromScratch()).setFormat(ImageFormat.OCI), "oci:1", work.password());
        assertThat(raw("docker:1")).contains("application/vnd.docker.distribution.manifest.v2+json");
        assertThat(raw("oci:1")).contains("application/vnd.oci.image.config.v1+json");
    }

    @Test
    void shouldBuildUponAnImageOfTheRegistry() throws Exception {
        containerize(layerOf(Jib.fromScratch()), "base:1", work.password());
        JibContainerBuilder upon = layerOf(Jib.from(image("base:1", work.password())));
        JibContainer image = containerize(upon, "derived:1", work.password());
        assertThat(digest("derived:1")).isEqualTo(image.getDigest().toString());
    }

    @Test
    void shouldRefuseAWrongPassword() {
        assertThatThrownBy(() -> containerize(layerOf(Jib.fromScratch()), "refused:1", "wrong" + work.password()))
                .isInstanceOf(RegistryException.class).hasMessageContaining("nauthorized");
    }

    private static JibContainerBuilder layerOf(JibContainerBuilder builder) throws IOException {
        String name = Product.uniqueName("file");
        Path file = Files.writeString(Path.of(home.path(name)), name);
        return builder.addLayer(List.of(file), AbsoluteUnixPath.get("/files")).setEntrypoint("/files/" + name);
    }

    private static JibContainer containerize(JibContainerBuilder builder, String name, String password)
            throws Exception {
        return builder.containerize(Containerizer.to(image(name, password))
                .setAllowInsecureRegistries(true)
                .setBaseImageLayersCache(Path.of(home.path("base-layers")))
                .setApplicationLayersCache(Path.of(home.path("application-layers"))));
    }

    private static RegistryImage image(String name, String password) throws InvalidImageReferenceException {
        return RegistryImage.named(work.repository(name)).addCredential(work.user(), password);
    }

    private static String digest(String name) {
        return skopeoInspect(name, "--format={{.Digest}}");
    }

    private static String raw(String name) {
        return skopeoInspect(name, "--raw");
    }

    private static String skopeoInspect(String name, String option) {
        return home.command("skopeo", "inspect", option, "--tls-verify=false", "--creds", work.credentials(),
                "docker://" + work.repository(name)).succeed();
    }
}
