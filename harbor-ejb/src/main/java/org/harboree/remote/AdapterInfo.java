// SPDX-License-Identifier: Apache-2.0
package org.harboree.remote;

import java.util.List;

/**
 * What a replication rule may use with a registry (Harbor's {@code RegistryInfo}).
 *
 * @param type of the adapter
 * @param description one line, may be empty
 * @param filters in the order of the API
 * @param triggers Harbor's names: {@code manual}, {@code scheduled}
 * @param copyByChunk whether blobs can be uploaded in chunks
 */
public record AdapterInfo(String type, String description, List<Filter> filters, List<String> triggers,
        boolean copyByChunk) {
    public static final String TRIGGER_MANUAL = "manual";
    public static final String TRIGGER_SCHEDULED = "scheduled";
    public static final String TRIGGER_EVENT_BASED = "event_based";

    /** Kinds of {@link Filter}. */
    public static final String FILTER_NAME = "name";
    public static final String FILTER_TAG = "tag";
    public static final String FILTER_LABEL = "label";
    public static final String FILTER_RESOURCE = "resource";

    public AdapterInfo {
        filters = List.copyOf(filters);
        triggers = List.copyOf(triggers);
    }

    /**
     * A filter of a rule.
     *
     * @param type {@code name}, {@code tag}, {@code label} or {@code resource}
     * @param style how a console asks for it: {@code input}, {@code list} or {@code radio}
     * @param values to choose from; empty for free text
     */
    public record Filter(String type, String style, List<String> values) {
        public Filter {
            values = List.copyOf(values);
        }
    }
}
