// SPDX-License-Identifier: Apache-2.0
package org.harboree.console;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;
import org.harboree.oci.MediaTypes;
import org.harboree.registry.ArtifactContent;
import org.harboree.registry.ArtifactDetails;
import org.harboree.registry.ArtifactService;
import org.harboree.registry.ReferenceDetails;

/** Two artifacts side by side: which layers the second keeps, adds and drops, and how it is run differently. */
@Named
@RequestScoped
public class CompareView {
    @Inject
    private ArtifactService artifacts;

    @Inject
    private Visitor visitor;

    private String a = "";
    private String b = "";
    private String platform = "";
    private List<String> platforms = List.of();
    private Side first;
    private Side second;

    /**
     * One of the two.
     *
     * @param repository with its project
     * @param artifact of an index the image of the platform
     */
    public record Side(String repository, String reference, ArtifactDetails artifact, ArtifactContent content,
            ImageFacts facts) {
    }

    /** How they differ in one thing; empty where a side does not have it. */
    public record Difference(String name, String first, String second) {
    }

    /**
     * Reads both, if the address names both.
     *
     * @throws HarborException BAD_REQUEST for what names no artifact; as the service
     */
    public void load() {
        if (a.isEmpty() || b.isEmpty()) {
            return;
        }
        ArtifactDetails one = read(a);
        ArtifactDetails other = read(b);
        platforms = ImageFacts.platforms(one);
        if (isIndex(one) && isIndex(other)) {
            platforms = platforms.stream().filter(ImageFacts.platforms(other)::contains).toList();
        } else if (isIndex(other)) {
            platforms = ImageFacts.platforms(other);
        }
        if (!platforms.contains(platform)) {
            platform = platforms.isEmpty() ? "" : platforms.get(0);
        }
        first = side(a, one);
        second = side(b, other);
    }

    private ArtifactDetails read(String whole) {
        int slash = whole.indexOf('/');
        int end = referenceAt(whole);
        if (slash < 1 || end <= slash + 1) {
            throw new HarborException(ErrorCode.BAD_REQUEST, "an artifact is project/repository:tag or @digest");
        }
        return artifacts.get(visitor.caller(), whole.substring(0, slash), whole.substring(slash + 1, end),
                whole.substring(end + 1), new ArtifactService.Wanted(true, false));
    }

    /** Where the tag or the digest begins, behind its separator; -1 if there is none. */
    private static int referenceAt(String whole) {
        int at = whole.indexOf('@');
        return at >= 0 ? at : whole.indexOf(':', whole.lastIndexOf('/') + 1);
    }

    private Side side(String whole, ArtifactDetails named) {
        String name = named.repository().name();
        String project = name.substring(0, name.indexOf('/'));
        String rest = name.substring(name.indexOf('/') + 1);
        ArtifactDetails artifact = isIndex(named)
                ? named.references().stream().filter(this::isWanted).findFirst()
                        .map(entry -> artifacts.get(visitor.caller(), project, rest, entry.childDigest(),
                                new ArtifactService.Wanted(false, false)))
                        .orElse(named)
                : named;
        return new Side(name, whole.substring(referenceAt(whole) + 1), artifact,
                artifacts.content(visitor.caller(), project, rest, artifact.digest()), ImageFacts.of(artifact));
    }

    private boolean isWanted(ReferenceDetails entry) {
        return entry.childId().isPresent()
                && entry.platform().map(ImageFacts::platform).orElse("").equals(platform);
    }

    private static boolean isIndex(ArtifactDetails artifact) {
        return MediaTypes.isIndex(artifact.manifestMediaType());
    }

    /** Whether there is something to show. */
    public boolean isCompared() {
        return second != null;
    }

    public Side getFirst() {
        return first;
    }

    public Side getSecond() {
        return second;
    }

    /** Those that could be compared, where one of the two is an index. */
    public List<String> getPlatforms() {
        return platforms;
    }

    /** The layers of both from the first to the last. */
    public List<LayerChange> getLayers() {
        return LayerChange.between(first.content().layers(), second.content().layers());
    }

    /** What who has the first would still have to pull for the second. */
    public long getBytesToPull() {
        long config = second.content().config().filter(one -> first.content().config().stream()
                .noneMatch(other -> other.digest().equals(one.digest()))).map(ArtifactContent.Blob::size).orElse(0L);
        boolean same = first.artifact().digest().equals(second.artifact().digest());
        return getLayers().stream().filter(layer -> layer.kind() == LayerChange.Kind.ADDED)
                .mapToLong(LayerChange::size).sum() + (same ? 0 : config + second.content().manifestBytes());
    }

    /** How they are run differently, by the key of its word. */
    public List<Difference> getSettings() {
        Map<String, String> one = settings(first.facts());
        Map<String, String> other = settings(second.facts());
        return differences(one, other);
    }

    public List<Difference> getEnvironment() {
        return differences(first.facts().getEnvironment(), second.facts().getEnvironment());
    }

    public List<Difference> getLabels() {
        return differences(first.facts().getLabels(), second.facts().getLabels());
    }

    private static Map<String, String> settings(ImageFacts facts) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("platform", facts.getPlatform());
        settings.put("entrypoint", facts.getEntrypoint());
        settings.put("command", facts.getCommand());
        settings.put("directory", facts.getWorkingDirectory());
        settings.put("user", facts.getUser());
        settings.put("ports", String.join(", ", new TreeSet<>(facts.getPorts())));
        settings.put("volumes", String.join(", ", new TreeSet<>(facts.getVolumes())));
        return settings;
    }

    private static List<Difference> differences(Map<String, String> one, Map<String, String> other) {
        List<Difference> differences = new ArrayList<>();
        Map<String, String> all = new LinkedHashMap<>(one);
        all.putAll(other);
        for (String name : all.keySet()) {
            Difference difference = new Difference(name, one.getOrDefault(name, ""), other.getOrDefault(name, ""));
            if (!difference.first().equals(difference.second())) {
                differences.add(difference);
            }
        }
        return differences;
    }

    public String getA() {
        return a;
    }

    public void setA(String a) {
        this.a = a == null ? "" : a.strip();
    }

    public String getB() {
        return b;
    }

    public void setB(String b) {
        this.b = b == null ? "" : b.strip();
    }

    public String getPlatform() {
        return platform;
    }

    public void setPlatform(String platform) {
        this.platform = platform == null ? "" : platform;
    }
}
