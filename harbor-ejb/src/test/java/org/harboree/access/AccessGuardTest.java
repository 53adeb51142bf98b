// SPDX-License-Identifier: Apache-2.0
package org.harboree.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;
import org.junit.jupiter.api.Test;

class AccessGuardTest {
    private static final ProjectRef PRIVATE = new ProjectRef(1, "private", false);
    private static final ProjectRef PUBLIC = new ProjectRef(2, "public", true);
    private static final Caller STRANGER = user(10, false);
    private static final Caller GUEST = user(11, false);
    private static final Caller GUEST_AND_MAINTAINER = user(12, false);
    private static final Caller SYSADMIN = user(13, true);

    private static final Map<Long, Set<Role>> ROLES = Map.of(GUEST.userId(), Set.of(Role.GUEST),
            GUEST_AND_MAINTAINER.userId(), Set.of(Role.GUEST, Role.MAINTAINER));

    private final AccessGuard guard = new AccessGuard(
            (caller, projectId) -> ROLES.getOrDefault(caller.userId(), Set.of()));

    @Test
    void shouldAllowASystemAdministratorEverything() {
        for (Permission permission : Permission.values()) {
            assertThat(guard.allows(SYSADMIN, permission, PRIVATE)).isTrue();
            assertThat(guard.allows(Caller.system(), permission, PRIVATE)).isTrue();
        }
    }

    @Test
    void shouldAllowAnybodyThePublicRightsOnAPublicProjectOnly() {
        for (Caller anybody : Set.of(Caller.anonymous(), STRANGER)) {
            assertThat(guard.allows(anybody, Permission.REPOSITORY_PULL, PUBLIC)).isTrue();
            assertThat(guard.allows(anybody, Permission.REPOSITORY_READ, PUBLIC)).isFalse();
            assertThat(guard.allows(anybody, Permission.REPOSITORY_PUSH, PUBLIC)).isFalse();
            assertThat(guard.allows(anybody, Permission.REPOSITORY_PULL, PRIVATE)).isFalse();
        }
    }

    @Test
    void shouldAllowAMemberTheUnionOfTheirRoles() {
        assertThat(guard.allows(GUEST, Permission.REPOSITORY_PULL, PRIVATE)).isTrue();
        assertThat(guard.allows(GUEST, Permission.TAG_DELETE, PRIVATE)).isFalse();
        assertThat(guard.allows(GUEST_AND_MAINTAINER, Permission.TAG_DELETE, PRIVATE)).isTrue();
    }

    @Test
    void shouldListWhatItAllows() {
        for (Caller caller : Set.of(Caller.anonymous(), STRANGER, GUEST, GUEST_AND_MAINTAINER, SYSADMIN)) {
            for (ProjectRef project : Set.of(PRIVATE, PUBLIC)) {
                assertThat(guard.permissions(caller, project))
                        .allMatch(permission -> guard.allows(caller, permission, project));
                assertThat(Set.of(Permission.values())).filteredOn(p -> guard.allows(caller, p, project))
                        .containsExactlyInAnyOrderElementsOf(guard.permissions(caller, project));
            }
        }
    }

    @Test
    void shouldAnswer401ToTheAnonymousAnd403ToOthers() {
        assertRefused(ErrorCode.UNAUTHORIZED, () -> guard.require(Caller.anonymous(), Permission.PROJECT_READ, PRIVATE));
        assertRefused(ErrorCode.FORBIDDEN, () -> guard.require(STRANGER, Permission.PROJECT_READ, PRIVATE));
        assertRefused(ErrorCode.UNAUTHORIZED, () -> guard.requireSysadmin(Caller.anonymous()));
        assertRefused(ErrorCode.FORBIDDEN, () -> guard.requireSysadmin(GUEST));
        assertRefused(ErrorCode.UNAUTHORIZED, () -> guard.requireLogin(Caller.anonymous()));
        assertThatCode(() -> guard.requireLogin(STRANGER)).doesNotThrowAnyException();
        assertThatCode(() -> guard.requireSysadmin(SYSADMIN)).doesNotThrowAnyException();
    }

    private static void assertRefused(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(HarborException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    private static Caller user(long id, boolean sysadmin) {
        return new Caller(Caller.Kind.USER, id, "user" + id, sysadmin);
    }
}
