// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;

/** One writer for each upload: a second one is told so at once, it does not wait. */
@ApplicationScoped
class UploadLocks {
    private final Set<String> held = ConcurrentHashMap.newKeySet();

    /** @throws HarborException BLOB_UPLOAD_CONFLICT if another request is writing to the upload */
    <T> T exclusively(String uploadId, Supplier<T> work) {
        if (!held.add(uploadId)) {
            throw new HarborException(ErrorCode.BLOB_UPLOAD_CONFLICT);
        }
        try {
            return work.get();
        } finally {
            held.remove(uploadId);
        }
    }

    /** Runs it unless somebody is writing; says whether it ran. */
    boolean ifFree(String uploadId, Runnable work) {
        if (!held.add(uploadId)) {
            return false;
        }
        try {
            work.run();
            return true;
        } finally {
            held.remove(uploadId);
        }
    }
}
