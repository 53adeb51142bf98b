// SPDX-License-Identifier: Apache-2.0
package org.harboree.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PieceSizeTest {
    private static final long MIB = 1L << 20;

    private final PieceSize pieces = PieceSize.ofWay(0);

    @BeforeEach
    void beOnAShortWay() {
        pieces.paused(0);
    }

    private static long after(PieceSize pieces, long bytes, long millis) {
        pieces.took(bytes, TimeUnit.MILLISECONDS.toNanos(millis));
        return pieces.next();
    }

    @Test
    void shouldBeginWithWhatIsKnownOfTheWay() {
        assertThat(pieces.next()).isEqualTo(8 * MIB);
        assertThat(PieceSize.ofWay(8 * MIB).next()).isEqualTo(2 * MIB);
        assertThat(PieceSize.ofWay(1).next()).isEqualTo(MIB / 2);
        assertThat(PieceSize.ofWay(1000 * MIB).next()).isEqualTo(32 * MIB);
    }

    @Test
    void shouldBeWhatTakesAQuarterOfASecond() {
        assertThat(after(pieces, 8 * MIB, 200)).isEqualTo(10 * MIB);
        assertThat(after(pieces, 10 * MIB, 500)).isEqualTo(5 * MIB);
        assertThat(after(pieces, 5 * MIB, 60_000)).isEqualTo(MIB / 2);
    }

    @Test
    void shouldBeFiveTimesTheShortestPauseWhereTheWayIsLong() {
        PieceSize far = PieceSize.ofWay(0);
        far.paused(TimeUnit.MILLISECONDS.toNanos(100));
        far.paused(TimeUnit.MILLISECONDS.toNanos(300));
        assertThat(after(far, 8 * MIB, 800)).isEqualTo(5 * MIB);
    }

    @Test
    void shouldBeWhatTakesASecondHoweverLongTheWayIs() {
        PieceSize far = PieceSize.ofWay(0);
        far.paused(TimeUnit.SECONDS.toNanos(3));
        assertThat(after(far, 8 * MIB, 2000)).isEqualTo(4 * MIB);
    }

    @Test
    void shouldGrowByTwiceAtMostAndToAnEnd() {
        assertThat(after(pieces, 8 * MIB, 1)).isEqualTo(16 * MIB);
        assertThat(after(pieces, 16 * MIB, 0)).isEqualTo(32 * MIB);
        assertThat(after(pieces, 32 * MIB, 1)).isEqualTo(32 * MIB);
    }

    @Test
    void shouldLearnNothingFromWhatIsSmall() {
        assertThat(after(pieces, MIB / 2 - 1, 60_000)).isEqualTo(8 * MIB);
    }

    @Test
    void shouldStayWhereItIsFixed() {
        PieceSize fixed = PieceSize.fixed(10);
        assertThat(after(fixed, 10, 1)).isEqualTo(10);
    }
}
