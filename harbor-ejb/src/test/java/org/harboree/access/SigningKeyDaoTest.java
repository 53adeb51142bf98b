// SPDX-License-Identifier: Apache-2.0
package org.harboree.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.harboree.config.PropertyDao;
import org.harboree.config.SecretBox;
import org.harboree.config.Settings;
import org.harboree.database.TestBeans;
import org.harboree.database.TestDatabase;
import org.harboree.transaction.UnitOfWork;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SigningKeyDaoTest {
    @RegisterExtension
    static final TestDatabase DATABASE = TestDatabase.shared();

    private final TestBeans beans = new TestBeans(DATABASE);
    private final SigningKeyDao dao = beans.get(SigningKeyDao.class);
    private final UnitOfWork work = beans.get(UnitOfWork.class);

    @BeforeEach
    void empty() {
        DATABASE.empty("signing_key");
    }

    private void insert(String kid) {
        work.run(() -> dao.insert(kid, "ES256", "certificate", "sealed"));
    }

    private List<String> valid() {
        return dao.valid().stream().map(row -> (String) row.get(0)).toList();
    }

    private SigningKeys node(String algorithm) {
        TestBeans node = new TestBeans(DATABASE);
        node.with(Settings.class, new Settings(Map.of("HARBOR_TOKEN_ALGORITHM", algorithm),
                node.get(PropertyDao.class), work));
        node.with(SecretBox.class, new SecretBox(new byte[32]));
        return node.get(SigningKeys.class);
    }

    @Test
    void shouldGiveTheNewestKeyFirst() {
        insert("a");
        insert("b");
        DATABASE.execute("UPDATE signing_key SET creation_time = creation_time - INTERVAL 1 DAY WHERE kid = 'b'");
        insert("B");
        DATABASE.execute("UPDATE signing_key SET creation_time = creation_time + INTERVAL 1 DAY WHERE kid = 'B'");
        assertThat(valid()).containsExactly("B", "a", "b");
    }

    @Test
    void shouldLetOtherKeysRetireOnce() {
        insert("old");
        insert("new");
        work.run(() -> dao.retireOthers("new", "ES256", 24));
        assertThat(valid()).contains("old", "new");
        DATABASE.execute("UPDATE signing_key SET retire_time = UTC_TIMESTAMP(6) WHERE kid = 'old'");
        work.run(() -> dao.retireOthers("new", "ES256", 24));
        assertThat(valid()).as("what has retired does not come back").containsExactly("new");
    }

    @Test
    void shouldMakeOneKeyAndReadItOnAnotherNode() {
        SigningKeys here = node("ES256");
        SigningKey made = here.current();
        assertThat(here.current()).isEqualTo(made);
        assertThat(made.kid()).isEqualTo(SigningKey.libtrustId(made.certificate().getPublicKey()));
        SigningKeys there = node("ES256");
        assertThat(there.current()).isEqualTo(made);
        assertThat(there.byId(made.kid())).contains(made);
        assertThat(there.byId("no such key")).isEmpty();
    }

    @Test
    void shouldStillVerifyByTheOldKeyAfterARotation() {
        SigningKeys keys = node("ES256");
        SigningKey old = keys.current();
        SigningKey rotated = keys.rotate();
        assertThat(rotated.kid()).isNotEqualTo(old.kid());
        assertThat(keys.current()).isEqualTo(rotated);
        assertThat(keys.byId(old.kid())).contains(old);
        assertThat(keys.valid()).containsExactly(rotated, old);
    }

    @Test
    void shouldNotSignWithAKeyThatRetires() {
        SigningKey first = node("ES256").current();
        DATABASE.execute("UPDATE signing_key SET creation_time = creation_time - INTERVAL 25 HOUR");
        SigningKey between = node("RS256").current();
        SigningKeys again = node("ES256");
        SigningKey last = again.current();
        assertThat(last.algorithm()).isEqualTo("ES256");
        assertThat(last.kid()).as("the first retires before a token of today expires").isNotEqualTo(first.kid());
        assertThat(again.valid()).containsExactly(last, between, first);
        assertThat(node("ES256").current()).isEqualTo(last);
    }

    @Test
    void shouldLetNodesOfTwoAlgorithmsSignSideBySide() {
        SigningKey es = node("ES256").current();
        SigningKey rs = node("RS256").current();
        assertThat(node("ES256").current()).isEqualTo(es);
        assertThat(node("RS256").current()).isEqualTo(rs);
        assertThat(node("ES256").valid()).containsExactly(rs, es);
    }

    @Test
    void shouldMakeAKeyOfTheAlgorithmThatIsConfigured() {
        SigningKey es = node("ES256").current();
        SigningKeys changed = node("RS256");
        SigningKey rs = changed.current();
        assertThat(rs.algorithm()).isEqualTo("RS256");
        assertThat(rs.certificate().getPublicKey().getAlgorithm()).isEqualTo("RSA");
        assertThat(changed.byId(es.kid())).contains(es);
    }
}
