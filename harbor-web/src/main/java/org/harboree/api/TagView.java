// SPDX-License-Identifier: Apache-2.0
package org.harboree.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.harboree.registry.TagDetails;

/** Harbor's {@code Tag}; none is immutable here. */
record TagView(long id, long repositoryId, long artifactId, String name, String pushTime, String pullTime,
        @JsonInclude(JsonInclude.Include.ALWAYS) boolean immutable) {

    static TagView of(TagDetails tag) {
        return new TagView(tag.id(), tag.repositoryId(), tag.artifactId(), tag.name(), Json.time(tag.pushTime()),
                Json.time(tag.pullTime()), false);
    }
}
