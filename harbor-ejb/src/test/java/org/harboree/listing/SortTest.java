// SPDX-License-Identifier: Apache-2.0
package org.harboree.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SortTest {
    private static final Set<String> KEYS = Set.of("name", "creation_time");
    private static final Sort NEWEST_FIRST = Sort.by(new Sort.Key("creation_time", true));

    @Test
    void shouldReadKeysAndDirections() {
        assertThat(Sort.parse("name,-creation_time", KEYS, NEWEST_FIRST).keys())
                .containsExactly(new Sort.Key("name", false), new Sort.Key("creation_time", true));
    }

    @Test
    void shouldKeepTheListsOwnOrderWhereNoneIsAskedFor() {
        assertThat(Sort.parse(null, KEYS, NEWEST_FIRST)).isSameAs(NEWEST_FIRST);
        assertThat(Sort.parse("", KEYS, NEWEST_FIRST)).isSameAs(NEWEST_FIRST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"password", "-secret", "salt", "name;drop", "(select 1)", "-", "--name", ",", "name,",
        ",name", "name,,creation_time", "name,name", "name,-name", "name ", "NAME", "+name"})
    void shouldRefuseAnyOtherKey(String sort) {
        assertInvalid(sort);
    }

    @Test
    void shouldRefuseThousandsOfKeys() {
        assertInvalid("name,".repeat(1000) + "name");
    }

    private static void assertInvalid(String sort) {
        assertThatThrownBy(() -> Sort.parse(sort, KEYS, NEWEST_FIRST)).isInstanceOfSatisfying(HarborException.class,
                e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_REQUEST));
    }
}
