// SPDX-License-Identifier: Apache-2.0
package org.harboree.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordsTest {
    @Test
    void shouldStoreSchemeIterationsSaltAndHash() {
        String stored = PasswordHash.of("Secret123", 600_000).encoded();

        assertThat(stored).matches("pbkdf2-sha256\\$600000\\$[A-Za-z0-9+/]{22}\\$[A-Za-z0-9+/]{43}");
        assertThat(PasswordHash.parse(stored).matches("Secret123")).isTrue();
        assertThat(PasswordHash.parse(stored).matches("Secret124")).isFalse();
    }

    /** PBKDF2-HMAC-SHA256 of "passwd" and "salt", RFC 7914 section 11. */
    @Test
    void shouldComputeThePublishedVector() {
        assertThat(PasswordHash.parse("pbkdf2-sha256$1$c2FsdA$VawEblbjCJ/sFpHCJUS2BflBhSFt3gRl5oudV8INrLw")
                .matches("passwd")).isTrue();
    }

    @Test
    void shouldSaltEachHash() {
        assertThat(PasswordHash.of("Secret123", 1).encoded()).isNotEqualTo(PasswordHash.of("Secret123", 1).encoded());
    }

    @Test
    void shouldTurnAwayWhoeverWaitsTooLongForATurn() {
        Passwords passwords = new Passwords(1_000_000, 1, 0);
        long refused = Stream.generate(() -> CompletableFuture.supplyAsync(() -> isRefused(passwords))).limit(4)
                .toList().stream().filter(CompletableFuture::join).count();

        assertThat(refused + passwords.computed()).isEqualTo(4);
        assertThat(passwords.computed()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Secret12", "ÄÖäö1234", "Aa1Aa1Aa1Aa1Aa1Aa1Aa1Aa1Aa1Aa1Aa1Aa1Aa1Aa1Aa1Aa1Aa1Aa1Aa1Aa1"})
    void shouldAcceptGoodPasswords(String password) {
        assertThatCode(() -> PasswordRules.require(password)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Secret1", "secret123", "SECRET123", "SecretSecret"})
    void shouldRefuseWeakPasswords(String password) {
        assertThatThrownBy(() -> PasswordRules.require(password)).isInstanceOf(HarborException.class);
        assertThatThrownBy(() -> PasswordRules.require("Aa1" + "x".repeat(126))).isInstanceOf(HarborException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ADMIN", "admiN", "ádmin", "Ａdmin", "admi\u0300n"})
    void shouldFoldLookAlikes(String name) {
        assertThat(NameKey.of(name)).isEqualTo("admin");
    }

    private static boolean isRefused(Passwords passwords) {
        try {
            passwords.matchNobody("Secret123");
            return false;
        } catch (HarborException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.TOO_MANY_REQUESTS);
            assertThat(e.retryAfterSeconds()).isPositive();
            return true;
        }
    }
}
