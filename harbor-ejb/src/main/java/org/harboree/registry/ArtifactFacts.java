// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

/**
 * What lists show of an artifact beside its manifest.
 *
 * @param type Harbor's artifact type: {@code IMAGE}, {@code CHART}, … or {@code UNKNOWN}
 * @param annotationsJson the manifest's annotations, a JSON object; null without any
 * @param extraAttributesJson Harbor's {@code extra_attrs} from the image config; null if there is none to read
 */
record ArtifactFacts(String type, String annotationsJson, String extraAttributesJson) {}
