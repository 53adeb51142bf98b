// SPDX-License-Identifier: Apache-2.0
package org.harboree.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.harboree.oci.Platform;
import org.harboree.registry.ArtifactDetails;
import org.harboree.registry.ReferenceDetails;
import org.harboree.registry.RepositoryRef;
import org.junit.jupiter.api.Test;

class ImageFactsTest {
    private static final String FACTS = "{\"architecture\":\"arm64\",\"os\":\"linux\",\"variant\":\"v8\","
            + "\"author\":\"A\",\"created\":\"2026-01-02T03:04:05.678+01:00\",\"config\":{\"Entrypoint\":[\"/run\"],"
            + "\"Cmd\":[\"a b\",\"\",\"it's ok\"],\"Env\":[\"PATH=/bin\",\"EMPTY\",\"X=a=b\"],\"User\":\"nobody\","
            + "\"ExposedPorts\":{\"80/tcp\":{}},\"Volumes\":null,\"Labels\":{\"l\":\"1\"}}}";

    @Test
    void shouldReadWhatAConfigSays() {
        ImageFacts facts = ImageFacts.of(artifact(FACTS, "{\"note\":\"x\"}"));

        assertThat(facts.getPlatform()).isEqualTo("linux/arm64/v8");
        assertThat(facts.getCreated()).isEqualTo(Instant.parse("2026-01-02T02:04:05.678Z"));
        assertThat(facts.getEntrypoint()).isEqualTo("/run");
        assertThat(facts.getCommand()).isEqualTo("'a b' '' 'it'\\''s ok'");
        assertThat(facts.getEnvironment()).containsExactly(Map.entry("PATH", "/bin"), Map.entry("EMPTY", ""),
                Map.entry("X", "a=b"));
        assertThat(facts.getPorts()).containsExactly("80/tcp");
        assertThat(facts.getVolumes()).isEmpty();
        assertThat(facts.getLabels()).containsExactly(Map.entry("l", "1"));
        assertThat(facts.getAnnotations()).containsExactly(Map.entry("note", "x"));
        assertThat(facts.isConfigured()).isTrue();
    }

    @Test
    void shouldBearWhatSaysNothing() {
        for (String json : new String[] {null, "{}", "{\"created\":\"yesterday\",\"config\":null,\"os\":5}"}) {
            ImageFacts facts = ImageFacts.of(artifact(json, null));

            assertThat(facts.getCreated()).isNull();
            assertThat(facts.getCommand()).isEmpty();
            assertThat(facts.getEnvironment()).isEmpty();
            assertThat(facts.isConfigured()).isFalse();
        }
    }

    @Test
    void shouldLeaveOutEntriesOfAnIndexThatAreNoImages() {
        assertThat(ImageFacts.platforms(artifact(null, null, platform("linux", "amd64", ""),
                platform("unknown", "unknown", ""), platform("linux", "arm", "v7"), platform("linux", "amd64", ""))))
                .containsExactly("linux/amd64", "linux/arm/v7");
    }

    private static Platform platform(String os, String architecture, String variant) {
        return new Platform(architecture, os, "", variant, List.of());
    }

    private static ArtifactDetails artifact(String facts, String annotations, Platform... entries) {
        return new ArtifactDetails(1, "IMAGE", "", "", "", new RepositoryRef(1, 1, "library/app", true), "sha256:1", 1,
                Instant.EPOCH, Optional.empty(), 0, Optional.ofNullable(facts), Optional.ofNullable(annotations),
                Stream.of(entries).map(platform -> new ReferenceDetails(1, OptionalLong.empty(), "sha256:2",
                        Optional.of(platform), Map.of(), List.of())).toList(), List.of(), List.of());
    }
}
