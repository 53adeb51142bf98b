// SPDX-License-Identifier: Apache-2.0
package org.harboree.replication;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.harboree.remote.RemoteName;

/**
 * What a run of a policy would find on its source, whether or not it is on the other side already.
 *
 * @param repositories in their order, those from which the filters let something pass
 * @param unseen repositories whose name matches, that were too many to be looked into
 */
public record Preview(List<Match> repositories, long unseen) {
    /** Repositories that are looked into at most; each takes a request or more. */
    private static final int MOST = 100;

    public Preview {
        repositories = List.copyOf(repositories);
    }

    /**
     * A repository that would be copied from.
     *
     * @param destination its repository on the other side
     * @param artifacts that pass the filters
     * @param tags of these artifacts that pass
     */
    public record Match(RemoteName source, RemoteName destination, long artifacts, long tags) {
    }

    static Preview of(Candidates candidates) throws IOException {
        List<RemoteName> names = candidates.repositories();
        List<Match> matches = new ArrayList<>();
        for (RemoteName name : names.subList(0, Math.min(names.size(), MOST))) {
            List<TaskSpec> tasks = candidates.tasks(name);
            if (!tasks.isEmpty()) {
                matches.add(new Match(name, tasks.get(0).destination(),
                        tasks.stream().mapToLong(task -> task.items().size()).sum(),
                        tasks.stream().flatMap(task -> task.items().stream())
                                .mapToLong(item -> item.tags().size()).sum()));
            }
        }
        return new Preview(matches, Math.max(0, names.size() - MOST));
    }

    /** Artifacts of all repositories that were looked into. */
    public long artifacts() {
        return repositories.stream().mapToLong(Match::artifacts).sum();
    }

    /** Tags of all repositories that were looked into. */
    public long tags() {
        return repositories.stream().mapToLong(Match::tags).sum();
    }
}
