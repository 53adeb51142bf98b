// SPDX-License-Identifier: Apache-2.0
package org.harboree.replication;

import jakarta.enterprise.context.ApplicationScoped;

/** Time that passes, so that a test need not wait for it. */
@ApplicationScoped
class Pause {
    void second() throws InterruptedException {
        Thread.sleep(1000);
    }
}
