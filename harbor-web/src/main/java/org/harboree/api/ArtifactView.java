// SPDX-License-Identifier: Apache-2.0
package org.harboree.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.harboree.oci.MediaTypes;
import org.harboree.registry.ArtifactDetails;

/** Harbor's {@code Artifact}. Lists that are empty or not asked for are null, as in Harbor; nothing has a label. */
record ArtifactView(long id, String type, String mediaType, String manifestMediaType, String artifactType,
        long projectId, long repositoryId, String repositoryName, String digest, long size, String pushTime,
        String pullTime, @JsonRawValue String extraAttrs, @JsonRawValue String annotations,
        @JsonInclude(JsonInclude.Include.ALWAYS) List<ReferenceView> references,
        @JsonInclude(JsonInclude.Include.ALWAYS) List<TagView> tags, Map<String, AdditionLinkView> additionLinks,
        @JsonInclude(JsonInclude.Include.ALWAYS) List<String> labels,
        @JsonInclude(JsonInclude.Include.ALWAYS) List<AccessoryView> accessories) {

    /** Harbor's {@code AdditionLink}. */
    record AdditionLinkView(String href, @JsonInclude(JsonInclude.Include.ALWAYS) boolean absolute) {
    }

    static ArtifactView of(ArtifactDetails artifact) {
        return new ArtifactView(artifact.id(), artifact.type(), artifact.mediaType(), artifact.manifestMediaType(),
                artifact.artifactType(), artifact.repository().projectId(), artifact.repository().id(),
                artifact.repository().name(), artifact.digest(), artifact.size(), Json.time(artifact.pushTime()),
                Json.time(artifact.pullTime()), artifact.extraAttributesJson().orElse(null),
                artifact.annotationsJson().orElse(null),
                views(artifact.references(), ReferenceView::of), views(artifact.tags(), TagView::of), links(artifact),
                null, views(artifact.accessories(), AccessoryView::of));
    }

    private static <T, V> List<V> views(List<T> items, Function<T, V> view) {
        return items.isEmpty() ? null : items.stream().map(view).toList();
    }

    private static Map<String, AdditionLinkView> links(ArtifactDetails artifact) {
        if (!artifact.type().equals("IMAGE") || MediaTypes.isIndex(artifact.manifestMediaType())) {
            return Map.of();
        }
        String name = artifact.repository().name();
        int slash = name.indexOf('/');
        String href = "/api/v2.0/projects/" + name.substring(0, slash) + "/repositories/"
                + name.substring(slash + 1).replace("/", "%252F") + "/artifacts/" + artifact.digest()
                + "/additions/build_history";
        return Map.of("build_history", new AdditionLinkView(href, false));
    }
}
