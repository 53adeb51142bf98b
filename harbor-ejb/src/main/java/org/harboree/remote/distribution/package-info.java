// SPDX-License-Identifier: Apache-2.0
/** Other registries by the OCI Distribution Spec: what every kind of registry has in common. */
package org.harboree.remote.distribution;
