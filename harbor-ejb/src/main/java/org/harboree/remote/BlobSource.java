// SPDX-License-Identifier: Apache-2.0
package org.harboree.remote;

import java.io.IOException;
import java.io.InputStream;

/** Bytes to upload, that can be read again from any place: an upload that broke off goes on where it stopped. */
@FunctionalInterface
public interface BlobSource {
    /**
     * Opens the bytes from {@code offset} to the end. The client closes the stream.
     *
     * @throws IOException goes through to the caller of the upload unchanged, without another attempt
     */
    InputStream open(long offset) throws IOException;
}
