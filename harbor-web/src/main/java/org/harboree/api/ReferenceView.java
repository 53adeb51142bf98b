// SPDX-License-Identifier: Apache-2.0
package org.harboree.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import org.harboree.oci.Platform;
import org.harboree.registry.ReferenceDetails;

/** Harbor's {@code Reference}: an entry of an index. A child that the repository does not hold has no id. */
record ReferenceView(long parentId, long childId, String childDigest, PlatformView platform,
        Map<String, String> annotations, List<String> urls) {

    /** Harbor's {@code Platform}. */
    record PlatformView(String architecture, String os, @JsonProperty("os.version") String osVersion,
            @JsonProperty("os.features") List<String> osFeatures, String variant) {
        static PlatformView of(Platform platform) {
            return new PlatformView(platform.architecture(), platform.os(), platform.osVersion(), platform.osFeatures(),
                    platform.variant());
        }
    }

    static ReferenceView of(ReferenceDetails reference) {
        return new ReferenceView(reference.parentId(), reference.childId().orElse(0), reference.childDigest(),
                reference.platform().map(PlatformView::of).orElse(null), reference.annotations(), reference.urls());
    }
}
