// SPDX-License-Identifier: Apache-2.0
package org.harboree.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArtifactNameTest {
    private static final String DIGEST = "sha256:" + "0".repeat(64);

    @Test
    void shouldReadATag() {
        ArtifactName name = ArtifactName.parse("library/a/b:v1.0");
        assertThat(name.repository().value()).isEqualTo("library/a/b");
        assertThat(name.reference()).isEqualTo(Tag.parse("v1.0"));
        assertThat(name).hasToString("library/a/b:v1.0");
    }

    @Test
    void shouldReadADigestAlsoBehindATag() {
        ArtifactName name = ArtifactName.parse("library/a@" + DIGEST);
        assertThat(name.reference()).isEqualTo(Digest.parse(DIGEST));
        assertThat(ArtifactName.parse("library/a:v1@" + DIGEST)).isEqualTo(name);
        assertThat(name).hasToString("library/a@" + DIGEST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "library/a", "a:v1", "library/a:", ":v1", "library/A:v1", "library/a:-v", "library/a@",
        "library/a@v1", "library/a@sha256:0", "library/../a:v1", "localhost:5000/library/a:v1", "library/a:v 1",
        "library/a:-@sha256:0000000000000000000000000000000000000000000000000000000000000000"})
    void shouldRefuseWhatIsNeither(String text) {
        assertThatThrownBy(() -> ArtifactName.parse(text)).isInstanceOfSatisfying(HarborException.class,
                refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.BAD_REQUEST));
    }
}
