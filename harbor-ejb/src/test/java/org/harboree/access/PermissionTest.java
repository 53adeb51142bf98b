// SPDX-License-Identifier: Apache-2.0
package org.harboree.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PermissionTest {
    /** Harbor's own table (common/rbac/project), as a sentence for each resource. */
    private static final String HARBOR = """
            self: read AMDGLP, update delete A
            member: create update delete A, read list AMDG
            metadata: create update delete A, read AM
            log: list A
            label: create update delete AM, read list AMDGP
            quota: read AMDGL
            repository: create update push AMD, delete AM, list pull AMDGLP, read AMDGL
            artifact: create AMD, delete AM, read list AMDGLP
            tag: create AMD, delete AM, list AMDGLP
            artifact-label: create delete AMD
            accessory: list AMDGLP
            artifact-addition: read AMDGLP
            scan: create stop AM, read AMDGLP
            sbom: create stop AM, read AMDGL
            scanner: read AMDGLP, create A
            tag-retention: create read update delete list operate AMD
            immutable-tag: create update delete list AM
            robot: create update delete A, read list AMDG
            notification-policy: create update delete A, read list AM
            preheat-policy: create read update delete list A
            configuration: read AMDGL, update A
            export-cve: create read list AMD
            """;

    @Test
    void shouldBeHarborsTable() {
        Map<String, String> ours = new TreeMap<>();
        for (Permission permission : Permission.values()) {
            String resource = permission.resource().isEmpty() ? "self" : permission.resource();
            assertThat(ours.put(resource + " " + permission.action(), letters(permission))).isNull();
        }
        assertThat(ours).isEqualTo(harbors());
    }

    @ParameterizedTest
    @EnumSource(Permission.class)
    void shouldBeNamedByResourceAndAction(Permission permission) {
        String resource = permission.resource().isEmpty() ? "project" : permission.resource();
        assertThat(permission.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .isEqualTo(resource + "-" + permission.action());
    }

    @Test
    void shouldHaveHarborsRoleIds() {
        assertThat(Arrays.stream(Role.values()).map(Role::id)).containsExactly(1, 2, 3, 4, 5);
        assertThat(Role.of(4)).contains(Role.MAINTAINER);
        assertThat(Role.of(0)).isEmpty();
        assertThat(Role.of(6)).isEmpty();
    }

    private static String letters(Permission permission) {
        StringBuilder letters = new StringBuilder();
        for (Role role : new Role[] {Role.PROJECT_ADMIN, Role.MAINTAINER, Role.DEVELOPER, Role.GUEST,
                Role.LIMITED_GUEST}) {
            letters.append(permission.isHeldBy(role) ? String.valueOf(role.letter()) : "");
        }
        return letters.append(permission.isForAnybodyOnPublic() ? "P" : "").toString();
    }

    private static Map<String, String> harbors() {
        Map<String, String> table = new TreeMap<>();
        for (String line : HARBOR.lines().toList()) {
            String[] halves = line.split(": ");
            for (String clause : halves[1].split(", ")) {
                String[] words = clause.split(" ");
                for (int i = 0; i < words.length - 1; i++) {
                    table.put(halves[0] + " " + words[i], words[words.length - 1]);
                }
            }
        }
        return table;
    }
}
