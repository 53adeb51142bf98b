// SPDX-License-Identifier: Apache-2.0
package org.harboree.remote.adapter;

import java.util.List;
import org.harboree.remote.AdapterInfo;
import org.harboree.remote.AdapterInfo.Filter;

/** What most kinds of registries can do. */
final class Infos {
    static final Filter NAME = new Filter(AdapterInfo.FILTER_NAME, "input", List.of());
    static final Filter TAG = new Filter(AdapterInfo.FILTER_TAG, "input", List.of());
    static final List<String> TRIGGERS = List.of(AdapterInfo.TRIGGER_MANUAL, AdapterInfo.TRIGGER_SCHEDULED);

    private Infos() {
    }

    /** Filters over names and tags of images, by hand and by the clock. */
    static AdapterInfo plain(String type) {
        return new AdapterInfo(type, "", List.of(NAME, TAG, resources("image")), TRIGGERS, false);
    }

    /** The filter over kinds of content. */
    static Filter resources(String... kinds) {
        return new Filter(AdapterInfo.FILTER_RESOURCE, "radio", List.of(kinds));
    }
}
