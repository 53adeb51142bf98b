// SPDX-License-Identifier: Apache-2.0
/**
 * The seam behind which the bytes of blobs and of running uploads are kept: {@link org.harboree.storage.BlobStorage}.
 *
 * <p>Called by the registry, garbage collection and adoption. It knows no repository, no right and no row: the database
 * decides what exists, this only holds the bytes under a {@link org.harboree.storage.BlobKey}. A driver is one package
 * below this one with one test that implements {@code BlobStorageContract}.
 */
package org.harboree.storage;
