// SPDX-License-Identifier: Apache-2.0
package org.harboree.oci;

import java.util.Set;

/** The media types that the registry treats in a special way, and the questions asked about one. */
public final class MediaTypes {
    public static final String DOCKER_MANIFEST = "application/vnd.docker.distribution.manifest.v2+json";
    public static final String DOCKER_MANIFEST_LIST = "application/vnd.docker.distribution.manifest.list.v2+json";
    public static final String DOCKER_CONFIG = "application/vnd.docker.container.image.v1+json";
    public static final String DOCKER_LAYER = "application/vnd.docker.image.rootfs.diff.tar.gzip";
    public static final String DOCKER_FOREIGN_LAYER = "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip";

    public static final String OCI_MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    public static final String OCI_INDEX = "application/vnd.oci.image.index.v1+json";
    public static final String OCI_CONFIG = "application/vnd.oci.image.config.v1+json";
    public static final String OCI_LAYER = "application/vnd.oci.image.layer.v1.tar";
    public static final String OCI_LAYER_GZIP = "application/vnd.oci.image.layer.v1.tar+gzip";
    public static final String OCI_LAYER_ZSTD = "application/vnd.oci.image.layer.v1.tar+zstd";
    public static final String OCI_EMPTY = "application/vnd.oci.empty.v1+json";
    public static final String OCI_NONDISTRIBUTABLE_LAYER =
            "application/vnd.oci.image.layer.nondistributable.v1.tar";
    public static final String OCI_NONDISTRIBUTABLE_LAYER_GZIP = OCI_NONDISTRIBUTABLE_LAYER + "+gzip";
    public static final String OCI_NONDISTRIBUTABLE_LAYER_ZSTD = OCI_NONDISTRIBUTABLE_LAYER + "+zstd";

    private static final Set<String> NONDISTRIBUTABLE = Set.of(DOCKER_FOREIGN_LAYER, OCI_NONDISTRIBUTABLE_LAYER,
            OCI_NONDISTRIBUTABLE_LAYER_GZIP, OCI_NONDISTRIBUTABLE_LAYER_ZSTD);

    private MediaTypes() {
    }

    /** Whether manifests of this type have a config and layers. */
    public static boolean isImageManifest(String mediaType) {
        return OCI_MANIFEST.equals(mediaType) || DOCKER_MANIFEST.equals(mediaType);
    }

    /** Whether manifests of this type list other manifests. */
    public static boolean isIndex(String mediaType) {
        return OCI_INDEX.equals(mediaType) || DOCKER_MANIFEST_LIST.equals(mediaType);
    }

    /** Whether manifests of this type can be pushed. Docker's schema 1 cannot. */
    public static boolean isSupportedManifest(String mediaType) {
        return isImageManifest(mediaType) || isIndex(mediaType);
    }

    /** Whether layers of this type may stay outside of the registry, at the URLs in their descriptor. */
    public static boolean isNondistributableLayer(String mediaType) {
        return NONDISTRIBUTABLE.contains(mediaType);
    }
}
