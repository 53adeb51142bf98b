// SPDX-License-Identifier: Apache-2.0
package org.harboree.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;
import org.harboree.oci.Descriptor;
import org.harboree.oci.Digest;
import org.harboree.oci.MediaTypes;
import org.harboree.oci.Platform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlatformChoiceTest {
    private static final Descriptor AMD64 = child("amd64", "linux", "amd64", "", Map.of());
    private static final Descriptor ARM_V6 = child("v6", "linux", "arm", "v6", Map.of());
    private static final Descriptor ARM_V7 = child("v7", "linux", "arm", "v7", Map.of());
    private static final Descriptor WINDOWS = child("windows", "windows", "amd64", "", Map.of());
    private static final List<Descriptor> ALL = List.of(AMD64, ARM_V6, ARM_V7, WINDOWS);

    private static Descriptor child(String name, String os, String architecture, String variant,
            Map<String, String> annotations) {
        return new Descriptor(MediaTypes.OCI_MANIFEST, Digest.sha256(name.getBytes(StandardCharsets.UTF_8)), 1,
                List.of(), annotations, os.isEmpty() ? Optional.empty()
                        : Optional.of(new Platform(architecture, os, "", variant, List.of())), Optional.empty());
    }

    private static List<Descriptor> taken(List<Descriptor> children, String... platforms) {
        return new PlatformChoice(Arrays.asList(platforms)).of(children);
    }

    @Test
    void shouldTakeTheChildrenOfThePlatformsAndOfEachVariantWhereNoneIsNamed() {
        assertThat(taken(ALL)).isEqualTo(ALL);
        assertThat(taken(ALL, "linux/amd64")).containsExactly(AMD64);
        assertThat(taken(ALL, "linux/arm")).containsExactly(ARM_V6, ARM_V7);
        assertThat(taken(ALL, "linux/arm/v7", "windows/amd64")).containsExactly(ARM_V7, WINDOWS);
        assertThat(taken(ALL, "linux/s390x")).isEmpty();
    }

    @Test
    void shouldTakeAnAttestationWithTheChildThatItIsAbout() {
        String about = "vnd.docker.reference.digest";
        Descriptor ofAmd = child("a", "unknown", "unknown", "", Map.of(about, AMD64.digest().toString()));
        Descriptor ofArm = child("b", "unknown", "unknown", "", Map.of(about, ARM_V7.digest().toString()));
        Descriptor ofNobody = child("c", "", "", "", Map.of());

        assertThat(taken(List.of(AMD64, ARM_V7, ofAmd, ofArm, ofNobody), "linux/amd64"))
                .containsExactly(AMD64, ofAmd, ofNobody);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "linux", "linux/", "/amd64", "Linux/amd64", "linux/arm/v7/x", "linux/arm 64"})
    void shouldRefuseWhatIsNoPlatform(String platform) {
        assertThatThrownBy(() -> new PlatformChoice(List.of(platform))).isInstanceOfSatisfying(HarborException.class,
                refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.BAD_REQUEST));
    }

    @Test
    void shouldRefuseTooMany() {
        assertThatThrownBy(() -> new PlatformChoice(Collections.nCopies(51, "linux/amd64")))
                .isInstanceOf(HarborException.class);
    }

    @Test
    void shouldStayAsTheyWereWhereAChangeSaysNothingAboutThem() {
        PolicyFilters before = new PolicyFilters(List.of(), Optional.of(new PlatformChoice(List.of("linux/amd64"))));
        PolicyFilter name = PolicyFilter.of("name", "library/**", null);

        assertThat(before.changedTo(new PolicyFilters(List.of(name))))
                .isEqualTo(new PolicyFilters(List.of(name), before.platforms()));
        assertThat(before.changedTo(new PolicyFilters(List.of(), Optional.of(PlatformChoice.ALL))).choice().isAll())
                .isTrue();
    }
}
