// SPDX-License-Identifier: Apache-2.0
package org.harboree.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TreemapTest {
    private static final double WIDTH = 600;
    private static final double HEIGHT = 240;

    @Test
    void shouldGiveEachSizeItsShareOfTheArea() {
        List<Long> sizes = new Random(7).longs(40, 1, 1_000_000).boxed().toList();
        double total = sizes.stream().mapToLong(Long::longValue).sum();

        List<Treemap.Tile> tiles = Treemap.of(sizes, WIDTH, HEIGHT);

        assertThat(tiles).hasSize(40).allSatisfy(tile -> {
            assertThat(tile.width() * tile.height())
                    .isCloseTo(sizes.get(tile.number()) / total * WIDTH * HEIGHT, within(1e-6));
            assertThat(tile.x()).isBetween(-1e-6, WIDTH - tile.width() + 1e-6);
            assertThat(tile.y()).isBetween(-1e-6, HEIGHT - tile.height() + 1e-6);
        });
    }

    @Test
    void shouldLetNoneCoverAnother() {
        List<Treemap.Tile> tiles = Treemap.of(List.of(6L, 6L, 4L, 3L, 2L, 2L, 1L), 6, 4);

        for (Treemap.Tile one : tiles) {
            assertThat(tiles).filteredOn(other -> other != one).noneMatch(other ->
                    one.x() < other.x() + other.width() - 1e-9 && other.x() < one.x() + one.width() - 1e-9
                            && one.y() < other.y() + other.height() - 1e-9
                            && other.y() < one.y() + one.height() - 1e-9);
        }
    }

    @Test
    void shouldLayTheLargestFirstAndLeaveOutWhatHasNoSize() {
        assertThat(Treemap.of(List.of(1L, 0L, 9L), 100, 10)).extracting(Treemap.Tile::number).containsExactly(2, 0);
        assertThat(Treemap.of(List.of(), 100, 10)).isEmpty();
        assertThat(Treemap.of(List.of(0L), 100, 10)).isEmpty();
        assertThat(Treemap.of(List.of(5L), 100, 10)).containsExactly(new Treemap.Tile(0, 0, 0, 100, 10));
    }
}
