// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.client;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.zip.GZIPOutputStream;

/**
 * Makes images as OCI image layouts (image-spec, image-layout.md) of one tag. Layers are pseudo-random, so that nothing
 * compresses and no two images share a layer, not even with an earlier run; the first one carries busybox, so that the
 * image runs.
 */
final class OciLayout {

    /** What an image says when it is run. */
    static final String MESSAGE = "hello from the image";

    private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    private static final String INDEX = "application/vnd.oci.image.index.v1+json";
    private static final String CONFIG = "application/vnd.oci.image.config.v1+json";
    private static final String LAYER = "application/vnd.oci.image.layer.v1.tar+gzip";
    private static final String TAG = "1";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private final String digest;

    private OciLayout(Path folder, String digest) {
        this.folder = folder;
        this.digest = digest;
    }

    /** An image for amd64 with two layers, the second of the given number of bytes; it prints {@link #MESSAGE}. */
    static OciLayout image(Path folder, int layerBytes) {
        return write(folder, writer -> writer.image("amd64", layerBytes));
    }

    /** An index of an image for amd64 and one for arm64. */
    static OciLayout index(Path folder, int layerBytes) {
        return write(folder, writer -> writer.index(
                List.of(writer.image("amd64", layerBytes), writer.image("arm64", layerBytes))));
    }

    /** The layout's folder. */
    String folder() {
        return folder.toString();
    }

    /** Digest of the tagged image or index. */
    String digest() {
        return digest;
    }

    /** As skopeo, podman and buildah name it. */
    String reference() {
        return "oci:" + folder + ":" + TAG;
    }

    /** As oras and, behind {@code ocidir://}, regctl name it. */
    String folderAndTag() {
        return folder + ":" + TAG;
    }

    private static OciLayout write(Path folder, Content content) {
        try {
            Files.createDirectories(folder.resolve("blobs/sha256"));
            Map<String, Object> descriptor = content.write(new Writer(folder));
            descriptor.put("annotations", Map.of("org.opencontainers.image.ref.name", TAG));
            JSON.writeValue(folder.resolve("index.json").toFile(),
                    Map.of("schemaVersion", 2, "mediaType", INDEX, "manifests", List.of(descriptor)));
            JSON.writeValue(folder.resolve("oci-layout").toFile(), Map.of("imageLayoutVersion", "1.0.0"));
            return new OciLayout(folder, (String) descriptor.get("digest"));
        } catch (IOException e) {
            throw new UncheckedIOException("Could not write an image to " + folder, e);
        }
    }

    private interface Content {
        Map<String, Object> write(Writer writer) throws IOException;
    }

    private record Writer(Path folder) {

        Map<String, Object> image(String architecture, int layerBytes) throws IOException {
            byte[] busybox = Files.readAllBytes(Tools.find("busybox"));
            List<byte[]> archives = List.of(
                    new TarFile().folder("bin/").file("bin/busybox", busybox).file("id", noise(16)).bytes(),
                    new TarFile().folder("data/").file("data/noise", noise(layerBytes)).bytes());
            List<Map<String, Object>> layers = new ArrayList<>();
            List<String> diffIds = new ArrayList<>();
            for (byte[] archive : archives) {
                layers.add(blob(LAYER, gzip(archive)));
                diffIds.add(sha256(archive));
            }
            Map<String, Object> config = Map.of("architecture", architecture, "os", "linux",
                    "created", "2026-01-01T00:00:00Z",
                    "config", Map.of("Cmd", List.of("/bin/busybox", "echo", MESSAGE)),
                    "rootfs", Map.of("type", "layers", "diff_ids", diffIds));
            Map<String, Object> manifest = blob(MANIFEST, JSON.writeValueAsBytes(Map.of("schemaVersion", 2,
                    "mediaType", MANIFEST, "config", blob(CONFIG, JSON.writeValueAsBytes(config)), "layers", layers)));
            manifest.put("platform", Map.of("architecture", architecture, "os", "linux"));
            return manifest;
        }

        Map<String, Object> index(List<Map<String, Object>> manifests) throws IOException {
            return blob(INDEX, JSON.writeValueAsBytes(
                    Map.of("schemaVersion", 2, "mediaType", INDEX, "manifests", manifests)));
        }

        private Map<String, Object> blob(String mediaType, byte[] content) throws IOException {
            String digest = sha256(content);
            Files.write(folder.resolve("blobs").resolve(digest.replace(':', '/')), content);
            return new LinkedHashMap<>(
                    Map.of("mediaType", mediaType, "digest", digest, "size", content.length));
        }

        private static byte[] noise(int length) {
            byte[] noise = new byte[length];
            ThreadLocalRandom.current().nextBytes(noise);
            return noise;
        }

        private static byte[] gzip(byte[] content) throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
                gzip.write(content);
            }
            return bytes.toByteArray();
        }

        private static String sha256(byte[] content) {
            try {
                return "sha256:" + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
