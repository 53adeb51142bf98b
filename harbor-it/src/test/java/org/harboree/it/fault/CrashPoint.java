// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.fault;

import java.nio.file.Path;

/** Where the server is killed in a push: a place in its code, as Byteman names it. */
enum CrashPoint {
    STAGED("storage.filesystem.UploadFiles", "stage", "AT EXIT"),
    HALF_WRITTEN("storage.filesystem.StagingFile", "write", "AT EXIT"),
    BEFORE_FORCE("storage.filesystem.StagingFile", "force", "AT ENTRY"),
    AFTER_FORCE("storage.filesystem.StagingFile", "force", "AT EXIT"),
    OFFSET_RECORDED("registry.BlobUploadService", "append", "AT EXIT"),
    BEFORE_RENAME("storage.filesystem.BlobFiles", "move", "AT ENTRY"),
    AFTER_RENAME("storage.filesystem.BlobFiles", "move", "AT EXIT"),
    BEFORE_DIRECTORY_FORCE("storage.filesystem.BlobFiles", "makeNamesDurable", "AT ENTRY"),
    AFTER_DIRECTORY_FORCE("storage.filesystem.BlobFiles", "makeNamesDurable", "AT EXIT"),
    BEFORE_BLOB_COMMIT("registry.BlobPublisher", "endWith", "AT EXIT"),
    AFTER_BLOB_COMMIT("registry.BlobPublisher", "publish", "AT EXIT"),
    BEFORE_BLOB_ANSWER("registry.BlobUploadService", "finish", "AT EXIT"),
    BEFORE_MANIFEST_COMMIT("registry.ManifestWriter", "storeAll", "AT EXIT"),
    AFTER_MANIFEST_COMMIT("registry.ManifestService", "push", "AT EXIT");

    private final String type;
    private final String method;
    private final String place;

    CrashPoint(String type, String method, String place) {
        this.type = type;
        this.method = method;
        this.place = place;
    }

    /** The file that arms the point. */
    Path armed(Path folder) {
        return folder.resolve(name());
    }

    /** The rule that kills the JVM there, at once and without any of its hooks, when the point is armed. */
    String rule(Path folder) {
        return String.join("\n", "RULE " + name(), "CLASS org.harboree." + type, "METHOD " + method, place,
                "BIND armed : java.io.File = new java.io.File(\"" + armed(folder)
                + "\")", "IF armed.exists()", "DO killJVM()", "ENDRULE", "");
    }
}
