// SPDX-License-Identifier: Apache-2.0
package org.harboree.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.harboree.access.Caller;
import org.harboree.database.TestDatabase;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AuthenticationTest {
    private static final String HERE = "192.0.2.1";
    private static final String ELSEWHERE = "192.0.2.2";

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private final Accounts accounts = new Accounts(DATABASE, Map.of());
    private final Authentication authentication = accounts.authentication;
    private Caller alice;

    @BeforeEach
    void makeAlice() {
        DATABASE.empty("harbor_user", "login_failure");
        alice = accounts.user("alice");
    }

    @Test
    void shouldKnowAUserByNameAndByAddress() {
        assertThat(login("alice", Accounts.PASSWORD)).contains(alice);
        assertThat(login("alice@example.org", Accounts.PASSWORD)).contains(alice);
        assertThat(login("Alice@Example.ORG", Accounts.PASSWORD)).contains(alice);
        assertThat(alice).isEqualTo(new Caller(Caller.Kind.USER, alice.userId(), "alice", false));
    }

    @Test
    void shouldNotKnowWrongPasswordsNorNames() {
        assertThat(login("alice", "Secret124")).isEmpty();
        assertThat(login("ALICE", Accounts.PASSWORD)).isEmpty();
        assertThat(login("bob", Accounts.PASSWORD)).isEmpty();
        assertThat(login("", Accounts.PASSWORD)).isEmpty();
        assertThat(login("alice", "")).isEmpty();
    }

    @Test
    void shouldPayAsMuchForAnUnknownNameAsForAWrongPassword() {
        long wrongPassword = costOf(() -> login("alice", "Secret124"));
        long unknownName = costOf(() -> login("nobody", "Secret124"));

        assertThat(unknownName).isEqualTo(wrongPassword).isEqualTo(1);
    }

    @Test
    void shouldRefuseAHugePasswordBeforeItCostsAnything() {
        assertThat(costOf(() -> login("alice", "x".repeat(1025)))).isZero();
        assertThat(costOf(() -> login("alice", "ä".repeat(513)))).isZero();
        assertThat(costOf(() -> login("alice", "x".repeat(1024)))).isEqualTo(1);
    }

    @Test
    void shouldPayOnceForAPasswordThatIsRightAgain() {
        assertThat(costOf(() -> login("alice", Accounts.PASSWORD))).isEqualTo(1);
        assertThat(costOf(() -> login("alice", Accounts.PASSWORD))).isZero();
        assertThat(login("alice", "Secret124")).isEmpty();
    }

    @Test
    void shouldForgetARememberedPasswordWithItsChange() {
        login("alice", Accounts.PASSWORD);

        accounts.service.changePassword(alice, alice.userId(), Optional.of(Accounts.PASSWORD), "Changed123");

        assertThat(login("alice", Accounts.PASSWORD)).isEmpty();
        assertThat(login("alice", "Changed123")).contains(alice);
    }

    @Test
    void shouldSeeADeletionAtOnce() {
        login("alice", Accounts.PASSWORD);

        accounts.service.delete(Caller.system(), alice.userId());

        assertThat(login("alice", Accounts.PASSWORD)).isEmpty();
        assertThat(authentication.callerOf(alice.userId())).isEmpty();
    }

    @Test
    void shouldSeeAPromotionAtOnce() {
        accounts.service.setSysadmin(Caller.system(), alice.userId(), true);

        assertThat(authentication.callerOf(alice.userId())).map(Caller::sysadmin).contains(true);
    }

    @Test
    void shouldResumeASignInAsTheLiveUser() {
        SignIn session = authentication.signIn("alice@example.org", Accounts.PASSWORD, HERE).orElseThrow();

        assertThat(authentication.resume(session)).contains(alice);
        assertThat(authentication.signIn("alice", "Secret124", HERE)).isEmpty();
        assertThat(authentication.resume(new SignIn(alice.userId(), ""))).isEmpty();
    }

    @Test
    void shouldEndASignInWithPasswordFlagAndAccount() {
        accounts.service.setSysadmin(Caller.system(), accounts.user("root").userId(), true);
        SignIn first = authentication.signIn("alice", Accounts.PASSWORD, HERE).orElseThrow();
        accounts.service.changePassword(alice, alice.userId(), Optional.of(Accounts.PASSWORD), "Changed123");
        assertThat(authentication.resume(first)).isEmpty();

        SignIn second = authentication.signIn("alice", "Changed123", HERE).orElseThrow();
        accounts.service.setSysadmin(Caller.system(), alice.userId(), true);
        assertThat(authentication.resume(second)).isEmpty();

        SignIn third = authentication.signIn("alice", "Changed123", HERE).orElseThrow();
        accounts.service.setSysadmin(Caller.system(), alice.userId(), false);
        SignIn fourth = authentication.signIn("alice", "Changed123", HERE).orElseThrow();
        accounts.service.delete(Caller.system(), alice.userId());
        assertThat(authentication.resume(third)).isEmpty();
        assertThat(authentication.resume(fourth)).isEmpty();
    }

    @Test
    void shouldNotHearAnAccountFromASourceAfterFiveFailures() {
        fail("alice", HERE, 5);

        assertThatThrownBy(() -> login("alice", Accounts.PASSWORD))
                .isInstanceOfSatisfying(HarborException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.TOO_MANY_REQUESTS);
                    assertThat(e.retryAfterSeconds()).isBetween(1, 2);
                });
        assertThat(authentication.authenticate("alice", Accounts.PASSWORD, ELSEWHERE)).contains(alice);
        assertThat(login("bob", Accounts.PASSWORD)).isEmpty();
    }

    @Test
    void shouldTreatAnUnknownNameAlike() {
        fail("nobody", HERE, 5);

        assertThat(costOf(() -> assertThatThrownBy(() -> login("nobody", "Secret124"))
                .isInstanceOf(HarborException.class))).isZero();
    }

    @Test
    void shouldDoubleTheWaitUpToAQuarterOfAnHour() {
        fail("alice", HERE, 5);
        DATABASE.execute("UPDATE login_failure SET failures = 10, last_failure = UTC_TIMESTAMP(6)");
        assertThat(secondsToWait()).isBetween(31, 32);

        DATABASE.execute("UPDATE login_failure SET failures = 1000, last_failure = UTC_TIMESTAMP(6)");
        assertThat(secondsToWait()).isBetween(898, 900);
    }

    @Test
    void shouldHearAgainAfterTheWaitAndStartAfreshAfterASuccess() {
        fail("alice", HERE, 5);
        DATABASE.execute("UPDATE login_failure SET last_failure = UTC_TIMESTAMP(6) - INTERVAL 2 SECOND");

        assertThat(login("alice", Accounts.PASSWORD)).contains(alice);

        fail("alice", HERE, 4);
        assertThat(login("alice", "Secret124")).isEmpty();
    }

    @Test
    void shouldForgetFailuresOfYesterday() {
        fail("nobody", HERE, 1);
        DATABASE.execute("UPDATE login_failure SET last_failure = UTC_TIMESTAMP(6) - INTERVAL 25 HOUR");

        fail("alice", HERE, 1);

        assertThat(accounts.unitOfWork.call(() -> DATABASE.entityManager()
                .createNativeQuery("SELECT COUNT(*) FROM login_failure").getSingleResult())).hasToString("1");
    }

    @Test
    void shouldBringAnOldHashToTheNewCostAtLogin() {
        String old = PasswordHash.of(Accounts.PASSWORD, 3).encoded();
        DATABASE.execute("UPDATE harbor_user SET password = '" + old + "'");

        assertThat(login("alice", Accounts.PASSWORD)).contains(alice);

        User row = accounts.unitOfWork.call(() -> accounts.users.find(alice.userId())).orElseThrow();
        assertThat(PasswordHash.parse(row.passwordHash()).iterations()).isEqualTo(10);
        assertThat(login("alice", Accounts.PASSWORD)).contains(alice);
    }

    private Optional<Caller> login(String name, String password) {
        return authentication.authenticate(name, password, HERE);
    }

    private void fail(String name, String source, int times) {
        for (int i = 0; i < times; i++) {
            assertThat(authentication.authenticate(name, "Wrong1234", source)).isEmpty();
        }
    }

    private int secondsToWait() {
        try {
            login("alice", "Wrong1234");
            return 0;
        } catch (HarborException e) {
            return e.retryAfterSeconds();
        }
    }

    private long costOf(Runnable work) {
        long before = accounts.passwords.computed();
        work.run();
        return accounts.passwords.computed() - before;
    }
}
