// SPDX-License-Identifier: Apache-2.0
package org.harboree.v2;

import static org.assertj.core.api.Assertions.assertThat;

import org.harboree.web.FakeRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntityTagTest {
    private static boolean matches(String header) {
        return EntityTag.matches(FakeRequest.of("GET", "/v2/").header("If-None-Match", header).build(), "sha256:aa");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"sha256:aa\"", "W/\"sha256:aa\"", "sha256:aa", "*", "\"x\", \"sha256:aa\"",
        "\"sha256:aa\",\"x\"", " \"sha256:aa\" "})
    void shouldFindTheDigest(String header) {
        assertThat(matches(header)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"\"", "\"sha256:ab\"", "\"SHA256:AA\"", "\"sha256:aa",
        "w/\"sha256:aa\"", "\"*\"", ","})
    void shouldFindNothingElse(String header) {
        assertThat(matches(header)).isFalse();
    }

    @Test
    void shouldFindNothingWithoutTheHeader() {
        assertThat(EntityTag.matches(FakeRequest.of("GET", "/v2/").build(), "sha256:aa")).isFalse();
        assertThat(EntityTag.of("sha256:aa")).isEqualTo("\"sha256:aa\"");
    }
}
