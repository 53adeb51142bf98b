// SPDX-License-Identifier: Apache-2.0
/**
 * The words of the OCI specifications as values: digest, repository name, tag, descriptor, manifest, ranges.
 *
 * <p>Everybody may call in. A value of this package is valid by its existence: what comes from a client is parsed at
 * the door and refused there. Nothing here knows HTTP, Jakarta EE, the database, storage or a caller's rights.
 */
package org.harboree.oci;
