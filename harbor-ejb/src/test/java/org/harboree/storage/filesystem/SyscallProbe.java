// SPDX-License-Identifier: Apache-2.0
package org.harboree.storage.filesystem;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.harboree.storage.Bodies;
import org.harboree.storage.BlobKey;

/** The program that runs under strace: {@code <root> <directory of acknowledgements> publishes | faults}. */
final class SyscallProbe {
    static final String UPLOAD = "3c5e9f0a-0000-4000-8000-000000000000";
    static final BlobKey KEY = new BlobKey("sha256", "ab".repeat(32), "01".repeat(16));

    private final FilesystemBlobStorage storage;

    private SyscallProbe(FilesystemBlobStorage storage) {
        this.storage = storage;
    }

    public static void main(String[] args) throws IOException {
        ExecutorService workers = Executors.newFixedThreadPool(3);
        SyscallProbe probe = new SyscallProbe(new FilesystemBlobStorage(Path.of(args[0]), workers));
        try {
            if (args[2].equals("publishes")) {
                probe.publishes(Path.of(args[1]));
            } else {
                probe.faults();
            }
        } finally {
            workers.shutdown();
        }
    }

    private void publishes(Path acknowledgements) throws IOException {
        int[] sizes = {0, 10, 10, 5 << 20, 100 << 20};
        for (int i = 0; i < sizes.length; i++) {
            String hex = (i < 3 ? "ab" : "c" + i).repeat(32);
            String id = UUID.randomUUID().toString();
            storage.stage(id);
            if (sizes[i] > 0) {
                append(id, 0, sizes[i] - 1);
                append(id, sizes[i] - 1, 1);
            }
            storage.publish(id, sizes[i], BlobKey.ofUpload(id, "sha256", hex));
            Files.createDirectory(acknowledgements.resolve("acknowledged-" + i));
        }
    }

    private void append(String id, long offset, int size) throws IOException {
        storage.append(id, offset, Bodies.of(new byte[size]), SyscallProbe::ignore, size);
    }

    private static void ignore(ByteBuffer bytes) {
        bytes.position(bytes.limit());
    }

    /** Tries each step with one upload, tells how it went, and then what is left. */
    private void faults() {
        attempt("stage", () -> storage.stage(UPLOAD));
        attempt("first append", () -> append(UPLOAD, 0, 10));
        attempt("second append", () -> append(UPLOAD, 10, 20));
        tell("staged", () -> storage.stagedSize(UPLOAD));
        attempt("publish", () -> storage.publish(UPLOAD, 30, KEY));
        tell("stored", () -> storage.size(KEY));
        attempt("ready", storage::checkReady);
        String next = UUID.randomUUID().toString();
        attempt("next push", () -> {
            storage.stage(next);
            append(next, 0, 10);
            storage.publish(next, 10, BlobKey.ofUpload(next, "sha256", "ef".repeat(32)));
        });
    }

    private interface Step {
        void run() throws IOException;
    }

    private interface Question {
        Object ask() throws IOException;
    }

    private static void attempt(String name, Step step) {
        tell(name, () -> {
            step.run();
            return "done";
        });
    }

    private static void tell(String name, Question question) {
        String answer;
        try {
            answer = String.valueOf(question.ask());
        } catch (IOException e) {
            answer = e.getClass().getSimpleName();
        }
        System.out.println(name + ": " + answer);
    }
}
