// SPDX-License-Identifier: Apache-2.0
package org.harboree.error;

/**
 * What exactly a person did that was refused, where the code alone does not tell: the console has words for each in
 * every language ({@code reason.<name>}). Clients of the API read the message and never see this.
 */
public enum Reason {
    ARTIFACT_NEEDED,
    COMMENT_TOO_LONG,
    DESCRIPTION_TOO_LONG,
    EMAIL_INVALID,
    LAST_ADMINISTRATOR,
    MEMBER_ALREADY,
    OWN_ADMINISTRATOR_FLAG,
    PASSWORD_CHANGED_MEANWHILE,
    PASSWORD_NOT_NEW,
    PASSWORD_TOO_WEAK,
    PASSWORD_WRONG,
    PATTERN_INVALID,
    PROJECT_NAME_INVALID,
    PROJECT_NOT_EMPTY,
    PROJECT_TAKEN,
    READ_ONLY,
    REALNAME_INVALID,
    REGISTRY_ADDRESS_INVALID,
    REGISTRY_IN_USE,
    REGISTRY_TAKEN,
    REGISTRY_UNHEALTHY,
    REGISTRY_UNREACHABLE,
    RULE_DISABLED,
    RULE_ENDS_MISSING,
    RULE_EVENT_NEEDS_PUSH,
    RULE_EVENT_NEVER_SINGLE,
    RULE_NAMESPACE_INVALID,
    RULE_NAMESPACE_TOO_SHORT,
    RULE_NAME_INVALID,
    RULE_RUNS,
    RULE_SCHEDULE_TOO_OFTEN,
    RULE_TAKEN,
    SCHEDULE_INVALID,
    TAG_INVALID,
    TAG_TAKEN,
    USERNAME_INVALID,
    USER_STAYS,
    USER_TAKEN,
    USER_UNKNOWN
}
