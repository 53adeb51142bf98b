// SPDX-License-Identifier: Apache-2.0
package org.harboree.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.harboree.registry.ArtifactContent.Blob;

/** What becomes of a layer from one image to another. */
public record LayerChange(Kind kind, String digest, long size) {
    /** Whether both have it, only the second, or only the first. */
    public enum Kind {
        KEPT, ADDED, DROPPED;

        /** Last part of its word's key. */
        public String getKey() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * The layers of both, aligned by digest: those of the second in their order, and where they part those that only the
     * first has before those that only the second has. A layer that changes its place is kept, as it need not be pulled.
     */
    static List<LayerChange> between(List<Blob> first, List<Blob> second) {
        List<String> before = first.stream().map(Blob::digest).toList();
        List<String> after = second.stream().map(Blob::digest).toList();
        List<LayerChange> changes = new ArrayList<>();
        int told = 0;
        for (Blob layer : second) {
            int place = before.indexOf(layer.digest());
            while (told <= place || place < 0 && told < first.size() && !after.contains(before.get(told))) {
                drop(first.get(told++), after, changes);
            }
            changes.add(new LayerChange(place < 0 ? Kind.ADDED : Kind.KEPT, layer.digest(), layer.size()));
        }
        while (told < first.size()) {
            drop(first.get(told++), after, changes);
        }
        return changes;
    }

    private static void drop(Blob layer, List<String> after, List<LayerChange> changes) {
        if (!after.contains(layer.digest())) {
            changes.add(new LayerChange(Kind.DROPPED, layer.digest(), layer.size()));
        }
    }
}
