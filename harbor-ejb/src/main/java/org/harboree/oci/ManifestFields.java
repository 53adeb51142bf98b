// SPDX-License-Identifier: Apache-2.0
package org.harboree.oci;

import static org.harboree.oci.ManifestJson.invalid;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The top-level fields of a manifest as they stand in the document, before anybody asked whether they fit together.
 *
 * <p>Names count exactly: {@code Layers} is an unknown field, and unknown fields are passed over.
 */
final class ManifestFields {
    private boolean schemaVersion2;
    private String mediaType = "";
    private Optional<String> artifactType = Optional.empty();
    private Optional<Descriptor> config = Optional.empty();
    private Optional<List<Descriptor>> layers = Optional.empty();
    private Optional<List<Descriptor>> manifests = Optional.empty();
    private Optional<Descriptor> subject = Optional.empty();
    private Map<String, String> annotations = Map.of();

    private ManifestFields() {
    }

    /** @throws org.harboree.error.HarborException MANIFEST_INVALID or DIGEST_INVALID */
    static ManifestFields read(byte[] content) {
        ManifestFields fields = new ManifestFields();
        try {
            ManifestJson.document(content, json -> {
                DescriptorReader descriptors = new DescriptorReader(json);
                return name -> fields.field(json, descriptors, name);
            });
        } catch (StreamConstraintsException e) {
            throw invalid("the manifest is beyond a limit: " + e.getOriginalMessage());
        } catch (JsonProcessingException e) {
            // Its own message would repeat parts of the document.
            throw invalid("the manifest has malformed JSON or a duplicate key at line " + e.getLocation().getLineNr()
                    + ", column " + e.getLocation().getColumnNr());
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory failed", e);
        }
        if (!fields.schemaVersion2) {
            throw invalid("schemaVersion is missing");
        }
        return fields;
    }

    String mediaType() {
        return mediaType;
    }

    Optional<String> artifactType() {
        return artifactType;
    }

    Optional<Descriptor> config() {
        return config;
    }

    /** Empty where the document has no such field. */
    Optional<List<Descriptor>> layers() {
        return layers;
    }

    /** Empty where the document has no such field. */
    Optional<List<Descriptor>> manifests() {
        return manifests;
    }

    Optional<Descriptor> subject() {
        return subject;
    }

    Map<String, String> annotations() {
        return annotations;
    }

    private void field(ManifestJson json, DescriptorReader descriptors, String name) throws IOException {
        switch (name) {
            case "schemaVersion" -> schemaVersion2 = isVersion2(json);
            case "config" -> config = Optional.of(descriptors.descriptor(name));
            case "layers" -> layers = Optional.of(list(json, descriptors, name));
            case "manifests" -> manifests = Optional.of(list(json, descriptors, name));
            case "mediaType", "artifactType", "subject", "annotations" -> optionalField(json, descriptors, name);
            default -> json.skip();
        }
    }

    private void optionalField(ManifestJson json, DescriptorReader descriptors, String name) throws IOException {
        if (json.isNull()) {
            return;
        }
        switch (name) {
            case "mediaType" -> mediaType = json.string(name, DescriptorReader.MAX_MEDIA_TYPE_CHARS);
            case "artifactType" -> artifactType = descriptors.artifactType(name);
            case "subject" -> subject = Optional.of(descriptors.descriptor(name));
            default -> annotations = descriptors.annotations(name);
        }
    }

    private static boolean isVersion2(ManifestJson json) throws IOException {
        if (!json.integer("schemaVersion").equals("2")) {
            throw invalid("schemaVersion must be 2");
        }
        return true;
    }

    /** A null is Go's way to write an empty list. */
    private static List<Descriptor> list(ManifestJson json, DescriptorReader descriptors, String name)
            throws IOException {
        return json.isNull() ? List.of() : json.array(name, () -> descriptors.descriptor("an element of " + name));
    }
}
