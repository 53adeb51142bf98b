// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Small artifacts, pushed through {@code /v2}. Each is new: its config has a random label. */
final class Images {
    private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    private static final String INDEX = "application/vnd.oci.image.index.v1+json";
    private static final String CONFIG = "application/vnd.oci.image.config.v1+json";

    private final ApiClient pusher;
    private final String repository;

    /** @param repository with its project */
    Images(ApiClient pusher, String repository) {
        this.pusher = pusher;
        this.repository = repository;
    }

    /** An image under that tag; its digest. */
    String push(String tag) {
        return push(tag, "");
    }

    /** An image by digest, without a tag. */
    String pushUntagged() {
        return push("", "");
    }

    /** An artifact of that type which has the other as its subject; its digest. */
    String pushReferrer(String subject, String artifactType) {
        return pushReferrer(MANIFEST, subject, artifactType);
    }

    /** As {@link #pushReferrer}, of an index. */
    String pushIndexReferrer(String subject, String artifactType) {
        return pushReferrer(INDEX, subject, artifactType);
    }

    private String pushReferrer(String subjectType, String subject, String artifactType) {
        String digest = push("", ",\"artifactType\":\"" + artifactType + "\",\"subject\":"
                + descriptor(subjectType, subject, content(subject).length()));
        if (pusher.get("/v2/" + repository + "/referrers/" + subject).status() == 404) {
            listReferrer(subject, digest, artifactType);
        }
        return digest;
    }

    /** Where the registry has no API for referrers, who pushes one lists it under a tag; here it is the only one. */
    private void listReferrer(String subject, String referrer, String artifactType) {
        String entry = descriptor(MANIFEST, referrer, content(referrer).length());
        put(subject.replace(':', '-'), INDEX, "{\"schemaVersion\":2,\"mediaType\":\"" + INDEX
                + "\",\"manifests\":[" + entry.substring(0, entry.length() - 1) + ",\"artifactType\":\"" + artifactType
                + "\"}]}");
    }

    private String content(String digest) {
        ApiClient.Answer answer = pusher.get("/v2/" + repository + "/manifests/" + digest, "Accept",
                MANIFEST + "," + INDEX);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    /** A signature as cosign's first versions keep it: found by its tag, which is made of the digest; that tag. */
    String pushTaggedSignature(String subject) {
        String tag = subject.replace(':', '-') + ".sig";
        String payload = "{\"critical\":{\"image\":{\"docker-manifest-digest\":\"" + subject + "\"}}}";
        String config = "{\"architecture\":\"\",\"os\":\"\",\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[]}}";
        put(tag, MANIFEST, "{\"schemaVersion\":2,\"mediaType\":\"" + MANIFEST + "\",\"config\":"
                + descriptor(CONFIG, blob(config), config.length()) + ",\"layers\":["
                + descriptor("application/vnd.dev.cosign.simplesigning.v1+json", blob(payload), payload.length())
                + "]}");
        return tag;
    }

    /** Tries to push an image while others may delete what it needs; the status of each request. */
    List<Integer> attempt(String tag) {
        List<Integer> statuses = new ArrayList<>();
        String layer = "layer " + UUID.randomUUID();
        ApiClient.Answer session = pusher.send("POST", "/v2/" + repository + "/blobs/uploads/", "");
        statuses.add(session.status());
        if (session.status() == 202) {
            String location = session.header("Location").orElseThrow();
            String path = location.substring(location.indexOf("/v2/"));
            statuses.add(pusher.send("PUT", path + (path.contains("?") ? "&" : "?") + "digest=" + digest(layer), layer,
                    "Content-Type", "application/octet-stream").status());
            String descriptor = descriptor("application/vnd.oci.image.layer.v1.tar", digest(layer), layer.length());
            statuses.add(pusher.send("PUT", "/v2/" + repository + "/manifests/" + tag,
                    "{\"schemaVersion\":2,\"mediaType\":\"" + MANIFEST + "\",\"config\":" + descriptor + ",\"layers\":["
                            + descriptor + "]}", "Content-Type", MANIFEST).status());
        }
        return statuses;
    }

    /** An index of images that are there, all of them for one platform; its digest. */
    String pushIndex(String tag, List<String> children) {
        return pushIndexOf(tag, children.stream().map(child -> entry(child, "arm64", ",\"variant\":\"v8\"")));
    }

    /** An index of an image for each architecture of Linux; its digest. */
    String pushIndex(String tag, Map<String, String> children) {
        return pushIndexOf(tag, children.entrySet().stream().map(child -> entry(child.getValue(), child.getKey(), "")));
    }

    private String entry(String child, String architecture, String more) {
        String entry = descriptor(MANIFEST, child, content(child).length());
        return entry.substring(0, entry.length() - 1) + ",\"platform\":{\"architecture\":\"" + architecture
                + "\",\"os\":\"linux\"" + more + "}}";
    }

    private String pushIndexOf(String tag, Stream<String> children) {
        String entries = children.collect(Collectors.joining(","));
        return put(tag, INDEX, "{\"schemaVersion\":2,\"mediaType\":\"" + INDEX + "\",\"manifests\":[" + entries + "]}");
    }

    private String push(String tag, String more) {
        String config = "{\"architecture\":\"amd64\",\"os\":\"linux\",\"created\":\"2024-01-02T03:04:05Z\",\"config\":"
                + "{\"Labels\":{\"id\":\"" + UUID.randomUUID() + "\"}},"
                + "\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[]},"
                + "\"history\":[{\"created_by\":\"COPY here there\"}]}";
        String layer = "layer " + UUID.randomUUID();
        String manifest = "{\"schemaVersion\":2,\"mediaType\":\"" + MANIFEST + "\",\"config\":"
                + descriptor(CONFIG, blob(config), config.length()) + ",\"layers\":["
                + descriptor("application/vnd.oci.image.layer.v1.tar", blob(layer), layer.length()) + "]"
                + ",\"annotations\":{\"org.example.note\":\"from a test\"}" + more + "}";
        return put(tag, MANIFEST, manifest);
    }

    private String put(String tag, String mediaType, String manifest) {
        String digest = digest(manifest);
        ApiClient.Answer answer = pusher.send("PUT",
                "/v2/" + repository + "/manifests/" + (tag.isEmpty() ? digest : tag), manifest,
                "Content-Type", mediaType);
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return digest;
    }

    private String blob(String content) {
        String digest = digest(content);
        ApiClient.Answer session = pusher.send("POST", "/v2/" + repository + "/blobs/uploads/", "");
        assertThat(session.status()).as(session.body()).isEqualTo(202);
        String location = session.header("Location").orElseThrow();
        String path = location.substring(location.indexOf("/v2/"));
        ApiClient.Answer done = pusher.send("PUT",
                path + (path.contains("?") ? "&" : "?") + "digest=" + digest, content,
                "Content-Type", "application/octet-stream");
        assertThat(done.status()).as(done.body()).isEqualTo(201);
        return digest;
    }

    private static String descriptor(String mediaType, String digest, int size) {
        return "{\"mediaType\":\"" + mediaType + "\",\"digest\":\"" + digest + "\",\"size\":" + size + "}";
    }

    static String digest(String content) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
            return "sha256:" + HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
