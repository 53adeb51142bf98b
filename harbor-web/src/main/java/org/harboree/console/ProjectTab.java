// SPDX-License-Identifier: Apache-2.0
package org.harboree.console;

import java.util.Locale;
import org.harboree.access.Permission;

/**
 * The table of a project's tabs, from left to right: page, and the right without which it is not offered. The word of
 * a tab is {@code projectTab.<name>} in the bundle; its page uses {@code /WEB-INF/console/project.xhtml}. Only pages
 * that exist stand here.
 */
public enum ProjectTab {
    SUMMARY("project", Permission.PROJECT_READ),
    REPOSITORIES("project-repositories", Permission.REPOSITORY_LIST),
    MEMBERS("project-members", Permission.MEMBER_LIST),
    CONFIGURATION("project-configuration", Permission.METADATA_READ);

    private final String page;
    private final Permission permission;

    ProjectTab(String page, Permission permission) {
        this.page = page;
        this.permission = permission;
    }

    /** Name of the page, as it stands in the address. */
    public String getPage() {
        return page;
    }

    /** Key of its word. */
    public String getKey() {
        return "projectTab." + name().toLowerCase(Locale.ROOT);
    }

    Permission permission() {
        return permission;
    }
}
