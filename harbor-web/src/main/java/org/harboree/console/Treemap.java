// SPDX-License-Identifier: Apache-2.0
package org.harboree.console;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Rectangles whose areas are as given sizes, each as near to a square as it goes (Bruls, Huizing, van Wijk: Squarified
 * treemaps). Rows are laid along the shorter side of what is left, the largest first.
 */
final class Treemap {
    private final List<Tile> tiles = new ArrayList<>();
    private double x;
    private double y;
    private double width;
    private double height;

    /** Where the size of that number in the given list lies. */
    record Tile(int number, double x, double y, double width, double height) {
    }

    private Treemap(double width, double height) {
        this.width = width;
        this.height = height;
    }

    /** @param sizes not negative; what has none has no rectangle. @return largest first */
    static List<Tile> of(List<Long> sizes, double width, double height) {
        double total = sizes.stream().mapToLong(Long::longValue).sum();
        Treemap map = new Treemap(width, height);
        map.lay(IntStream.range(0, sizes.size()).boxed().filter(i -> sizes.get(i) > 0)
                .sorted(Comparator.comparing(sizes::get, Comparator.reverseOrder()))
                .map(i -> new Area(i, sizes.get(i) / total * width * height)).toList());
        return map.tiles;
    }

    private record Area(int number, double value) {
    }

    private void lay(List<Area> areas) {
        int done = 0;
        while (done < areas.size()) {
            int end = done + 1;
            while (end < areas.size() && worst(areas.subList(done, end + 1)) <= worst(areas.subList(done, end))) {
                end++;
            }
            layRow(areas.subList(done, end));
            done = end;
        }
    }

    /** How far from a square the worst of the row would be, 1 for a square. */
    private double worst(List<Area> row) {
        double sum = row.stream().mapToDouble(Area::value).sum();
        double side = Math.min(width, height);
        double thickness = sum / side;
        return row.stream().mapToDouble(area -> area.value() / thickness)
                .map(length -> Math.max(length / thickness, thickness / length)).max().orElseThrow();
    }

    private void layRow(List<Area> row) {
        double sum = row.stream().mapToDouble(Area::value).sum();
        boolean upright = width >= height;
        double thickness = sum / (upright ? height : width);
        double at = upright ? y : x;
        for (Area area : row) {
            double length = area.value() / thickness;
            tiles.add(upright ? new Tile(area.number(), x, at, thickness, length)
                    : new Tile(area.number(), at, y, length, thickness));
            at += length;
        }
        if (upright) {
            x += thickness;
            width -= thickness;
        } else {
            y += thickness;
            height -= thickness;
        }
    }
}
