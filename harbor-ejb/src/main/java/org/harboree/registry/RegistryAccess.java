// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Optional;
import org.harboree.access.AccessGuard;
import org.harboree.access.Action;
import org.harboree.access.Caller;
import org.harboree.access.ProjectRef;
import org.harboree.access.VerifiedToken;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;
import org.harboree.identity.Authentication;
import org.harboree.oci.RepositoryName;
import org.harboree.project.ProjectService;
import org.harboree.transaction.UnitOfWork;

/**
 * Who may do what at {@code /v2}.
 *
 * <p>A pull is decided by what the token carries, in memory. Everything else asks the live rights too: the token must
 * allow it <em>and</em> its holder must still hold the right. What may not be seen is answered like what does not
 * exist: with the same 401.
 */
@ApplicationScoped
public class RegistryAccess {
    @Inject
    private AccessGuard guard;

    @Inject
    private Authentication authentication;

    @Inject
    private ProjectService projects;

    @Inject
    private Repositories repositories;

    @Inject
    private UnitOfWork work;

    /**
     * The repository to pull from.
     *
     * @throws HarborException UNAUTHORIZED without the right to pull; NAME_UNKNOWN if there is no such repository
     */
    public RepositoryRef pull(RegistryCaller who, RepositoryName name) {
        return pullIfPresent(who, name).orElseThrow(() -> new HarborException(ErrorCode.NAME_UNKNOWN,
                "repository " + name + " not found", Map.of("name", name.toString())));
    }

    /** As {@link #pull}, empty if there is no such repository. */
    Optional<RepositoryRef> pullIfPresent(RegistryCaller who, RepositoryName name) {
        Optional<RepositoryRef> repository = repositories.find(name);
        if (who.token().isPresent() && repository.isPresent()) {
            if (who.token().get().allows(name.toString(), repository.get().projectId(), Action.PULL)) {
                return repository;
            }
            throw refusal(name, Action.PULL);
        }
        ProjectRef project = live(who, name, Action.PULL);
        return repository.filter(found -> found.projectId() == project.id());
    }

    /**
     * Whether the caller could pull from there, by the rights that they hold now. The scope of a token does not count:
     * a client that mounts cannot know for which of all repositories it would have to ask.
     */
    boolean mayPull(RegistryCaller who, RepositoryName name) {
        return projects.find(name.project())
                .filter(project -> guard.allows(liveCaller(who), Action.PULL.permission(), project))
                .isPresent();
    }

    /**
     * The project to change something in.
     *
     * @throws HarborException UNAUTHORIZED if the token does not allow it or the right is not held any more
     */
    public ProjectRef change(RegistryCaller who, RepositoryName name, Action action) {
        return work.call(() -> live(who, name, action));
    }

    /** The caller as the database knows it now, also where a token names it. */
    Caller liveCaller(RegistryCaller who) {
        if (who.token().isEmpty() || who.caller().isAnonymous()) {
            return who.caller();
        }
        return authentication.callerOf(who.caller().userId()).orElse(Caller.anonymous());
    }

    private ProjectRef live(RegistryCaller who, RepositoryName name, Action action) {
        ProjectRef project = projects.find(name.project()).orElseThrow(() -> refusal(name, action));
        Optional<VerifiedToken> token = who.token();
        if (token.isPresent() && !token.get().allows(name.toString(), project.id(), action)) {
            throw refusal(name, action);
        }
        if (!guard.allows(liveCaller(who), action.permission(), project)) {
            throw refusal(name, action);
        }
        return project;
    }

    private static HarborException refusal(RepositoryName name, Action action) {
        String text = "unauthorized to access repository: " + name + ", action: " + action.wireName();
        return new HarborException(ErrorCode.UNAUTHORIZED, text + ": " + text);
    }
}
