// SPDX-License-Identifier: Apache-2.0
package org.harboree.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.harboree.access.Caller;
import org.harboree.database.TestDatabase;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;
import org.harboree.listing.Page;
import org.harboree.listing.PageRequest;
import org.harboree.listing.Query;
import org.harboree.listing.Sort;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserServiceTest {
    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private final Accounts accounts = new Accounts(DATABASE, Map.of());
    private final UserService service = accounts.service;
    private Caller admin;
    private Caller alice;

    @BeforeEach
    void makeUsers() {
        DATABASE.empty("harbor_user", "login_failure");
        admin = accounts.admin();
        alice = accounts.user("alice");
        accounts.revoked.clear();
    }

    @Test
    void shouldGiveTheFirstAdministratorHarborsIdOnce() {
        accounts.admin();

        assertThat(admin.userId()).isEqualTo(1);
        assertThat(admin.sysadmin()).isTrue();
        assertThat(list(UserFilter.none()).total()).isEqualTo(2);
    }

    @Test
    void shouldNotStartWithoutAnAdministratorsPassword() {
        DATABASE.empty("harbor_user");
        FirstAdmin first = new FirstAdmin(Map.of(), accounts.users, accounts.passwords, accounts.unitOfWork);

        assertThatThrownBy(first::ensure).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("HARBOR_ADMIN_PASSWORD");
    }

    @Test
    void shouldCreateUsersForSystemAdministratorsOnly() {
        assertRefused(ErrorCode.UNAUTHORIZED, () -> service.create(Caller.anonymous(), Accounts.newUser("bob")));
        assertRefused(ErrorCode.FORBIDDEN, () -> service.create(alice, Accounts.newUser("bob")));

        long id = service.create(admin, Accounts.newUser("bob"));

        User bob = service.get(admin, id);
        assertThat(bob.username()).isEqualTo("bob");
        assertThat(bob.isSysadmin()).isFalse();
        assertThat(bob.profile()).isEqualTo(new Profile("bob@example.org", "Real bob", "comment"));
        assertThat(Duration.between(bob.creationTime().orElseThrow(), Instant.now())).isLessThan(Duration.ofMinutes(5));
    }

    @Test
    void shouldLetStrangersRegisterWhereThatIsOn() {
        UserService open = new Accounts(DATABASE, Map.of("HARBOR_SELF_REGISTRATION", "true")).service;

        long id = open.create(Caller.anonymous(), Accounts.newUser("bob"));

        assertThat(service.get(admin, id).isSysadmin()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ALICE", "aLice", "álice", "Ａlice"})
    void shouldNotTakeANameThatLooksLikeAnother(String name) {
        assertRefused(ErrorCode.CONFLICT, () -> service.create(admin,
                new NewUser(name, new Profile("other@example.org", "Other", ""), Accounts.PASSWORD)));
    }

    @Test
    void shouldNotTakeAnAddressTwiceNorAsAName() {
        assertRefused(ErrorCode.CONFLICT, () -> service.create(admin,
                new NewUser("bob", new Profile("ALICE@example.org", "Bob", ""), Accounts.PASSWORD)));
        assertRefused(ErrorCode.CONFLICT, () -> service.create(admin,
                new NewUser("alice@example.org", new Profile("b@example.org", "Bob", ""), Accounts.PASSWORD)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a,b", "robot$x", "a b", "a\tb", "a#1", "a~b", "a%b", "a\"b", "anonymous", "Anonymous"})
    void shouldRefuseBadNames(String name) {
        assertRefused(ErrorCode.BAD_REQUEST, () -> service.create(admin, Accounts.newUser(name)));
    }

    @Test
    void shouldKnowTheLimitsOfEachPart() {
        Profile good = new Profile("x@example.org", "X", "");
        assertRefused(ErrorCode.BAD_REQUEST, () -> create("x".repeat(256), good));
        assertRefused(ErrorCode.BAD_REQUEST, () -> create("x", new Profile("no-address", "X", "")));
        assertRefused(ErrorCode.BAD_REQUEST, () -> create("x", new Profile("", "X", "")));
        assertRefused(ErrorCode.BAD_REQUEST, () -> create("x", new Profile("x@example.org", "", "")));
        assertRefused(ErrorCode.BAD_REQUEST, () -> create("x", new Profile("x@example.org", "X", "c".repeat(31))));
        assertThatCode(() -> create("x".repeat(255), new Profile("x@example.org", "r".repeat(255), "c".repeat(30))))
                .doesNotThrowAnyException();
    }

    @Test
    void shouldShowAnAccountToItselfAndAdministrators() {
        Caller bob = accounts.user("bob");

        assertThat(service.get(alice, alice.userId()).username()).isEqualTo("alice");
        assertRefused(ErrorCode.FORBIDDEN, () -> service.get(bob, alice.userId()));
        assertRefused(ErrorCode.UNAUTHORIZED, () -> service.get(Caller.anonymous(), alice.userId()));
        assertRefused(ErrorCode.NOT_FOUND, () -> service.get(admin, 99999));
    }

    @Test
    void shouldChangeAProfile() {
        accounts.user("bob");
        service.updateProfile(alice, alice.userId(), new Profile("new@example.org", "New", ""));

        assertThat(service.get(alice, alice.userId()).profile()).isEqualTo(new Profile("new@example.org", "New", ""));
        assertRefused(ErrorCode.CONFLICT, () -> service.updateProfile(alice, alice.userId(),
                new Profile("Bob@example.org", "New", "")));
    }

    @Test
    void shouldAskForTheOldPasswordOfOnesOwnAccount() {
        assertRefused(ErrorCode.FORBIDDEN, () -> changePassword(alice, "Wrong1234", "Changed123"));
        assertRefused(ErrorCode.FORBIDDEN, () -> service.changePassword(alice, alice.userId(), Optional.empty(),
                "Changed123"));
        assertRefused(ErrorCode.BAD_REQUEST, () -> changePassword(alice, Accounts.PASSWORD, Accounts.PASSWORD));
        assertRefused(ErrorCode.BAD_REQUEST, () -> changePassword(alice, Accounts.PASSWORD, "weak"));
        assertThat(accounts.revoked).isEmpty();

        changePassword(alice, Accounts.PASSWORD, "Changed123");

        assertThat(accounts.revoked).containsExactly(new UserRevoked(alice.userId()));
    }

    @Test
    void shouldSlowDownGuessingTheOldPassword() {
        for (int i = 0; i < 5; i++) {
            assertRefused(ErrorCode.FORBIDDEN, () -> changePassword(alice, "Wrong1234", "Changed123"));
        }
        assertRefused(ErrorCode.TOO_MANY_REQUESTS, () -> changePassword(alice, Accounts.PASSWORD, "Changed123"));
    }

    @Test
    void shouldLetAnAdministratorSetAPassword() {
        service.changePassword(admin, alice.userId(), Optional.empty(), "Changed123");

        assertThat(accounts.authentication.authenticate("alice", "Changed123", "here")).contains(alice);
        assertRefused(ErrorCode.FORBIDDEN, () -> service.changePassword(alice, admin.userId(), Optional.empty(),
                "Changed123"));
    }

    @Test
    void shouldPromoteAndDemote() {
        service.setSysadmin(admin, alice.userId(), true);
        assertThat(accounts.revoked).isEmpty();

        Caller promoted = accounts.authentication.callerOf(alice.userId()).orElseThrow();
        service.setSysadmin(promoted, admin.userId(), false);

        assertThat(accounts.revoked).containsExactly(new UserRevoked(admin.userId()));
        assertThat(service.get(promoted, admin.userId()).isSysadmin()).isFalse();
    }

    @Test
    void shouldKeepTheLastAdministrator() {
        assertRefused(ErrorCode.BAD_REQUEST, () -> service.setSysadmin(admin, admin.userId(), false));
        assertRefused(ErrorCode.BAD_REQUEST, () -> service.setSysadmin(Caller.system(), admin.userId(), false));
        assertRefused(ErrorCode.FORBIDDEN, () -> service.setSysadmin(alice, alice.userId(), true));
        assertRefused(ErrorCode.FORBIDDEN, () -> service.delete(admin, admin.userId()));
    }

    @Test
    void shouldFreeTheNameOfADeletedUserButNotTheId() {
        service.delete(admin, alice.userId());

        Caller next = accounts.user("alice");
        assertThat(next.userId()).isNotEqualTo(alice.userId());
        assertThat(accounts.revoked).containsExactly(new UserRevoked(alice.userId()));
        assertRefused(ErrorCode.NOT_FOUND, () -> service.get(admin, alice.userId()));
        assertRefused(ErrorCode.NOT_FOUND, () -> service.delete(admin, alice.userId()));
        service.delete(admin, next.userId());
        assertThatCode(() -> accounts.user("alice")).doesNotThrowAnyException();
    }

    @Test
    void shouldListForAdministratorsAndSearchForEverybody() {
        accounts.user("bob_1");
        accounts.user("bobx1");

        assertRefused(ErrorCode.FORBIDDEN, () -> service.list(alice, UserFilter.none(), UserService.BY_NAME,
                PageRequest.first()));
        assertThat(list(new UserFilter(Optional.of("B_"), Optional.empty(), Query.none())).items())
                .extracting(User::username).containsExactly("bob_1");
        assertThat(service.search(alice, "OB", PageRequest.first()).items()).extracting(UserName::username)
                .containsExactly("bob_1", "bobx1");
        assertRefused(ErrorCode.UNAUTHORIZED, () -> service.search(Caller.anonymous(), "b", PageRequest.first()));
    }

    @Test
    void shouldFilterSortAndPage() {
        accounts.user("bob");
        accounts.user("carol");
        Sort newest = Sort.parse("-user_id", UserService.KEYS.keySet(), UserService.BY_NAME);

        Page<User> page = service.list(admin, UserFilter.none(), newest, new PageRequest(2, 2));
        assertThat(page.total()).isEqualTo(4);
        assertThat(page.items()).extracting(User::username).containsExactly("alice", "admin");

        Query query = Query.parse("username={bob alice},sysadmin_flag=false,creation_time=[2020-01-01T00:00:00~]",
                UserService.KEYS);
        assertThat(list(new UserFilter(Optional.empty(), Optional.of("EXAMPLE"), query)).items())
                .extracting(User::username).containsExactly("alice", "bob");
    }

    private long create(String name, Profile profile) {
        return service.create(admin, new NewUser(name, profile, Accounts.PASSWORD));
    }

    private void changePassword(Caller caller, String from, String to) {
        service.changePassword(caller, caller.userId(), Optional.of(from), to);
    }

    private Page<User> list(UserFilter filter) {
        return service.list(admin, filter, UserService.BY_NAME, PageRequest.everything());
    }

    private static void assertRefused(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(HarborException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
