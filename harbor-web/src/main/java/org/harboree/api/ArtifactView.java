// SPDX-License-Identifier: Apache-2.0
package org.harboree.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import java.util.List;
import java.util.Map;
import org.harboree.oci.MediaTypes;
import org.harboree.registry.ArtifactDetails;

/** Harbor's {@code Artifact}. What is asked for and empty is left out, as in Harbor. */
record ArtifactView(long id, String type, String mediaType, String manifestMediaType, String artifactType,
        long projectId, long repositoryId, String repositoryName, String digest, long size, String pushTime,
        String pullTime, @JsonRawValue String extraAttrs, @JsonRawValue String annotations,
        List<ReferenceView> references, List<TagView> tags, Map<String, AdditionLinkView> additionLinks,
        List<AccessoryView> accessories) {

    /** Harbor's {@code AdditionLink}. */
    record AdditionLinkView(String href, @JsonInclude(JsonInclude.Include.ALWAYS) boolean absolute) {
    }

    static ArtifactView of(ArtifactDetails artifact) {
        return new ArtifactView(artifact.id(), artifact.type(), artifact.mediaType(), artifact.manifestMediaType(),
                artifact.artifactType(), artifact.repository().projectId(), artifact.repository().id(),
                artifact.repository().name(), artifact.digest(), artifact.size(), Json.time(artifact.pushTime()),
                Json.time(artifact.pullTime()), artifact.extraAttributesJson().orElse(null),
                artifact.annotationsJson().orElse(null),
                artifact.references().stream().map(ReferenceView::of).toList(),
                artifact.tags().stream().map(TagView::of).toList(), links(artifact),
                artifact.accessories().stream().map(AccessoryView::of).toList());
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
