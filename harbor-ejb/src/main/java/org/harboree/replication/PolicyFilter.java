// SPDX-License-Identifier: Apache-2.0
package org.harboree.replication;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;
import org.harboree.oci.NamePattern;
import org.harboree.oci.Tag;
import org.harboree.remote.RemoteArtifact;

/**
 * One condition of a policy.
 *
 * @param texts the pattern of a name or tag, the kind of a resource, or the labels
 * @param decoration empty, which means the same as {@code matches}; {@code matches}; or {@code excludes}
 */
public record PolicyFilter(Type type, List<String> texts, String decoration) {
    private static final String MATCHES = "matches";
    private static final String EXCLUDES = "excludes";
    private static final List<String> RESOURCES = List.of("image", "artifact");

    /** What the condition is about. */
    public enum Type {
        NAME, TAG, LABEL, RESOURCE;

        /** Harbor's name. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @throws HarborException BAD_REQUEST for what Harbor refuses, and for a pattern that is malformed */
    public PolicyFilter {
        Objects.requireNonNull(type);
        texts = List.copyOf(texts);
        require(type == Type.LABEL || texts.size() == 1, "the type of filter value isn't string");
        require(type != Type.RESOURCE || RESOURCES.contains(texts.get(0)), "invalid resource filter: " + texts);
        require(decoration.isEmpty() || type == Type.TAG || type == Type.LABEL,
                "only tag and label filter support decoration");
        require(List.of("", MATCHES, EXCLUDES).contains(decoration), "invalid filter decoration: " + decoration);
        if (type == Type.NAME || type == Type.TAG) {
            NamePattern.parse(texts.get(0));
        }
    }

    /**
     * From the fields of the API.
     *
     * @param value a text, or a list of texts for labels
     * @param decoration null for none
     * @throws HarborException BAD_REQUEST
     */
    public static PolicyFilter of(String type, Object value, String decoration) {
        Type known = Arrays.stream(Type.values()).filter(candidate -> candidate.wireName().equals(type))
                .findFirst().orElseThrow(() -> new HarborException(ErrorCode.BAD_REQUEST, "invalid filter type"));
        if (known == Type.LABEL) {
            boolean texts = value instanceof List<?> list && list.stream().allMatch(String.class::isInstance);
            require(texts, "the type of label filter value isn't string slice");
            List<String> labels = ((List<?>) value).stream().map(String.class::cast).toList();
            return new PolicyFilter(known, labels, text(decoration));
        }
        require(value instanceof String, "the type of filter value isn't string");
        return new PolicyFilter(known, List.of((String) value), text(decoration));
    }

    /** The value as the API has it: a text, or a list of them for labels. */
    public Object value() {
        return type == Type.LABEL ? texts : texts.get(0);
    }

    /** The pattern of a name or tag. */
    NamePattern pattern() {
        return NamePattern.parse(texts.get(0));
    }

    /**
     * What is left of a listing.
     *
     * <p>Of an artifact the tags are left that pass; without any it is out. One without tags passes as if it had the
     * empty tag. An accessory is judged by the tags of the artifact that it belongs to.
     */
    List<RemoteArtifact> select(List<RemoteArtifact> artifacts) {
        return switch (type) {
            case TAG -> texts.get(0).isEmpty() ? artifacts : byTag(pattern(), artifacts);
            case LABEL -> texts.isEmpty() ? artifacts : artifacts.stream()
                    .filter(artifact -> artifact.labels().containsAll(texts) != excludes()).toList();
            default -> artifacts;
        };
    }

    private List<RemoteArtifact> byTag(NamePattern pattern, List<RemoteArtifact> artifacts) {
        return artifacts.stream().map(artifact -> {
            List<Tag> judged = artifact.accessory() ? artifact.parentTags() : artifact.tags();
            if (judged.isEmpty()) {
                return pattern.matches("") != excludes() ? artifact : null;
            }
            List<Tag> passed = judged.stream().filter(tag -> pattern.matches(tag.value()) != excludes()).toList();
            if (passed.isEmpty()) {
                return null;
            }
            return artifact.accessory() ? artifact : new RemoteArtifact(artifact.digest(), passed, artifact.labels(),
                    false, List.of());
        }).filter(Objects::nonNull).toList();
    }

    private boolean excludes() {
        return decoration.equals(EXCLUDES);
    }

    private static String text(String decoration) {
        return decoration == null ? "" : decoration;
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new HarborException(ErrorCode.BAD_REQUEST, message);
        }
    }
}
