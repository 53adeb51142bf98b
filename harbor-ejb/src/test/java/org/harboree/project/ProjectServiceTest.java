// SPDX-License-Identifier: Apache-2.0
package org.harboree.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.harboree.project.Rooms.key;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.harboree.access.Caller;
import org.harboree.access.ProjectRef;
import org.harboree.access.Role;
import org.harboree.database.TestDatabase;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;
import org.harboree.listing.PageRequest;
import org.harboree.listing.Query;
import org.harboree.listing.Sort;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProjectServiceTest {
    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private final Rooms rooms = new Rooms(DATABASE, Map.of());
    private final ProjectService service = rooms.service;
    private Caller admin;
    private Caller alice;
    private Caller bob;

    @BeforeEach
    void makeUsers() {
        DATABASE.empty(Rooms.TABLES);
        admin = rooms.accounts.admin();
        alice = rooms.accounts.user("alice");
        bob = rooms.accounts.user("bob");
    }

    @Test
    void shouldMakeTheCreatorOwnerAndProjectAdministrator() {
        ProjectRef project = rooms.project(alice, "demo", false);

        ProjectDetails details = service.get(alice, key(project));
        assertThat(details.ref()).isEqualTo(new ProjectRef(project.id(), "demo", false));
        assertThat(details.ownerId()).isEqualTo(alice.userId());
        assertThat(details.ownerName()).isEqualTo("alice");
        assertThat(details.roles()).containsExactly(Role.PROJECT_ADMIN);
        assertThat(details.metadata()).isEqualTo(Map.of("public", "false"));
        assertThat(details.creationTime()).isNotNull();
        assertThat(service.find("demo")).contains(project);
        assertThat(service.find(project.id())).contains(project);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a-b.c_d", "0", "library2"})
    void shouldTakeHarborsNames(String name) {
        assertThatCode(() -> rooms.project(alice, name, false)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A", "-a", "a-", "a--b", "a/b", "a#1", "ä", "a b", "a\n"})
    void shouldRefuseOtherNames(String name) {
        assertRefused(ErrorCode.BAD_REQUEST, () -> rooms.project(alice, name, false));
        assertRefused(ErrorCode.BAD_REQUEST, () -> rooms.project(alice, "a".repeat(256), false));
    }

    @Test
    void shouldRefuseANameInUseAndMetadataItDoesNotActOn() {
        rooms.project(alice, "demo", false);

        assertRefused(ErrorCode.CONFLICT, () -> rooms.project(bob, "demo", true));
        assertRefused(ErrorCode.BAD_REQUEST, () -> create(alice, Map.of("public", "yes")));
        assertRefused(ErrorCode.BAD_REQUEST, () -> create(alice, Map.of("public", "1")));
        assertRefused(ErrorCode.BAD_REQUEST, () -> create(alice, Map.of("prevent_vul", "true")));
        assertThat(create(alice, Map.of("allow_sparse_index", "T")).isPublic()).isFalse();
    }

    @Test
    void shouldKeepStrangersFromCreating() {
        assertRefused(ErrorCode.UNAUTHORIZED, () -> rooms.project(Caller.anonymous(), "demo", true));
        Rooms closed = new Rooms(DATABASE, Map.of("HARBOR_PROJECT_CREATION_RESTRICTION", "adminonly"));

        assertRefused(ErrorCode.FORBIDDEN, () -> closed.project(alice, "demo", true));
        assertThatCode(() -> closed.project(admin, "demo", true)).doesNotThrowAnyException();
    }

    @Test
    void shouldNotTellStrangersWhichProjectsThereAre() {
        ProjectRef secret = rooms.project(alice, "secret", false);
        for (ProjectKey key : List.of(key(secret), ProjectKey.ofName("secret"), ProjectKey.ofName("nothing"))) {
            assertRefused(ErrorCode.FORBIDDEN, () -> service.get(bob, key));
            assertRefused(ErrorCode.UNAUTHORIZED, () -> service.get(Caller.anonymous(), key));
        }
        assertRefused(ErrorCode.NOT_FOUND, () -> service.get(admin, ProjectKey.ofName("nothing")));
    }

    @Test
    void shouldTellEverybodyWhoIsLoggedInWhetherANameIsTaken() {
        rooms.project(alice, "secret", false);

        assertThat(service.exists(bob, "secret")).isTrue();
        assertThat(service.exists(bob, "nothing")).isFalse();
        assertRefused(ErrorCode.UNAUTHORIZED, () -> service.exists(Caller.anonymous(), "secret"));
    }

    @Test
    void shouldListWhatTheCallerMaySee() {
        rooms.project(alice, "alices", false);
        rooms.project(bob, "bobs", false);
        rooms.project(bob, "open", true);

        assertThat(names(Caller.anonymous(), ProjectFilter.none())).containsExactly("open");
        assertThat(names(alice, ProjectFilter.none())).containsExactly("alices", "open");
        assertThat(names(admin, ProjectFilter.none())).containsExactly("alices", "bobs", "open");
        assertThat(names(Caller.anonymous(), visibility(false))).isEmpty();
        assertThat(names(bob, visibility(false))).containsExactly("bobs");
        assertThat(names(bob, visibility(true))).containsExactly("open");
    }

    @Test
    void shouldFilterSortAndPage() {
        rooms.project(alice, "a1", true);
        rooms.project(alice, "a_2", true);
        rooms.project(bob, "b1", true);

        assertThat(names(admin, filter("1", null, ""))).containsExactly("a1", "b1");
        assertThat(names(admin, filter("_", null, ""))).containsExactly("a_2");
        assertThat(names(admin, filter(null, "bob", ""))).containsExactly("b1");
        assertThat(names(admin, filter(null, null, "name=~A,owner_id=" + alice.userId()))).containsExactly("a1", "a_2");
        Sort byNameBackwards = Sort.parse("-name", ProjectService.KEYS.keySet(), ProjectService.BY_NAME);
        var page = service.list(admin, ProjectFilter.none(), byNameBackwards, new PageRequest(2, 2));
        assertThat(page.total()).isEqualTo(3);
        assertThat(page.items()).extracting(found -> found.ref().name()).containsExactly("a1");
    }

    @Test
    void shouldChangeVisibilityAndSayTheChange() {
        ProjectRef project = rooms.project(alice, "demo", false);
        rooms.events.clear();
        assertRefused(ErrorCode.FORBIDDEN, () -> service.update(bob, key(project), Map.of("public", "true")));

        service.update(alice, key(project), Map.of("public", "true"));
        service.update(alice, key(project), Map.of("public", "true"));

        assertThat(service.find("demo")).map(ProjectRef::isPublic).contains(true);
        assertThat(rooms.events).containsExactly(new ProjectVisibilityChanged(project.id(), true));
        assertThat(service.get(Caller.anonymous(), key(project)).roles()).isEmpty();
    }

    @Test
    void shouldDeleteAnEmptyProjectAndFreeItsName() {
        ProjectRef project = rooms.project(alice, "demo", true);
        rooms.repositories.put(project.id(), 1L);
        assertThat(service.obstacleToDelete(alice, key(project))).isPresent();
        assertRefused(ErrorCode.PRECONDITION, () -> service.delete(alice, key(project)));
        assertRefused(ErrorCode.FORBIDDEN, () -> service.delete(bob, key(project)));
        rooms.repositories.clear();
        assertThat(service.obstacleToDelete(alice, key(project))).isEmpty();

        service.delete(alice, key(project));

        assertThat(service.find("demo")).isEmpty();
        assertThat(service.find(project.id())).isEmpty();
        assertThat(rooms.events).endsWith(new ProjectDeleted(project.id()));
        assertThat(rooms.project(bob, "demo", false).id()).isNotEqualTo(project.id());
        assertThatThrownBy(() -> rooms.unitOfWork.run(() -> rooms.projects.hold(project.id())))
                .isInstanceOf(HarborException.class);
    }

    @Test
    void shouldHoldAProjectTogetherWithOthers() {
        ProjectRef project = rooms.project(alice, "demo", true);

        rooms.unitOfWork.run(() -> {
            rooms.projects.hold(project.id());
            assertThat(service.find("demo")).isPresent();
        });
    }

    @Test
    void shouldCountMembersForThoseWhoMayListThem() {
        ProjectRef project = rooms.project(alice, "demo", true);
        rooms.repositories.put(project.id(), 3L);
        rooms.members.add(alice, key(project), new NewMember(Optional.of(bob.userId()), Optional.empty(), 5));

        assertThat(service.summary(alice, key(project))).isEqualTo(new ProjectSummary(3,
                Optional.of(Map.of(Role.PROJECT_ADMIN, 1L, Role.LIMITED_GUEST, 1L))));
        assertThat(service.summary(bob, key(project)).members()).isEmpty();
        assertThat(service.summary(Caller.anonymous(), key(project)).members()).isEmpty();
    }

    @Test
    void shouldReadANumberAsAnIdUnlessItIsSaidToBeAName() {
        assertThat(ProjectKey.of("12", false)).isEqualTo(ProjectKey.ofId(12));
        assertThat(ProjectKey.of("12", true)).isEqualTo(ProjectKey.ofName("12"));
        assertThat(ProjectKey.of("demo", false)).isEqualTo(ProjectKey.ofName("demo"));
        assertThat(ProjectKey.of("9".repeat(30), false)).isEqualTo(ProjectKey.ofName("9".repeat(30)));
    }

    @Test
    void shouldSeedTheLibraryOnce() {
        FirstStart start = start();
        start.seed();
        assertThat(service.find("library")).map(ProjectRef::isPublic).contains(true);

        service.delete(admin, ProjectKey.ofName("library"));
        start.seed();

        assertThat(service.find("library")).isEmpty();
    }

    @Test
    void shouldListAsOnesOwnWhatOneIsAMemberOfAndNothingElse() {
        ProjectRef owned = rooms.project(alice, "b-owned", false);
        ProjectRef joined = rooms.project(bob, "a-joined", true);
        rooms.project(bob, "public", true);
        rooms.project(admin, "gone", false);
        rooms.members.add(bob, key(joined), new NewMember(Optional.empty(), Optional.of("alice"), 3));
        rooms.members.add(admin, ProjectKey.ofName("gone"), new NewMember(Optional.empty(), Optional.of("alice"), 3));
        service.delete(admin, ProjectKey.ofName("gone"));

        assertThat(own(alice, ProjectFilter.none())).containsExactly(joined.name(), owned.name());
        assertThat(own(alice, visibility(true))).containsExactly(joined.name());
        assertThat(own(alice, filter("own", null, ""))).containsExactly(owned.name());
        assertThat(own(admin, ProjectFilter.none())).isEmpty();
        assertThat(service.listOwn(alice, ProjectFilter.none(), ProjectService.BY_NAME, new PageRequest(2, 1)))
                .satisfies(page -> assertThat(page.total()).isEqualTo(2))
                .satisfies(page -> assertThat(page.items().get(0).roles()).containsExactly(Role.PROJECT_ADMIN));
        assertRefused(ErrorCode.UNAUTHORIZED, () -> own(Caller.anonymous(), ProjectFilter.none()));
    }

    private List<String> own(Caller caller, ProjectFilter filter) {
        return service.listOwn(caller, filter, ProjectService.BY_NAME, PageRequest.everything()).items().stream()
                .map(found -> found.ref().name()).toList();
    }

    private FirstStart start() {
        return new FirstStart(rooms.accounts.firstAdmin(), service, rooms.projectDao, rooms.unitOfWork);
    }

    private ProjectRef create(Caller caller, Map<String, String> metadata) {
        return service.create(caller, new NewProject("created", metadata));
    }

    private List<String> names(Caller caller, ProjectFilter filter) {
        return service.list(caller, filter, ProjectService.BY_NAME, PageRequest.everything()).items().stream()
                .map(found -> found.ref().name()).toList();
    }

    private static ProjectFilter visibility(boolean isPublic) {
        return new ProjectFilter(Optional.empty(), Optional.empty(), Optional.of(isPublic), Query.none());
    }

    private static ProjectFilter filter(String name, String owner, String q) {
        return new ProjectFilter(Optional.ofNullable(name), Optional.ofNullable(owner), Optional.empty(),
                Query.parse(q, ProjectService.KEYS));
    }

    private static void assertRefused(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(HarborException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
