// SPDX-License-Identifier: Apache-2.0
package org.harboree.transaction;

import jakarta.persistence.PersistenceException;
import java.util.function.Supplier;
import org.hibernate.exception.ConstraintViolationException;

/** What a DAO says of a statement that a key of the schema has refused. */
public final class Constraints {
    private Constraints() {
    }

    /**
     * @param refusal what to say where a constraint is behind the failure: somebody was faster, or has the name
     * @return the refusal, or the failure itself where it is another one; to be thrown
     */
    public static RuntimeException refused(PersistenceException failure, Supplier<? extends RuntimeException> refusal) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConstraintViolationException) {
                return refusal.get();
            }
        }
        return failure;
    }
}
