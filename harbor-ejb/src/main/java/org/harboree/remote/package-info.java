// SPDX-License-Identifier: Apache-2.0
/**
 * Other registries: what is known of them (registry endpoints), and how they are spoken to.
 *
 * <p>{@link org.harboree.remote.RemoteRegistry} is the one seam; an adapter per kind of registry
 * ({@link org.harboree.remote.RegistryAdapter}) opens it and differs in listing, naming and credentials only. Called by
 * replication and the proxy cache above, and by harbor-web for the endpoints. It knows nothing of our own projects,
 * repositories and artifacts.
 */
package org.harboree.remote;
