// SPDX-License-Identifier: Apache-2.0
package org.harboree.console;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Instant;
import java.util.Map;
import org.harboree.listing.Page;
import org.harboree.listing.PageRequest;
import org.harboree.listing.Query;
import org.harboree.registry.RepositoryDetails;
import org.harboree.registry.RepositoryService;

/** The repositories of a project. */
@Named
@RequestScoped
public class ProjectRepositoriesView extends ListView<RepositoryDetails> {
    private static final String LATEST_FIRST = "-push_time";

    @Inject
    private RepositoryService repositories;

    @Inject
    private ProjectHead head;

    @Inject
    private Live live;

    @Inject
    private Visitor visitor;

    private Map<Long, Long> bytes;
    private Map<Long, Instant> pushes;
    private String version;

    @Override
    protected Page<RepositoryDetails> read(PageRequest request) {
        String q = getFilter() == null ? "" : Query.contains("name", getFilter());
        return repositories.list(visitor.caller(), head.getName(), request, q,
                getSort().isEmpty() ? LATEST_FIRST : getSort());
    }

    @Override
    public void load() {
        version = live.version(head.getName());
        super.load();
    }

    /** Of what was read: what was pushed meanwhile has another one. */
    public String getVersion() {
        return version;
    }

    @Override
    protected Map<String, String> parameters() {
        return Map.of("name", head.getName());
    }

    /** The name inside the project. */
    public String shortName(RepositoryDetails repository) {
        return repository.name().substring(head.getName().length() + 1);
    }

    /** What the repository holds. */
    public Long bytes(RepositoryDetails repository) {
        if (bytes == null) {
            bytes = repositories.bytes(visitor.caller(), head.getName(), getRows());
        }
        return bytes.getOrDefault(repository.id(), 0L);
    }

    /** When something was pushed to it last; null if all of it was deleted. */
    public Instant lastPush(RepositoryDetails repository) {
        if (pushes == null) {
            pushes = repositories.lastPushes(visitor.caller(), head.getName(), getRows());
        }
        return pushes.get(repository.id());
    }
}
