// SPDX-License-Identifier: Apache-2.0
package org.harboree.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class DigestTest {
    private static final String EMPTY_HEX = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    @Test
    void shouldNameContentByItsSha256() {
        Digest digest = Digest.sha256(new byte[0]);

        assertThat(digest).hasToString("sha256:" + EMPTY_HEX).isEqualTo(Digest.parse("sha256:" + EMPTY_HEX));
        assertThat(digest.algorithm()).isEqualTo(Digest.Algorithm.SHA256);
        assertThat(digest.hex()).isEqualTo(EMPTY_HEX);
    }

    @Test
    void shouldVerifySha512() {
        byte[] hash = Digest.Algorithm.SHA512.newMessageDigest().digest("a".getBytes(StandardCharsets.UTF_8));

        Digest digest = Digest.of(Digest.Algorithm.SHA512, hash);

        assertThat(digest.algorithm()).isEqualTo(Digest.Algorithm.SHA512);
        assertThat(digest.hex()).hasSize(128);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "sha256", "sha256:", ":abc", "sha256:asd", "sha256::" + EMPTY_HEX,
        "sha256:" + EMPTY_HEX + "0", "sha256:E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855",
        "SHA256:" + EMPTY_HEX, "sha512:" + EMPTY_HEX, "blake3:" + EMPTY_HEX, "md5:d41d8cd98f00b204e9800998ecf8427e",
        "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b85",
        "sha256:../../../../../../../../../../../../../../../../../../../../../", " sha256:" + EMPTY_HEX})
    void shouldRefuseAnythingElse(String text) {
        assertInvalid(() -> Digest.parse(text));
    }

    @Test
    void shouldRefuseAnUnknownAlgorithm() {
        assertThat(Digest.Algorithm.parse("sha512")).isEqualTo(Digest.Algorithm.SHA512);
        assertInvalid(() -> Digest.Algorithm.parse("md5"));
        assertInvalid(() -> Digest.Algorithm.parse(null));
    }

    @Property
    void shouldReadWhatItPrints(@ForAll Digest.Algorithm algorithm, @ForAll @Size(64) byte[] random) {
        Digest digest = Digest.of(algorithm, algorithm.newMessageDigest().digest(random));

        assertThat(Digest.parse(digest.toString())).isEqualTo(digest).hasSameHashCodeAs(digest);
    }

    @Property
    void shouldNeverFailOtherwiseThanByDigestInvalid(@ForAll String text) {
        assertInvalid(() -> Digest.parse(text));
    }

    private static void assertInvalid(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(HarborException.class,
                e -> assertThat(e.code()).isEqualTo(ErrorCode.DIGEST_INVALID));
    }
}
