// SPDX-License-Identifier: Apache-2.0
package org.harboree.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.harboree.access.VerifiedToken.RepositoryRights;
import org.junit.jupiter.api.Test;

class VerifiedTokenTest {
    private final VerifiedToken token = new VerifiedToken(Caller.anonymous(),
            Map.of("library/alpine", new RepositoryRights(7, Set.of(Action.PULL))), false, Instant.EPOCH, Instant.MAX);

    @Test
    void shouldAllowWhatItNames() {
        assertThat(token.allows("library/alpine", 7, Action.PULL)).isTrue();
    }

    @Test
    void shouldAllowNoOtherAction() {
        assertThat(token.allows("library/alpine", 7, Action.PUSH)).isFalse();
    }

    @Test
    void shouldAllowNoOtherRepository() {
        assertThat(token.allows("library/alpine2", 7, Action.PULL)).isFalse();
        assertThat(token.allows("library", 7, Action.PULL)).isFalse();
        assertThat(token.allows("LIBRARY/alpine", 7, Action.PULL)).isFalse();
    }

    @Test
    void shouldAllowNothingInALaterProjectOfTheSameName() {
        assertThat(token.allows("library/alpine", 8, Action.PULL)).isFalse();
    }
}
