// SPDX-License-Identifier: Apache-2.0
package org.harboree.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SigningKeyTest {
    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /** The P-256 key of RFC 6979 A.2.5; its id was computed with Python's hashlib and base64. */
    @Test
    void shouldGiveTheIdOfAKnownKey() throws GeneralSecurityException {
        String key = "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEYP7UuiVanTHJYet0xjVtaMBJuJI7Yfps5mliLmDyn7Z5A/4QCLi8maQa6elW"
                + "KLxk8vGyDC1+n1F3o8KU1EYimQ==";
        PublicKey known = KeyFactory.getInstance("EC")
                .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(key)));
        assertThat(SigningKey.libtrustId(known))
                .isEqualTo("LJ5H:RTFE:UD2C:BWN4:MK5W:NHB4:E5M6:HH3S:HU5O:CDOL:4DYI:CWQH");
    }

    @ParameterizedTest
    @CsvSource({"EC,256", "EC,384", "RSA,2048"})
    void shouldGiveTheIdThatAnotherImplementationComputes(String algorithm, int bits) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(bits);
        for (int i = 0; i < (algorithm.equals("EC") ? 50 : 2); i++) {
            PublicKey key = generator.generateKeyPair().getPublic();
            assertThat(SigningKey.libtrustId(key)).isEqualTo(libtrustIdByArithmetic(key));
        }
    }

    /** Base 32 as a number: 240 bits are 48 digits without remainder. */
    private static String libtrustIdByArithmetic(PublicKey key) throws GeneralSecurityException {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
        BigInteger number = new BigInteger(1, Arrays.copyOf(hash, 30));
        StringBuilder digits = new StringBuilder();
        for (int i = 0; i < 48; i++) {
            digits.insert(0, BASE32.charAt(number.mod(BigInteger.valueOf(32)).intValue()));
            number = number.shiftRight(5);
        }
        return digits.toString().replaceAll("(.{4})(?!$)", "$1:");
    }
}
