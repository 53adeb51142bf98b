// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Foretells what {@link ArtifactDeletion} would do: what has neither a tag nor a parent that stays goes with what it
 * serves. Works in a running unit.
 */
@ApplicationScoped
class DeletionPlanner {
    @Inject
    private DeletionPlanDao rows;

    DeletionPlan plan(Collection<ArtifactListDao.Row> asked) {
        Set<Long> ids = new HashSet<>();
        asked.forEach(row -> ids.add(row.id()));
        Set<Long> going = new HashSet<>(ids);
        // what is needed by an index that stays is not deleted, and so neither is what serves it
        while (going.removeAll(needed(going))) {
            // an index that stays may need others in turn
        }
        List<String> digests = asked.stream().filter(row -> going.contains(row.id()))
                .map(ArtifactListDao.Row::digest).toList();
        addServants(going);
        DeletionPlanDao.Weight weight = rows.weigh(going);
        return new DeletionPlan(digests, ids.size() - digests.size(), weight.artifacts(), weight.tags(),
                weight.bytes(), weight.freedBytes());
    }

    DeletionPlan planRepository(long repositoryId) {
        DeletionPlanDao.Weight weight = rows.weighRepository(repositoryId);
        return new DeletionPlan(List.of(), 0, weight.artifacts(), weight.tags(), weight.bytes(), weight.freedBytes());
    }

    private Set<Long> needed(Set<Long> going) {
        Set<Long> needed = new HashSet<>();
        rows.parents(going).forEach((child, parents) -> {
            if (!going.containsAll(parents)) {
                needed.add(child);
            }
        });
        return needed;
    }

    private void addServants(Set<Long> going) {
        Set<Long> waiting = new HashSet<>();
        Set<Long> fresh = going;
        while (!fresh.isEmpty()) {
            waiting.addAll(rows.untaggedServants(fresh));
            waiting.removeAll(going);
            Map<Long, Set<Long>> parents = rows.parents(waiting);
            fresh = new HashSet<>(waiting);
            fresh.removeIf(id -> !going.containsAll(parents.getOrDefault(id, Set.of())));
            going.addAll(fresh);
        }
    }
}
