// SPDX-License-Identifier: Apache-2.0
package org.harboree.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.PersistenceException;
import java.sql.SQLException;
import org.hibernate.exception.ConstraintViolationException;
import org.junit.jupiter.api.Test;

class ConstraintsTest {
    private static final IllegalStateException REFUSAL = new IllegalStateException("taken");

    @Test
    void shouldRefuseWhereAConstraintIsBehindTheFailure() {
        ConstraintViolationException broken =
                new ConstraintViolationException("duplicate", new SQLException("duplicate"), "uk_name");
        assertThat(Constraints.refused(broken, () -> REFUSAL)).isSameAs(REFUSAL);
        assertThat(Constraints.refused(new PersistenceException(new RuntimeException(broken)), () -> REFUSAL))
                .isSameAs(REFUSAL);
    }

    @Test
    void shouldLeaveAnyOtherFailureAsItIs() {
        PersistenceException other = new PersistenceException(new SQLException("the disk is full"));
        assertThat(Constraints.refused(other, () -> REFUSAL)).isSameAs(other);
    }
}
