// SPDX-License-Identifier: Apache-2.0
/**
 * Blob storage in a directory of a local or network filesystem.
 *
 * <p>Only the place that chooses the driver may name a type of this package; everybody else uses
 * {@link org.harboree.storage.BlobStorage}. It must not know the database, HTTP or any setting by name.
 */
package org.harboree.storage.filesystem;
