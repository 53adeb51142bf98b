// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.badinput;

import java.util.List;

/**
 * Manifests for the rows, good ones and what bad ones are made of; with names in braces as {@link Scene} fills them.
 */
final class Manifests {
    private Manifests() {}

    /** The image of {@code {n}}. */
    static String image() {
        return image("{D}", "{D.size}");
    }

    static String image(String layer, String size) {
        return image(List.of(descriptor("{oci.layer}", layer, size)));
    }

    static String image(List<String> layers) {
        return image(config(), "[" + String.join(",", layers) + "]", "");
    }

    /** Parts as they are; {@code more} begins with a comma. */
    static String image(String config, String layers, String more) {
        return "{\"schemaVersion\":2,\"mediaType\":\"{oci.manifest}\",\"config\":" + config + ",\"layers\":" + layers
                + more + "}";
    }

    /** An image with more fields: {@code ,"name":value}. */
    static String imageWith(String more) {
        return image(config(), "[" + layer() + "]", more);
    }

    static String index(String children, String more) {
        return "{\"schemaVersion\":2,\"mediaType\":\"{oci.index}\",\"manifests\":[" + children + "]" + more + "}";
    }

    static String config() {
        return descriptor("{oci.config}", "{C}", "{C.size}");
    }

    static String layer() {
        return descriptor("{oci.layer}", "{D}", "{D.size}");
    }

    static String child() {
        return descriptor("{oci.manifest}", "{M}", "{M.size}");
    }

    static String descriptor(String mediaType, String digest, String size) {
        return "{\"mediaType\":\"" + mediaType + "\",\"digest\":\"" + digest + "\",\"size\":" + size + "}";
    }
}
