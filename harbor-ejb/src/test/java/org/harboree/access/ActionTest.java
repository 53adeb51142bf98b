// SPDX-License-Identifier: Apache-2.0
package org.harboree.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ActionTest {
    @ParameterizedTest
    @EnumSource(Action.class)
    void shouldReadItsOwnName(Action action) {
        assertThat(Action.parse(action.wireName())).contains(action);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*", "PULL", "Pull", " pull", "pull ", "admin"})
    void shouldReadNothingElse(String name) {
        assertThat(Action.parse(name)).isEmpty();
    }

    @Test
    void shouldNeedTheRightOfTheSameName() {
        assertThat(Action.PULL.permission()).isEqualTo(Permission.REPOSITORY_PULL);
        assertThat(Action.PUSH.permission()).isEqualTo(Permission.REPOSITORY_PUSH);
        assertThat(Action.DELETE.permission()).isEqualTo(Permission.ARTIFACT_DELETE);
        assertThat(Action.all()).containsExactlyInAnyOrder(Action.values());
    }
}
