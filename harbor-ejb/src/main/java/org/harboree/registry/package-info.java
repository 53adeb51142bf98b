// SPDX-License-Identifier: Apache-2.0
/**
 * What the registry holds: repositories, blobs, uploads, artifacts, tags, referrers, and the two catalogues of them.
 *
 * <p>Called by harbor-web and by the policies above. It knows projects and rights, but no policy, no HTTP and no path
 * of a file: bytes go through {@code storage.BlobStorage}, rows through the DAOs of this package.
 */
package org.harboree.registry;
