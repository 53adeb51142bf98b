// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.harboree.it.Product;
import org.harboree.it.Requests;

/** What the administrator pushes to one repository, so that pages have something to show. */
final class Images {
    static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    static final String INDEX = "application/vnd.oci.image.index.v1+json";
    private static final String CONFIG = "application/vnd.oci.image.config.v1+json";
    private static final String LAYER = "application/vnd.oci.image.layer.v1.tar+gzip";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String repository;
    private final String authorization;
    private final Map<String, Map<String, Object>> pushed = new HashMap<>();

    /**
     * One step of a build.
     *
     * @param command as the history has it; the same command with as many bytes is the same layer
     * @param bytes 0 for a step that changes no file
     */
    record Step(String command, int bytes) {
    }

    /** @param repository with its project */
    Images(String repository) {
        this.repository = repository;
        String pair = "admin:" + Product.running().adminPassword();
        this.authorization = "Basic "
                + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    /** A small image of its own under that tag; its digest. */
    String push(String tag) {
        return push(tag, "amd64", List.of(new Step("COPY " + tag + " of " + repository, 2_000)), Map.of());
    }

    /** An image of those steps. @param config what it says of running it. @return its digest */
    String push(String tag, String architecture, List<Step> steps, Map<String, ?> config) {
        List<Map<String, Object>> layers = new ArrayList<>();
        List<Map<String, Object>> history = new ArrayList<>();
        for (Step step : steps) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("created", "2026-01-02T03:04:05Z");
            line.put("created_by", step.command());
            if (step.bytes() == 0) {
                line.put("empty_layer", true);
            } else {
                byte[] layer = new byte[step.bytes()];
                new Random(step.command().hashCode()).nextBytes(layer);
                layers.add(blob(LAYER, layer));
            }
            history.add(line);
        }
        Map<String, Object> image = Map.of("architecture", architecture, "os", "linux", "author", "A. Builder",
                "created", "2026-01-02T03:04:05Z", "config", config, "history", history,
                "rootfs", Map.of("type", "layers", "diff_ids", layers.stream().map(one -> one.get("digest")).toList()));
        String digest = put(tag, MANIFEST, Map.of("schemaVersion", 2, "mediaType", MANIFEST,
                "config", blob(CONFIG, json(image)), "layers", layers));
        pushed.get(digest).put("platform", Map.of("architecture", architecture, "os", "linux"));
        return digest;
    }

    /** An index of images that were pushed here; its digest. */
    String pushIndex(String tag, String... children) {
        return put(tag, INDEX, Map.of("schemaVersion", 2, "mediaType", INDEX,
                "manifests", List.of(children).stream().map(pushed::get).toList()));
    }

    /** An artifact of that type about another one that was pushed here; its digest. */
    String pushReferrer(String subject, String artifactType) {
        Map<String, Object> about = new LinkedHashMap<>(pushed.get(subject));
        about.remove("platform");
        return put("", MANIFEST, Map.of("schemaVersion", 2, "mediaType", MANIFEST, "artifactType", artifactType,
                "config", blob("application/vnd.oci.empty.v1+json", "{}".getBytes(StandardCharsets.UTF_8)),
                "layers", List.of(blob("text/plain", ("about " + subject).getBytes(StandardCharsets.UTF_8))),
                "subject", about));
    }

    /** A Helm chart under that tag; its digest. */
    String pushChart(String tag) {
        return put(tag, MANIFEST, Map.of("schemaVersion", 2, "mediaType", MANIFEST,
                "config", blob("application/vnd.cncf.helm.config.v1+json", json(Map.of("name", repository))),
                "layers", List.of(blob("application/vnd.cncf.helm.chart.content.v1.tar+gzip",
                        ("chart " + repository + tag).getBytes(StandardCharsets.UTF_8)))));
    }

    private String put(String tag, String mediaType, Map<String, ?> manifest) {
        byte[] content = json(manifest);
        String digest = digest(content);
        HttpResponse<String> answer = send("PUT", "/v2/" + repository + "/manifests/" + (tag.isEmpty() ? digest : tag),
                mediaType, content);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        pushed.put(digest, descriptor(mediaType, content));
        return digest;
    }

    private Map<String, Object> blob(String mediaType, byte[] content) {
        Map<String, Object> descriptor = descriptor(mediaType, content);
        HttpResponse<String> answer = send("POST", "/v2/" + repository + "/blobs/uploads/?digest="
                + descriptor.get("digest"), "application/octet-stream", content);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return descriptor;
    }

    private HttpResponse<String> send(String method, String path, String mediaType, byte[] body) {
        return Requests.send(HttpRequest.newBuilder(URI.create(Product.running().url() + path))
                .method(method, BodyPublishers.ofByteArray(body)).header("Content-Type", mediaType)
                .header("Authorization", authorization).build(), BodyHandlers.ofString());
    }

    private static Map<String, Object> descriptor(String mediaType, byte[] content) {
        return new LinkedHashMap<>(
                Map.of("mediaType", mediaType, "digest", digest(content), "size", content.length));
    }

    private static byte[] json(Object value) {
        try {
            return JSON.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String digest(byte[] content) {
        try {
            return "sha256:" + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
