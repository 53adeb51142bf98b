// SPDX-License-Identifier: Apache-2.0
package org.harboree.access;

import java.util.EnumSet;
import java.util.Set;

/**
 * The table of what can be done in a project and who may: Harbor's resource, Harbor's action, holders.
 *
 * <p>Holders: A project admin, M maintainer, D developer, G guest, L limited guest, P anybody on a public project.
 * A system administrator may everything.
 */
public enum Permission {
    PROJECT_READ("", "read", "AMDGLP"),
    PROJECT_UPDATE("", "update", "A"),
    PROJECT_DELETE("", "delete", "A"),
    MEMBER_CREATE("member", "create", "A"),
    MEMBER_READ("member", "read", "AMDG"),
    MEMBER_UPDATE("member", "update", "A"),
    MEMBER_DELETE("member", "delete", "A"),
    MEMBER_LIST("member", "list", "AMDG"),
    METADATA_CREATE("metadata", "create", "A"),
    METADATA_READ("metadata", "read", "AM"),
    METADATA_UPDATE("metadata", "update", "A"),
    METADATA_DELETE("metadata", "delete", "A"),
    LOG_LIST("log", "list", "A"),
    LABEL_CREATE("label", "create", "AM"),
    LABEL_READ("label", "read", "AMDGP"),
    LABEL_UPDATE("label", "update", "AM"),
    LABEL_DELETE("label", "delete", "AM"),
    LABEL_LIST("label", "list", "AMDGP"),
    QUOTA_READ("quota", "read", "AMDGL"),
    REPOSITORY_CREATE("repository", "create", "AMD"),
    REPOSITORY_READ("repository", "read", "AMDGL"),
    REPOSITORY_UPDATE("repository", "update", "AMD"),
    REPOSITORY_DELETE("repository", "delete", "AM"),
    REPOSITORY_LIST("repository", "list", "AMDGLP"),
    REPOSITORY_PULL("repository", "pull", "AMDGLP"),
    REPOSITORY_PUSH("repository", "push", "AMD"),
    ARTIFACT_CREATE("artifact", "create", "AMD"),
    ARTIFACT_READ("artifact", "read", "AMDGLP"),
    ARTIFACT_DELETE("artifact", "delete", "AM"),
    ARTIFACT_LIST("artifact", "list", "AMDGLP"),
    ARTIFACT_ADDITION_READ("artifact-addition", "read", "AMDGLP"),
    ARTIFACT_LABEL_CREATE("artifact-label", "create", "AMD"),
    ARTIFACT_LABEL_DELETE("artifact-label", "delete", "AMD"),
    ACCESSORY_LIST("accessory", "list", "AMDGLP"),
    TAG_CREATE("tag", "create", "AMD"),
    TAG_DELETE("tag", "delete", "AM"),
    TAG_LIST("tag", "list", "AMDGLP"),
    SCAN_CREATE("scan", "create", "AM"),
    SCAN_STOP("scan", "stop", "AM"),
    SCAN_READ("scan", "read", "AMDGLP"),
    SBOM_CREATE("sbom", "create", "AM"),
    SBOM_STOP("sbom", "stop", "AM"),
    SBOM_READ("sbom", "read", "AMDGL"),
    SCANNER_CREATE("scanner", "create", "A"),
    SCANNER_READ("scanner", "read", "AMDGLP"),
    TAG_RETENTION_CREATE("tag-retention", "create", "AMD"),
    TAG_RETENTION_READ("tag-retention", "read", "AMD"),
    TAG_RETENTION_UPDATE("tag-retention", "update", "AMD"),
    TAG_RETENTION_DELETE("tag-retention", "delete", "AMD"),
    TAG_RETENTION_LIST("tag-retention", "list", "AMD"),
    TAG_RETENTION_OPERATE("tag-retention", "operate", "AMD"),
    IMMUTABLE_TAG_CREATE("immutable-tag", "create", "AM"),
    IMMUTABLE_TAG_UPDATE("immutable-tag", "update", "AM"),
    IMMUTABLE_TAG_DELETE("immutable-tag", "delete", "AM"),
    IMMUTABLE_TAG_LIST("immutable-tag", "list", "AM"),
    ROBOT_CREATE("robot", "create", "A"),
    ROBOT_READ("robot", "read", "AMDG"),
    ROBOT_UPDATE("robot", "update", "A"),
    ROBOT_DELETE("robot", "delete", "A"),
    ROBOT_LIST("robot", "list", "AMDG"),
    NOTIFICATION_POLICY_CREATE("notification-policy", "create", "A"),
    NOTIFICATION_POLICY_READ("notification-policy", "read", "AM"),
    NOTIFICATION_POLICY_UPDATE("notification-policy", "update", "A"),
    NOTIFICATION_POLICY_DELETE("notification-policy", "delete", "A"),
    NOTIFICATION_POLICY_LIST("notification-policy", "list", "AM"),
    PREHEAT_POLICY_CREATE("preheat-policy", "create", "A"),
    PREHEAT_POLICY_READ("preheat-policy", "read", "A"),
    PREHEAT_POLICY_UPDATE("preheat-policy", "update", "A"),
    PREHEAT_POLICY_DELETE("preheat-policy", "delete", "A"),
    PREHEAT_POLICY_LIST("preheat-policy", "list", "A"),
    CONFIGURATION_READ("configuration", "read", "AMDGL"),
    CONFIGURATION_UPDATE("configuration", "update", "A"),
    EXPORT_CVE_CREATE("export-cve", "create", "AMD"),
    EXPORT_CVE_READ("export-cve", "read", "AMD"),
    EXPORT_CVE_LIST("export-cve", "list", "AMD");

    private static final char ANYBODY_ON_PUBLIC = 'P';

    private final String resource;
    private final String action;
    private final Set<Role> holders = EnumSet.noneOf(Role.class);
    private final boolean forAnybodyOnPublic;

    Permission(String resource, String action, String letters) {
        this.resource = resource;
        this.action = action;
        for (Role role : Role.values()) {
            if (letters.indexOf(role.letter()) >= 0) {
                holders.add(role);
            }
        }
        this.forAnybodyOnPublic = letters.indexOf(ANYBODY_ON_PUBLIC) >= 0;
    }

    /** Harbor's name of the resource inside a project; empty for the project itself. */
    public String resource() {
        return resource;
    }

    /** Harbor's name of the action. */
    public String action() {
        return action;
    }

    /** Whether a member of that role may. */
    public boolean isHeldBy(Role role) {
        return holders.contains(role);
    }

    /** Whether anybody may, the anonymous caller included, if the project is public. */
    public boolean isForAnybodyOnPublic() {
        return forAnybodyOnPublic;
    }
}
