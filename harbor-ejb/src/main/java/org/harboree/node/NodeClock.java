// SPDX-License-Identifier: Apache-2.0
package org.harboree.node;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;

/** Makes the node look, from its start to its end. */
@Singleton
@Startup
@TransactionManagement(TransactionManagementType.BEAN)
public class NodeClock {
    @Inject
    private NodeWatch watch;

    @PostConstruct
    @Schedule(hour = "*", minute = "*", second = "*/" + NodeWatch.LOOK_SECONDS, persistent = false)
    void look() {
        watch.look();
    }

    @PreDestroy
    void leave() {
        watch.leave();
    }
}
