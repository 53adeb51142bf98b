// SPDX-License-Identifier: Apache-2.0
package org.harboree.console;

import java.util.Locale;

/** A repository's tabs, from left to right; the word of one is {@code repositoryTab.<name>} in the bundle. */
public enum RepositoryTab {
    ARTIFACTS("repository"),
    INFO("repository-info");

    private final String page;

    RepositoryTab(String page) {
        this.page = page;
    }

    /** Name of the page, as it stands in the address. */
    public String getPage() {
        return page;
    }

    /** Key of its word. */
    public String getKey() {
        return "repositoryTab." + name().toLowerCase(Locale.ROOT);
    }
}
