// SPDX-License-Identifier: Apache-2.0
package org.harboree.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.harboree.database.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class NodeWatchTest {
    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private TestNodes a;
    private TestNodes b;

    @BeforeEach
    void begin() {
        DATABASE.empty("node_lease");
        a = new TestNodes(DATABASE.dataSource(), "a");
        b = new TestNodes(DATABASE.dataSource(), "b");
    }

    private static void endLease(String id) {
        DATABASE.execute("UPDATE node_lease SET lease_until = UTC_TIMESTAMP(6) WHERE node_id = '" + id + "'");
    }

    @Test
    void shouldTrustNothingBeforeItsFirstLook() throws SQLException {
        assertThat(a.join()).isFalse();
        assertThat(a.watch().trust()).isNegative();
        a.look();
        assertThat(a.watch().trust()).isPositive();
    }

    @Test
    void shouldTrustALookFor12Seconds() throws SQLException {
        a.join();
        a.look();
        long trust = a.watch().trust();
        a.pass(11);
        assertThat(a.watch().trust()).isEqualTo(trust);
        a.look();
        a.pass(11);
        assertThat(a.watch().trust()).isEqualTo(trust);
        a.pass(1);
        assertThat(a.watch().trust()).isNegative();
    }

    /** Another node may have come, written and gone in between. */
    @Test
    void shouldTrustNothingFromBeforeATimeInWhichItDidNotLook() throws SQLException {
        a.join();
        a.look();
        long before = a.watch().trust();
        a.pass(12);
        a.look();
        assertThat(a.watch().trust()).isGreaterThan(before);
    }

    @Test
    void shouldMakeTheSecondNodeWaitAndBothTrustNothing() throws SQLException {
        a.join();
        a.look();
        long before = a.watch().trust();
        assertThat(b.join()).isTrue();
        a.look();
        b.look();
        assertThat(a.watch().trust()).isNegative();
        assertThat(b.watch().trust()).isNegative();

        endLease("b");
        a.look();
        assertThat(a.watch().trust()).isGreaterThan(before);
    }

    @Test
    void shouldCountANodeThatEndsUntilItsLastWrite() throws SQLException {
        a.join();
        b.join();
        b.look();
        b.leave();
        assertThat(b.watch().trust()).isNegative();
        a.look();
        assertThat(a.watch().trust()).isNegative();
        assertThat(a.watch().isOtherAlive("b")).isTrue();
        endLease("b");
        assertThat(a.watch().isOtherAlive("b")).isFalse();
    }

    @Test
    void shouldBeSeenAgainAfterItHasStoodStillForLongerThanItsLease() throws SQLException {
        a.join();
        b.join();
        b.look();
        endLease("b");
        a.look();
        assertThat(a.watch().trust()).isPositive();
        b.look();
        b.look();
        a.look();
        assertThat(a.watch().trust()).isNegative();
    }

    @Test
    void shouldTrustNothing12SecondsAfterItHasLostTheDatabase() throws SQLException {
        a.join();
        a.look();
        a.loseDatabase();
        a.pass(5);
        a.look();
        assertThat(a.watch().trust()).isPositive();
        a.pass(7);
        a.look();
        assertThat(a.watch().trust()).isNegative();
    }

    @Test
    void shouldNotCountAProcessOfTheSamePlaceThatIsGone() throws Exception {
        Process process = new ProcessBuilder("sleep", "60").start();
        NodeIdentity killed = NodeIdentity.of(process.toHandle());
        assertThat(NodeWatch.join(DATABASE.dataSource(), killed)).isFalse();
        TestNodes here = new TestNodes(DATABASE.dataSource(), NodeIdentity.of(ProcessHandle.current()),
                new AtomicLong());
        assertThat(here.join()).isTrue();
        process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        assertThat(here.join()).isFalse();
        assertThat(here.watch().isOtherAlive(killed.id())).isFalse();
    }

    @Test
    void shouldNotCountAnEarlierDeploymentInTheSameProcess() throws SQLException {
        NodeIdentity earlier = NodeIdentity.of(ProcessHandle.current());
        NodeWatch.join(DATABASE.dataSource(), earlier);
        assertThat(NodeWatch.join(DATABASE.dataSource(), NodeIdentity.of(ProcessHandle.current()))).isFalse();
    }
}
