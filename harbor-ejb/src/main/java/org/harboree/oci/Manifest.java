// SPDX-License-Identifier: Apache-2.0
package org.harboree.oci;

import static org.harboree.oci.ManifestJson.invalid;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A manifest that {@link ManifestParser} found good: an image manifest (config and layers) or an index (children), in
 * Docker's or in OCI's form. The bytes are the truth and are served as they came; all else is a view on them.
 */
public final class Manifest {
    private final byte[] content;
    private final Digest digest;
    private final String mediaType;
    private final Optional<Descriptor> config;
    private final List<Descriptor> layers;
    private final List<Descriptor> children;
    private final Optional<Descriptor> subject;
    private final Optional<String> artifactType;
    private final Map<String, String> annotations;
    private final List<Descriptor> blobs;
    private final long totalSize;

    Manifest(byte[] content, Digest digest, String mediaType, ManifestFields fields) {
        this.content = content;
        this.digest = digest;
        this.mediaType = mediaType;
        this.config = fields.config();
        this.layers = List.copyOf(fields.layers().orElse(List.of()));
        this.children = List.copyOf(fields.manifests().orElse(List.of()));
        this.subject = fields.subject();
        this.artifactType = fields.artifactType().or(() -> config.map(Descriptor::mediaType));
        this.annotations = Collections.unmodifiableMap(fields.annotations());
        this.totalSize = sum(content.length, distinct(config.stream(), layers.stream(), children.stream()));
        this.blobs = List.copyOf(distinct(config.stream(), layers.stream().filter(layer -> !layer.isForeign())));
    }

    /** The bytes as they were pushed. Not a copy: do not write to it. */
    public byte[] content() {
        return content;
    }

    /** The name of {@link #content} under the algorithm that was asked for. */
    public Digest digest() {
        return digest;
    }

    /** One of the four types of {@link MediaTypes#isSupportedManifest}. */
    public String mediaType() {
        return mediaType;
    }

    public boolean isIndex() {
        return MediaTypes.isIndex(mediaType);
    }

    /** Empty for an index only. */
    public Optional<Descriptor> config() {
        return config;
    }

    /** As listed, duplicates included; empty for an index. */
    public List<Descriptor> layers() {
        return layers;
    }

    /** The manifests of an index as listed, duplicates included. */
    public List<Descriptor> children() {
        return children;
    }

    /** The manifest that this one refers to; it need not exist. */
    public Optional<Descriptor> subject() {
        return subject;
    }

    /**
     * What the referrers list says of this manifest (OCI Distribution Spec, "Listing Referrers"): its
     * {@code artifactType}, else the config's media type; an index has none but its own.
     */
    public Optional<String> artifactType() {
        return artifactType;
    }

    public Map<String, String> annotations() {
        return annotations;
    }

    /** Bytes of this manifest and of every distinct digest that it lists: of an image, Harbor's artifact size. */
    public long totalSize() {
        return totalSize;
    }

    /**
     * What has to be in the repository before an image manifest may be: config and layers, each digest once, without
     * layers that may stay at their URLs. Empty for an index.
     */
    public List<Descriptor> blobs() {
        return blobs;
    }

    @SafeVarargs
    private static Collection<Descriptor> distinct(Stream<Descriptor>... descriptors) {
        Map<Digest, Descriptor> byDigest = new LinkedHashMap<>();
        Stream.of(descriptors).flatMap(Function.identity()).forEach(descriptor -> {
            Descriptor former = byDigest.putIfAbsent(descriptor.digest(), descriptor);
            if (former != null && former.size() != descriptor.size()) {
                throw invalid("two descriptors give different sizes for " + descriptor.digest());
            }
        });
        return byDigest.values();
    }

    private static long sum(long bytes, Collection<Descriptor> parts) {
        long sum = bytes;
        for (Descriptor part : parts) {
            sum += part.size();
            if (sum < 0) {
                throw invalid("the sizes add up to more than 2^63 - 1 bytes");
            }
        }
        return sum;
    }
}
