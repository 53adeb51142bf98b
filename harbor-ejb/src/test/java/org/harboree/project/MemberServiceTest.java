// SPDX-License-Identifier: Apache-2.0
package org.harboree.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.harboree.project.Rooms.key;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.harboree.access.Caller;
import org.harboree.access.Permission;
import org.harboree.access.ProjectRef;
import org.harboree.access.Role;
import org.harboree.database.TestDatabase;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;
import org.harboree.listing.PageRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MemberServiceTest {
    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private final Rooms rooms = new Rooms(DATABASE, Map.of());
    private final MemberService members = rooms.members;
    private Caller admin;
    private Caller alice;
    private Caller bob;
    private ProjectRef project;

    @BeforeEach
    void makeProject() {
        DATABASE.empty(Rooms.TABLES);
        admin = rooms.accounts.admin();
        alice = rooms.accounts.user("alice");
        bob = rooms.accounts.user("bob");
        project = rooms.project(alice, "demo", false);
    }

    @Test
    void shouldGiveARoleThatHoldsAtOnce() {
        assertThat(rooms.guard.allows(bob, Permission.REPOSITORY_PULL, project)).isFalse();

        long id = add("bob", 3);
        assertThat(rooms.guard.allows(bob, Permission.REPOSITORY_PULL, project)).isTrue();
        assertThat(rooms.guard.allows(bob, Permission.REPOSITORY_PUSH, project)).isFalse();

        members.changeRole(alice, key(project), id, 2);
        assertThat(rooms.guard.allows(bob, Permission.REPOSITORY_PUSH, project)).isTrue();

        members.remove(alice, key(project), id);
        assertThat(rooms.guard.allows(bob, Permission.REPOSITORY_PULL, project)).isFalse();
    }

    @Test
    void shouldReadAProjectTogetherWithWhereAUserStandsInIt() {
        add("bob", 4);
        assertThat(rooms.projects.standing("demo", bob.userId()))
                .contains(new Standing(project, Optional.of(bob), Set.of(Role.MAINTAINER)));
        assertThat(rooms.projects.standing("demo", admin.userId()))
                .contains(new Standing(project, Optional.of(admin), Set.of()));
        assertThat(rooms.projects.standing("demo", 0)).contains(new Standing(project, Optional.empty(), Set.of()));
        assertThat(rooms.projects.standing("Demo", bob.userId())).isEmpty();

        DATABASE.execute("UPDATE harbor_user SET deleted = TRUE WHERE user_id = " + bob.userId());
        assertThat(rooms.projects.standing("demo", bob.userId())).as("roles end with the account")
                .contains(new Standing(project, Optional.empty(), Set.of()));
        DATABASE.execute("UPDATE project SET deleted = TRUE");
        assertThat(rooms.projects.standing("demo", alice.userId())).isEmpty();
    }

    @Test
    void shouldShowMembersByTheirMembership() {
        long id = add("bob", 4);

        assertThat(members.get(alice, key(project), id))
                .isEqualTo(new Member(id, project.id(), bob.userId(), "bob", Role.MAINTAINER));
        assertThat(members.list(bob, key(project), "", PageRequest.first()).items()).extracting(Member::username)
                .containsExactly("alice", "bob");
        assertThat(members.list(bob, key(project), "LIC", PageRequest.first()).items()).extracting(Member::username)
                .containsExactly("alice");
        assertThat(members.list(bob, key(project), "", new PageRequest(2, 1)).total()).isEqualTo(2);
    }

    @Test
    void shouldTakeAUserByIdToo() {
        long id = members.add(alice, key(project), new NewMember(Optional.of(bob.userId()), Optional.empty(), 5));

        assertThat(members.get(alice, key(project), id).role()).isEqualTo(Role.LIMITED_GUEST);
    }

    @Test
    void shouldRefuseWhatIsNot() {
        add("bob", 2);

        assertRefused(ErrorCode.CONFLICT, () -> add("bob", 3));
        assertRefused(ErrorCode.BAD_REQUEST, () -> add("bob", 6));
        assertRefused(ErrorCode.BAD_REQUEST, () -> add("bob", 0));
        assertRefused(ErrorCode.NOT_FOUND, () -> add("nobody", 2));
        assertRefused(ErrorCode.NOT_FOUND, () -> members.get(alice, key(project), 99999));
        assertRefused(ErrorCode.NOT_FOUND, () -> members.remove(alice, key(project), 99999));
        assertRefused(ErrorCode.NOT_FOUND, () -> members.changeRole(alice, key(project), 99999, 2));
    }

    @Test
    void shouldNotReachAMembershipThroughAnotherProject() {
        long id = add("bob", 2);
        ProjectRef other = rooms.project(alice, "other", false);

        assertRefused(ErrorCode.NOT_FOUND, () -> members.get(alice, key(other), id));
        assertRefused(ErrorCode.NOT_FOUND, () -> members.changeRole(alice, key(other), id, 1));
        assertRefused(ErrorCode.NOT_FOUND, () -> members.remove(alice, key(other), id));
    }

    @Test
    void shouldLetOnlyProjectAdministratorsChangeMembers() {
        long id = add("bob", 4);

        assertRefused(ErrorCode.FORBIDDEN, () -> members.changeRole(bob, key(project), id, 1));
        assertRefused(ErrorCode.FORBIDDEN, () -> members.remove(bob, key(project), id));
        assertRefused(ErrorCode.UNAUTHORIZED, () -> members.list(Caller.anonymous(), key(project), "",
                PageRequest.first()));
    }

    @Test
    void shouldForgetADeletedUser() {
        long id = add("bob", 2);

        rooms.accounts.service().delete(admin, bob.userId());

        assertRefused(ErrorCode.NOT_FOUND, () -> members.get(alice, key(project), id));
        assertThat(rooms.guard.allows(bob, Permission.REPOSITORY_PULL, project)).isFalse();
        assertThat(members.list(alice, key(project), "", PageRequest.first()).total()).isEqualTo(1);
    }

    @Test
    void shouldCountTheProjectsOfAUserForThemselvesAndAdministrators() {
        add("bob", 3);
        rooms.project(bob, "bobs", false);

        assertThat(members.projectsOf(admin, bob.userId())).isEqualTo(new UserProjects(2, 1));
        assertThat(members.projectsOf(alice, alice.userId())).isEqualTo(new UserProjects(1, 1));
        assertThatThrownBy(() -> members.projectsOf(alice, bob.userId())).isInstanceOfSatisfying(
                HarborException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.FORBIDDEN));

        rooms.service.delete(bob, Rooms.key(rooms.projects.find("bobs").orElseThrow()));
        assertThat(members.projectsOf(admin, bob.userId())).isEqualTo(new UserProjects(1, 0));
    }

    private long add(String username, int role) {
        return members.add(alice, key(project), new NewMember(Optional.empty(), Optional.of(username), role));
    }

    private static void assertRefused(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(HarborException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
