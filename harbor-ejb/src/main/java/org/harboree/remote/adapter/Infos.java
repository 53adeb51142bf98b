// SPDX-License-Identifier: Apache-2.0
package org.harboree.remote.adapter;

import java.util.List;
import java.util.Optional;
import org.harboree.remote.AdapterInfo;
import org.harboree.remote.AdapterInfo.Filter;
import org.harboree.remote.AdapterPattern;
import org.harboree.remote.AdapterPattern.Choice;
import org.harboree.remote.AdapterPattern.EndpointPattern;

/** What most kinds of registries can do. */
final class Infos {
    static final Filter NAME = new Filter(AdapterInfo.FILTER_NAME, "input", List.of());
    static final Filter TAG = new Filter(AdapterInfo.FILTER_TAG, "input", List.of());
    /** Of a pattern of endpoints: choose one, or enter another. */
    static final String LIST = "EndpointPatternTypeList";
    static final List<String> TRIGGERS = List.of(AdapterInfo.TRIGGER_MANUAL, AdapterInfo.TRIGGER_SCHEDULED);

    private Infos() {
    }

    /** Filters over names and tags of images, by hand and by the clock. */
    static AdapterInfo plain(String type) {
        return new AdapterInfo(type, "", List.of(NAME, TAG, resources("image")), TRIGGERS, false);
    }

    /** The one place where such a registry is. */
    static AdapterPattern only(String name, String url) {
        return new AdapterPattern(Optional.of(new EndpointPattern("EndpointPatternTypeFix",
                List.of(new Choice(name, url)))), Optional.empty());
    }

    /** The filter over kinds of content. */
    static Filter resources(String... kinds) {
        return new Filter(AdapterInfo.FILTER_RESOURCE, "radio", List.of(kinds));
    }
}
