// SPDX-License-Identifier: Apache-2.0
package org.harboree.console;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The table of the side menu: page, icon, group, who sees it, and which other pages belong to it. The word of an entry
 * is {@code menu.<name>} in the bundle. Only pages that exist stand here.
 */
public enum MenuEntry {
    PROJECTS("project-list", "pi-box", Group.WORK, Audience.ANYBODY, "project", "repository", "artifact"),
    USERS("user-list", "pi-users", Group.ADMINISTER, Audience.ADMIN),
    REGISTRIES("registry-list", "pi-server", Group.ADMINISTER, Audience.ADMIN),
    REPLICATION("replication-list", "pi-sync", Group.ADMINISTER, Audience.ADMIN, "replication");

    /** The parts of the menu, from top to bottom; the heading of a part is {@code menu.group.<name>}. */
    public enum Group {
        WORK, ADMINISTER
    }

    /** Who sees an entry. What the page does is the services' to refuse. */
    enum Audience {
        ANYBODY, SIGNED_IN, ADMIN
    }

    private final String page;
    private final String icon;
    private final Group group;
    private final Audience audience;
    private final List<String> families;

    MenuEntry(String page, String icon, Group group, Audience audience, String... families) {
        this.page = page;
        this.icon = icon;
        this.group = group;
        this.audience = audience;
        this.families = List.of(families);
    }

    /** What the visitor sees of a group, from top to bottom. */
    static List<MenuEntry> of(Group group, Visitor visitor) {
        return Arrays.stream(values())
                .filter(entry -> entry.group == group && entry.isFor(visitor))
                .toList();
    }

    public String getAddress() {
        return "/harbor/" + page;
    }

    /** A class of PrimeIcons. */
    public String getIcon() {
        return icon;
    }

    /** Key of its word. */
    public String getKey() {
        return "menu." + name().toLowerCase(Locale.ROOT);
    }

    /** Whether that page is this entry's, or one below it. */
    boolean leadsTo(String pageName) {
        return pageName.equals(page)
                || families.stream().anyMatch(family -> pageName.equals(family) || pageName.startsWith(family + "-"));
    }

    private boolean isFor(Visitor visitor) {
        return switch (audience) {
            case ANYBODY -> true;
            case SIGNED_IN -> visitor.isSignedIn();
            case ADMIN -> visitor.isAdmin();
        };
    }
}
