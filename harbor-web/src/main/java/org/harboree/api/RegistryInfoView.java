// SPDX-License-Identifier: Apache-2.0
package org.harboree.api;

import java.util.List;
import org.harboree.remote.AdapterInfo;

/** Harbor's {@code RegistryInfo}. */
record RegistryInfoView(String type, String description, List<FilterView> supportedResourceFilters,
        List<String> supportedTriggers, boolean supportedCopyByChunk) {

    /** Harbor's {@code FilterStyle}. */
    record FilterView(String type, String style, List<String> values) {
        static FilterView of(AdapterInfo.Filter filter) {
            return new FilterView(filter.type(), filter.style(), filter.values());
        }
    }

    static RegistryInfoView of(AdapterInfo info) {
        return new RegistryInfoView(info.type(), info.description(),
                info.filters().stream().map(FilterView::of).toList(), info.triggers(), info.copyByChunk());
    }
}
