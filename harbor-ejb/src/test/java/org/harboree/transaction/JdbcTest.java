// SPDX-License-Identifier: Apache-2.0
package org.harboree.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.persistence.EntityManager;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.harboree.database.TestDatabase;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JdbcTest {
    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private final EntityManager entities = DATABASE.entityManager();
    private final UnitOfWork work = DATABASE.unitOfWork();

    @BeforeAll
    static void makeTable() {
        DATABASE.execute("CREATE TABLE word (id BIGINT AUTO_INCREMENT PRIMARY KEY, text VARCHAR(20) NULL UNIQUE)");
    }

    @BeforeEach
    void empty() {
        DATABASE.empty("word");
    }

    private long insert(String text) {
        return work.call(() -> Jdbc.insertAllWithKeys(entities, "INSERT INTO word (text) VALUES", "(?)", "",
                Collections.singletonList(new Object[] {text}))).orElseThrow().get(0);
    }

    @Test
    void shouldReadWhatWasWrittenUnderTheGeneratedKey() {
        long one = insert("one");
        long none = insert(null);
        assertThat(work.call(() -> Jdbc.list(entities, "SELECT text FROM word WHERE id IN (?, ?) ORDER BY id",
                row -> String.valueOf(row.getString(1)), one, none))).containsExactly("one", "null");
        assertThat(work.call(() -> Jdbc.first(entities, "SELECT id FROM word WHERE text = ?", row -> row.getLong(1),
                "one"))).contains(one);
        assertThat(work.call(() -> Jdbc.exists(entities, "SELECT 1 FROM word WHERE text = ?", "two"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 31, 32, 33, 100, 1023, 2500})
    void shouldInsertAnyNumberOfRowsAndTellTheirKeysInOrder(int count) {
        List<Object[]> rows = IntStream.range(0, count).mapToObj(i -> new Object[] {"w" + i}).toList();
        List<Long> keys = work.call(() ->
                Jdbc.insertAllWithKeys(entities, "INSERT INTO word (text) VALUES", "(?)", "", rows)).orElseThrow();
        assertThat(work.call(() -> Jdbc.list(entities, "SELECT id, text FROM word ORDER BY id",
                row -> row.getLong(1) + row.getString(2)))).containsExactlyElementsOf(
                IntStream.range(0, count).mapToObj(i -> keys.get(i) + "w" + i).toList());
    }

    @Test
    void shouldAppendWhatFollowsTheRows() {
        insert("1");
        List<Object[]> rows = IntStream.range(0, 70).mapToObj(i -> new Object[] {"" + i}).toList();
        work.run(() -> Jdbc.insertAll(entities, "INSERT INTO word (text) VALUES", "(?)",
                " ON DUPLICATE KEY UPDATE text = CONCAT(text, '!')", rows));
        assertThat(work.call(() -> Jdbc.list(entities, "SELECT text FROM word WHERE text LIKE '%!' OR text = '69'",
                row -> row.getString(1)))).containsExactlyInAnyOrder("1!", "69");
    }

    @Test
    void shouldTellNoKeysWhereARowWasThere() {
        insert("1");
        List<Object[]> rows = IntStream.range(0, 40).mapToObj(i -> new Object[] {"" + i}).toList();
        assertThat(work.call(() -> Jdbc.insertAllWithKeys(entities, "INSERT INTO word (text) VALUES", "(?)",
                " ON DUPLICATE KEY UPDATE text = CONCAT(text, '!')", rows))).isEmpty();
    }

    @Test
    void shouldPadListsToPowersOfTwoWithTheLastValue() {
        assertThat(Jdbc.padded(List.of())).isEmpty();
        assertThat(Jdbc.padded(List.of(1))).containsExactly(1);
        assertThat(Jdbc.padded(List.of(1, 2, 3))).containsExactly(1, 2, 3, 3);
        assertThat(Jdbc.padded(List.of(1, 2, 3, 4, 5))).containsExactly(1, 2, 3, 4, 5, 5, 5, 5);
    }

    @Test
    void shouldCountTheRowsThatChanged() {
        insert("one");
        insert("two");
        assertThat(work.call(() -> Jdbc.update(entities, "UPDATE word SET text = CONCAT(text, ?)", "!"))).isEqualTo(2);
        assertThat(work.call(() -> Jdbc.update(entities, "DELETE FROM word WHERE text = ?", "one"))).isZero();
    }

    @Test
    void shouldWriteInTheRunningUnitAndNowhereElse() {
        assertThatThrownBy(() -> work.run(() -> {
            Jdbc.update(entities, "INSERT INTO word (text) VALUES (?)", "lost");
            throw new IllegalStateException("the unit fails");
        })).isInstanceOf(IllegalStateException.class);
        assertThat(work.call(() -> Jdbc.exists(entities, "SELECT 1 FROM word"))).isFalse();
    }

    @Test
    void shouldLetAUnitRunAgainThatLostARaceForAKey() {
        insert("one");
        int[] attempts = {0};
        int changed = work.call(() -> Jdbc.update(entities, "INSERT INTO word (text) VALUES (?)",
                attempts[0]++ == 0 ? "one" : "two"));
        assertThat(changed).isEqualTo(1);
        assertThat(attempts[0]).isEqualTo(2);
    }
}
