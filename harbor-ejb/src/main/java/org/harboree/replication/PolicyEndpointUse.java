// SPDX-License-Identifier: Apache-2.0
package org.harboree.replication;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.harboree.remote.EndpointUse;

/** An endpoint that a policy copies from or to stays. */
@ApplicationScoped
class PolicyEndpointUse implements EndpointUse {
    @Inject
    private ReplicationPolicyDao policies;

    @Override
    public Optional<String> of(long registryId) {
        return policies.existsWith(registryId) ? Optional.of("replication policies") : Optional.empty();
    }
}
