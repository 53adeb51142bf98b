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
import org.harboree.project.Projects;
import org.harboree.project.Standing;

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
    private Projects projects;

    @Inject
    private Repositories repositories;

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
        ProjectRef project = change(who, name, Action.PULL);
        return repository.filter(found -> found.projectId() == project.id());
    }

    /**
     * Whether the caller could pull from there, by the rights that they hold now. The scope of a token does not count:
     * a client that mounts cannot know for which of all repositories it would have to ask.
     */
    boolean mayPull(RegistryCaller who, RepositoryName name) {
        return mayPull(who, name, new Standings(projects, false));
    }

    /** The same, with the standings of a unit of work. */
    boolean mayPull(RegistryCaller who, RepositoryName name, Standings standings) {
        return standings.of(who, name).filter(standing -> holds(who, standing, Action.PULL)).isPresent();
    }

    /** The same for a repository of the project in which that standing is. */
    boolean mayPull(RegistryCaller who, Standing standing) {
        return holds(who, standing, Action.PULL);
    }

    /**
     * Whether it makes sense to wait for what the caller sends: by the token that names the repository, without a
     * query; else by the live rights. {@link #change} still has to be asked, in the transaction of the change.
     *
     * @throws HarborException UNAUTHORIZED
     */
    void admit(RegistryCaller who, RepositoryName name, Action action) {
        if (who.token().filter(token -> token.names(name.toString(), action)).isEmpty()) {
            change(who, name, action);
        }
    }

    /**
     * The project to change something in.
     *
     * @throws HarborException UNAUTHORIZED if the token does not allow it or the right is not held any more
     */
    public ProjectRef change(RegistryCaller who, RepositoryName name, Action action) {
        return standing(who, name, action, new Standings(projects, false)).project();
    }

    /** As {@link #change}, with the standings of a unit of work, and the one that decided. */
    Standing standing(RegistryCaller who, RepositoryName name, Action action, Standings standings) {
        Standing standing = standings.of(who, name).orElseThrow(() -> refusal(name, action));
        Optional<VerifiedToken> token = who.token();
        if (token.isPresent() && !token.get().allows(name.toString(), standing.project().id(), action)) {
            throw refusal(name, action);
        }
        if (!holds(who, standing, action)) {
            throw refusal(name, action);
        }
        return standing;
    }

    /** The caller as the database knows it now, also where a token names it. */
    Caller liveCaller(RegistryCaller who) {
        return isNamedByToken(who) ? authentication.callerOf(who.caller().userId()).orElse(Caller.anonymous())
                : who.caller();
    }

    /** A token names its holder as of its issue; only the row says who that is now. */
    private static boolean isNamedByToken(RegistryCaller who) {
        return who.token().isPresent() && !who.caller().isAnonymous();
    }

    private boolean holds(RegistryCaller who, Standing standing, Action action) {
        Caller caller = isNamedByToken(who) ? standing.caller().orElse(Caller.anonymous()) : who.caller();
        return guard.allows(caller, action.permission(), standing.project(), standing::roles);
    }

    private static HarborException refusal(RepositoryName name, Action action) {
        String text = "unauthorized to access repository: " + name + ", action: " + action.wireName();
        return new HarborException(ErrorCode.UNAUTHORIZED, text + ": " + text);
    }
}
