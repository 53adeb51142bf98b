// SPDX-License-Identifier: Apache-2.0
package org.harboree.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SecretBoxTest {
    private static final byte[] PLAIN = "a signing key".getBytes(StandardCharsets.UTF_8);

    private final SecretBox box = new SecretBox(new byte[32]);

    @Test
    void shouldGiveBackWhatItSealed() {
        assertThat(box.decrypt(box.encrypt(PLAIN))).isEqualTo(PLAIN);
        assertThat(box.decrypt(box.encrypt(new byte[0]))).isEmpty();
    }

    @Test
    void shouldSealTheSameDifferentlyEachTime() {
        assertThat(box.encrypt(PLAIN)).isNotEqualTo(box.encrypt(PLAIN));
    }

    @Test
    void shouldRefuseWhatWasAlteredAnywhere() {
        byte[] sealed = box.encrypt(PLAIN);
        for (int i = 0; i < sealed.length; i++) {
            byte[] altered = sealed.clone();
            altered[i] ^= 1;
            assertThatThrownBy(() -> box.decrypt(altered)).isInstanceOf(IllegalStateException.class);
        }
        assertThatThrownBy(() -> box.decrypt(Arrays.copyOf(sealed, 20))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void shouldSayThatTheKeyDoesNotFit() {
        byte[] otherKey = new byte[32];
        otherKey[0] = 1;

        assertThatThrownBy(() -> new SecretBox(otherKey).decrypt(box.encrypt(PLAIN)))
                .hasMessageContaining("does not fit the secret key file");
    }
}
