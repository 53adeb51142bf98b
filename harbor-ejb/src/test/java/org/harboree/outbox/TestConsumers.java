// SPDX-License-Identifier: Apache-2.0
package org.harboree.outbox;

import java.util.List;
import org.harboree.database.TestBeans;

/** Gives beans of other packages' tests these consumers of events. */
public final class TestConsumers {
    private TestConsumers() {
    }

    public static void put(TestBeans beans, OutboxConsumer... consumers) {
        beans.with(Consumers.class, new Consumers(List.of(consumers)));
    }
}
