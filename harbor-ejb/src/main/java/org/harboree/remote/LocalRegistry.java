// SPDX-License-Identifier: Apache-2.0
package org.harboree.remote;

import java.util.List;
import org.harboree.remote.AdapterInfo.Filter;

/** What rules may use with this registry itself, Harbor's registry 0: alone it tells of its pushes and deletes. */
final class LocalRegistry {
    static final AdapterInfo INFO = new AdapterInfo("harbor", "",
            List.of(new Filter(AdapterInfo.FILTER_NAME, "input", List.of()),
                    new Filter(AdapterInfo.FILTER_TAG, "input", List.of()),
                    new Filter(AdapterInfo.FILTER_RESOURCE, "radio", List.of("image", "artifact"))),
            List.of(AdapterInfo.TRIGGER_MANUAL, AdapterInfo.TRIGGER_SCHEDULED, AdapterInfo.TRIGGER_EVENT_BASED), true);

    private LocalRegistry() {
    }
}
