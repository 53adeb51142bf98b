// SPDX-License-Identifier: Apache-2.0
package org.harboree.replication;

import org.junit.jupiter.api.Nested;

class TaskFinderTest {
    @Nested
    class BetweenTwoOthers extends TaskFinderContract {
    }

    /** As a push. */
    @Nested
    class FromThisRegistry extends TaskFinderContract {
        FromThisRegistry() {
            source.tellsTagStates = true;
        }
    }

    /** As a pull. */
    @Nested
    class ToThisRegistry extends TaskFinderContract {
        ToThisRegistry() {
            target.tellsTagStates = true;
        }
    }
}
