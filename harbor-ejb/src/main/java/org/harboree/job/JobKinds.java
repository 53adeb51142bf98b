// SPDX-License-Identifier: Apache-2.0
package org.harboree.job;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** All kinds of work of the application. */
@ApplicationScoped
class JobKinds {
    private Map<String, JobKind> byName;

    /** For the container's proxies. */
    protected JobKinds() {
    }

    @Inject
    JobKinds(@Any Instance<JobKind> found) {
        this((Iterable<JobKind>) found);
    }

    JobKinds(Iterable<JobKind> found) {
        byName = new TreeMap<>();
        for (JobKind kind : found) {
            if (byName.put(kind.name(), kind) != null) {
                throw new IllegalStateException("two kinds of work have one name: " + kind.name());
            }
        }
    }

    /** By name, in its order. */
    List<JobKind> all() {
        return List.copyOf(byName.values());
    }

    Optional<JobKind> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }
}
