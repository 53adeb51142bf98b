// SPDX-License-Identifier: Apache-2.0
package org.harboree.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BlobKeyTest {
    private static final String HEX = "0123456789abcdef".repeat(4);
    private static final String GENERATION = "0f".repeat(16);

    @Test
    void shouldTakeSha256AndSha512() {
        assertThat(new BlobKey("sha256", HEX, GENERATION).hex()).isEqualTo(HEX);
        assertThat(new BlobKey("sha512", HEX + HEX, GENERATION).algorithm()).isEqualTo("sha512");
    }

    @ParameterizedTest
    @CsvSource({"md5,64,32", "SHA256,64,32", "sha256,63,32", "sha256,65,32", "sha256,128,32", "sha512,64,32",
        "sha256,64,31", "sha256,64,33", "sha256,0,32", "sha256,64,0"})
    void shouldRefuseWrongAlgorithmsAndLengths(String algorithm, int hexDigits, int generationDigits) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BlobKey(algorithm, "a".repeat(hexDigits), "b".repeat(generationDigits)));
    }

    @Test
    void shouldRefuseWhatIsNoSafeFileName() {
        for (char bad : "ABG/.\\\n é\0".toCharArray()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new BlobKey("sha256", bad + HEX.substring(1), GENERATION));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new BlobKey("sha256", HEX, bad + GENERATION.substring(1)));
        }
    }

    @Test
    void shouldNameTheGenerationAfterTheUpload() {
        assertThat(BlobKey.ofUpload("0b1d0b1d-0000-4000-8000-00000000000a", "sha256", HEX))
                .isEqualTo(new BlobKey("sha256", HEX, "0b1d0b1d000040008000" + "00000000000a"));
    }
}
