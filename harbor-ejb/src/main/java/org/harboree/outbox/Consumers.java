// SPDX-License-Identifier: Apache-2.0
package org.harboree.outbox;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All consumers of the application. */
@ApplicationScoped
class Consumers {
    private List<OutboxConsumer> all;

    /** For the container's proxies. */
    protected Consumers() {
    }

    @Inject
    Consumers(Instance<OutboxConsumer> found) {
        this(listed(found));
    }

    Consumers(List<OutboxConsumer> all) {
        this.all = List.copyOf(all);
        if (all.stream().map(OutboxConsumer::name).distinct().count() < all.size()) {
            throw new IllegalStateException("two consumers of events have one name");
        }
    }

    private static List<OutboxConsumer> listed(Instance<OutboxConsumer> found) {
        List<OutboxConsumer> all = new ArrayList<>();
        for (OutboxConsumer consumer : found) {
            all.add(consumer);
        }
        return all;
    }

    /** Asked for each push: without a consumer it costs nothing. */
    List<OutboxConsumer> of(String topic, String key) {
        return all.isEmpty() ? all : all.stream().filter(consumer -> consumer.wants(topic, key)).toList();
    }

    Optional<OutboxConsumer> find(String name) {
        return all.stream().filter(consumer -> consumer.name().equals(name)).findFirst();
    }
}
