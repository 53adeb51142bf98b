// SPDX-License-Identifier: Apache-2.0
package org.harboree.replication;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import org.harboree.access.Caller;
import org.harboree.config.Settings;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;
import org.harboree.identity.Authentication;
import org.harboree.remote.RegistryEndpoints;
import org.harboree.remote.RemoteEndpoint;
import org.harboree.remote.RemoteRegistry;

/** Opens the two sides of a policy. */
@ApplicationScoped
class Sides {
    /** What this registry is, as others would call it. */
    private static final String HARBOR = "harbor";

    @Inject
    private RegistryEndpoints endpoints;

    @Inject
    private LocalServices services;

    @Inject
    private Authentication authentication;

    @Inject
    private Settings settings;

    /**
     * The side that the policy copies from.
     *
     * @throws HarborException PRECONDITION if the policy's owner is no more
     */
    RemoteRegistry source(Policy policy) throws IOException {
        return open(policy, policy.spec().source());
    }

    /** The side that the policy copies to; as {@link #source}. */
    RemoteRegistry target(Policy policy) throws IOException {
        return open(policy, policy.spec().destination());
    }

    /** Tells registries apart. */
    static String key(OptionalLong registry) {
        return registry.isPresent() ? Long.toString(registry.getAsLong()) : "local";
    }

    private RemoteRegistry open(Policy policy, OptionalLong registry) throws IOException {
        return registry.isPresent() ? endpoints.open(registry.getAsLong()) : local(owner(policy));
    }

    /** This registry, for that caller. */
    LocalRegistry local(Caller caller) {
        return new LocalRegistry(services, caller,
                RemoteEndpoint.of(HARBOR, settings.externalUrl(), Optional.empty()));
    }

    private Caller owner(Policy policy) {
        return authentication.callerOf(policy.ownerId()).orElseThrow(() -> new HarborException(ErrorCode.PRECONDITION,
                "the user who saved the policy \"" + policy.spec().name() + "\" last is no more, and in whose name it"
                        + " runs: an administrator has to save it again"));
    }
}
