// SPDX-License-Identifier: Apache-2.0
package org.harboree.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestIdTest {
    @ParameterizedTest
    @ValueSource(strings = {"a", "0b1d-77", "3f2504e0-4f89-41d3-9a0c-0305e82c3301", "-"})
    void shouldKeepAHarmlessId(String id) {
        assertThat(RequestId.of(id)).isEqualTo(id);
    }

    @Test
    void shouldKeepSixtyFourCharactersAndNoMore() {
        assertThat(RequestId.of("a".repeat(64))).hasSize(64);
        assertThat(RequestId.of("a".repeat(65))).isNotEqualTo("a".repeat(65)).hasSize(36);
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {" ", "a b", "a\r\nSet-Cookie: x", "<script>", "a_b", "\u00e4", "\u0661", "${jndi:x}", "%X"})
    void shouldReplaceWhatCouldHarm(String id) {
        UUID made = UUID.fromString(RequestId.of(id));
        assertThat(made.version()).isEqualTo(4);
        assertThat(made.variant()).isEqualTo(2);
    }

    @Test
    void shouldMakeIdsThatDiffer() {
        assertThat(IntStream.range(0, 1000).mapToObj(i -> RequestId.of(null)).distinct()).hasSize(1000);
    }
}
