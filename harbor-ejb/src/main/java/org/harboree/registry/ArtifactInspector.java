// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.harboree.oci.Descriptor;
import org.harboree.oci.Manifest;
import org.harboree.storage.BlobContent;
import org.harboree.storage.BlobStorage;

/** Reads what lists show of an artifact: its type, and the platform and history facts of an image's config. */
@ApplicationScoped
class ArtifactInspector {
    /** A config larger than this is not read; the artifact is shown without it. */
    private static final long MAX_CONFIG_BYTES = 8L << 20;
    private static final Pattern TYPE =
            Pattern.compile("^application/vnd\\.[^.]*\\.([^.]*)\\.config\\.[^.]*\\+json$|^application/vnd\\.[^.]*\\.([^.]*)\\.config");
    private static final ObjectMapper JSON = new ObjectMapper();

    @Inject
    private BlobStorage storage;

    /** @param config the config blob where it is in the repository */
    public ArtifactFacts inspect(Manifest manifest, Optional<BlobRef> config) {
        String type = type(manifest);
        String annotations = manifest.annotations().isEmpty() ? null : write(JSON.valueToTree(manifest.annotations()));
        String extra = type.equals("IMAGE") ? config.flatMap(this::imageFacts).orElse(null) : null;
        return new ArtifactFacts(type, annotations, extra);
    }

    private static String type(Manifest manifest) {
        if (manifest.isIndex()) {
            return "IMAGE";
        }
        String mediaType = manifest.config().map(Descriptor::mediaType).orElse("");
        return switch (mediaType) {
            case "application/vnd.oci.image.config.v1+json", "application/vnd.docker.container.image.v1+json" -> "IMAGE";
            case "application/vnd.cncf.helm.config.v1+json" -> "CHART";
            default -> {
                Matcher matcher = TYPE.matcher(mediaType);
                String name = matcher.find() ? (matcher.group(1) == null ? matcher.group(2) : matcher.group(1)) : "";
                yield name.isEmpty() ? "UNKNOWN" : name.toUpperCase(Locale.ROOT);
            }
        };
    }

    /** The steps by which an image was built, a JSON array; empty if its config tells of none. */
    Optional<String> history(BlobRef config) {
        return read(config).map(image -> image.get("history")).filter(JsonNode::isArray)
                .map(ArtifactInspector::write);
    }

    private Optional<String> imageFacts(BlobRef config) {
        return read(config).map(ArtifactInspector::facts);
    }

    private Optional<JsonNode> read(BlobRef config) {
        if (config.size() > MAX_CONFIG_BYTES) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(JSON.readTree(bytes(config))).filter(JsonNode::isObject);
        } catch (IOException e) {
            // no JSON, or not readable now: the artifact is as good without the facts
            return Optional.empty();
        }
    }

    private static String facts(JsonNode image) {
        ObjectNode facts = JSON.createObjectNode();
        for (String name : new String[] {"architecture", "author", "config", "created", "os", "os.version", "variant"}) {
            if (image.has(name)) {
                facts.set(name, image.get(name));
            }
        }
        return write(facts);
    }

    private byte[] bytes(BlobRef blob) throws IOException {
        try (BlobContent content = storage.open(blob.key())) {
            ByteBuffer buffer = ByteBuffer.allocate((int) blob.size());
            while (buffer.hasRemaining() && content.channel().read(buffer) >= 0) {
                // until all is read
            }
            return buffer.array();
        }
    }

    private static String write(JsonNode node) {
        try {
            return JSON.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree can be written", e);
        }
    }
}
