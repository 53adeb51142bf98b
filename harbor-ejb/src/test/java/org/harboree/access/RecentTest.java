// SPDX-License-Identifier: Apache-2.0
package org.harboree.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecentTest {
    private final Recent<Integer, String> recent = new Recent<>(10);

    private long remembered(int keys) {
        return IntStream.range(0, keys).filter(i -> recent.get(i) != null).count();
    }

    @Test
    void shouldRememberTheLastOnesHoweverManyCameBefore() {
        for (int i = 0; i < 1000; i++) {
            recent.put(i, "v" + i);
            for (int last = Math.max(0, i - 9); last <= i; last++) {
                assertThat(recent.get(last)).isEqualTo("v" + last);
            }
        }
    }

    @Test
    void shouldForgetWhatNobodyAsksFor() {
        IntStream.range(0, 1000).forEach(i -> recent.put(i, "v"));
        assertThat(remembered(1000)).isBetween(10L, 22L);
        assertThat(recent.get(0)).isNull();
    }

    @Test
    void shouldKeepWhatIsAskedForAgainAndAgain() {
        recent.put(-1, "kept");
        for (int i = 0; i < 1000; i++) {
            recent.put(i, "v");
            assertThat(recent.get(-1)).isEqualTo("kept");
        }
    }

    @Test
    void shouldShowTheLastValueOfAKey() {
        recent.put(1, "one");
        IntStream.range(10, 21).forEach(i -> recent.put(i, "v"));
        recent.put(1, "two");
        assertThat(recent.get(1)).isEqualTo("two");
    }
}
