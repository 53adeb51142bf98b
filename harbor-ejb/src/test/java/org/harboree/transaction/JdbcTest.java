// SPDX-License-Identifier: Apache-2.0
package org.harboree.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.persistence.EntityManager;
import org.harboree.database.TestDatabase;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

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
        return work.call(() -> Jdbc.insert(entities, "INSERT INTO word (text) VALUES (?)", text));
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
            Jdbc.insert(entities, "INSERT INTO word (text) VALUES (?)", "lost");
            throw new IllegalStateException("the unit fails");
        })).isInstanceOf(IllegalStateException.class);
        assertThat(work.call(() -> Jdbc.exists(entities, "SELECT 1 FROM word"))).isFalse();
    }

    @Test
    void shouldLetAUnitRunAgainThatLostARaceForAKey() {
        insert("one");
        int[] attempts = {0};
        long id = work.call(() -> Jdbc.insert(entities, "INSERT INTO word (text) VALUES (?)",
                attempts[0]++ == 0 ? "one" : "two"));
        assertThat(id).isPositive();
        assertThat(attempts[0]).isEqualTo(2);
    }
}
