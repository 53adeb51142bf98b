// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.function.Supplier;
import org.harboree.access.Caller;
import org.harboree.outbox.Outbox;

/**
 * What the registry tells others, in the transaction in which it happens: one row for each consumer that wants to know
 * of the repository, and none, nor any other cost, where nobody does. A pull tells nothing.
 */
@ApplicationScoped
public class RegistryEvents {
    /** A manifest was pushed: a new one, or one that was there. */
    public static final String ARTIFACT_PUSHED = "ARTIFACT_PUSHED";
    /** An artifact went, with its tags: by itself, with what it served, or with its repository. */
    public static final String ARTIFACT_DELETED = "ARTIFACT_DELETED";
    /** An artifact that was there got a tag by the API or the console. A push that moves a tag is a push. */
    public static final String TAG_CREATED = "TAG_CREATED";
    /** A tag went, and its artifact stays. */
    public static final String TAG_DELETED = "TAG_DELETED";

    @Inject
    private Outbox outbox;

    boolean isWanted(String topic, RepositoryRef repository) {
        return outbox.isWanted(topic, repository.name());
    }

    void write(String topic, RepositoryRef repository, String digest, List<String> tags, Caller operator) {
        write(topic, repository, () -> digest, tags, operator);
    }

    /** @param digest asked for only if somebody wants the event */
    void write(String topic, RepositoryRef repository, Supplier<String> digest, List<String> tags, Caller operator) {
        if (isWanted(topic, repository)) {
            outbox.write(new RegistryEvent(repository.projectId(), repository.name(), digest.get(), tags,
                    operator.name()).toOutbox(topic));
        }
    }
}
