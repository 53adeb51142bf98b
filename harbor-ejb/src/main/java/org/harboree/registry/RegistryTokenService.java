// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.harboree.access.AccessGuard;
import org.harboree.access.Action;
import org.harboree.access.Caller;
import org.harboree.access.ProjectRef;
import org.harboree.access.TokenIssuer;
import org.harboree.access.TokenScope;
import org.harboree.access.TokenVerifier;
import org.harboree.access.VerifiedToken;
import org.harboree.access.VerifiedToken.RepositoryRights;
import org.harboree.error.HarborException;
import org.harboree.identity.Authentication;
import org.harboree.identity.UserRevoked;
import org.harboree.oci.RepositoryName;
import org.harboree.project.ProjectService;

/** Gives out registry tokens and takes them back: what they allow is what was asked and is held, no more. */
@ApplicationScoped
public class RegistryTokenService {
    private static final RepositoryRights NOTHING = new RepositoryRights(0, Set.of());

    @Inject
    private AccessGuard guard;

    @Inject
    private Authentication authentication;

    @Inject
    private ProjectService projects;

    @Inject
    private TokenIssuer issuer;

    @Inject
    private TokenVerifier verifier;

    /**
     * A token for the scopes; a repository that may not be used, or does not exist, stands in it with no action.
     *
     * @param before a moment before the caller's credentials were checked
     */
    public TokenIssuer.Issued issue(Caller caller, TokenScope scope, TokenVerifier.Moment before) {
        Map<String, RepositoryRights> granted = new LinkedHashMap<>();
        scope.repositories().forEach((name, asked) -> granted.put(name, grant(caller, name, asked)));
        return issuer.issue(caller, granted, scope.catalog() && caller.sysadmin(), before);
    }

    private RepositoryRights grant(Caller caller, String name, Set<Action> asked) {
        Optional<ProjectRef> project = project(name);
        if (project.isEmpty()) {
            return NOTHING;
        }
        Set<Action> held = EnumSet.noneOf(Action.class);
        for (Action action : asked) {
            if (guard.allows(caller, action.permission(), project.get())) {
                held.add(action);
            }
        }
        return held.isEmpty() ? NOTHING : new RepositoryRights(project.get().id(), held);
    }

    private Optional<ProjectRef> project(String name) {
        try {
            return projects.find(RepositoryName.parse(name).project());
        } catch (HarborException notARepositoryName) {
            return Optional.empty();
        }
    }

    /** Who a bearer token stands for; empty unless it is good and its user still exists. */
    public Optional<RegistryCaller> callerOf(String token) {
        return verifier.verify(token, this::isLive).map(RegistryCaller::of);
    }

    void forget(@Observes UserRevoked event) {
        verifier.forgetUser(event.userId());
    }

    private boolean isLive(VerifiedToken token) {
        return token.caller().isAnonymous() || authentication.callerOf(token.caller().userId()).isPresent();
    }
}
