// SPDX-License-Identifier: Apache-2.0
package org.harboree.storage.filesystem;

import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.harboree.storage.BlobKey;

/**
 * Measures uploads to disk, from the first byte of the body until the blob is durable:
 * {@code java -cp target/classes:target/test-classes …AppendBench <directory> [rounds] [MiB]}. Not a test.
 */
final class AppendBench {
    private AppendBench() {
    }

    public static void main(String[] args) throws Exception {
        Path parent = Path.of(args[0]);
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 5;
        long size = (args.length > 2 ? Long.parseLong(args[2]) : 1024) << 20;
        ExecutorService threads = Executors.newCachedThreadPool();
        ExecutorService one = Executors.newSingleThreadExecutor();
        for (int round = 0; round < rounds; round++) {
            large("caller alone     ", parent, Runnable::run, size);
            large("caller + 1 worker", parent, one, size);
            large("caller + workers ", parent, threads, size);
        }
        small(parent, threads, 10 << 10, 500);
        small(parent, threads, 1 << 20, 200);
        threads.shutdown();
        one.shutdown();
    }

    private static void large(String name, Path parent, Executor workers, long size) throws Exception {
        Path root = Files.createTempDirectory(parent, "bench");
        FilesystemBlobStorage storage = new FilesystemBlobStorage(root, workers);
        storage.checkReady();
        long start = System.nanoTime();
        BlobKey key = push(storage, new Body(size));
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf("%s %5d MiB %6.0f MB/s%n", name, size >> 20, size / 1e6 / seconds);
        storage.delete(key);
        remove(root);
    }

    private static void small(Path parent, Executor workers, int size, int count) throws Exception {
        Path root = Files.createTempDirectory(parent, "bench");
        FilesystemBlobStorage storage = new FilesystemBlobStorage(root, workers);
        storage.checkReady();
        long start = System.nanoTime();
        for (int i = 0; i < count; i++) {
            push(storage, new Body(size));
        }
        System.out.printf("%d bodies of %d bytes: %.0f us each%n", count, size,
                (System.nanoTime() - start) / 1e3 / count);
        remove(root);
    }

    private static BlobKey push(FilesystemBlobStorage storage, Body body) throws Exception {
        String id = UUID.randomUUID().toString();
        long size = body.left;
        storage.stage(id);
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        digest.update(id.getBytes());
        storage.append(id, 0, body, digest::update, size);
        BlobKey key = BlobKey.ofUpload(id, "sha256", HexFormat.of().formatHex(digest.digest()));
        storage.publish(id, size, key);
        return key;
    }

    private static void remove(Path root) throws Exception {
        try (var paths = Files.walk(root)) {
            for (Path path : paths.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(path);
            }
        }
    }

    /** Random bytes in pieces of 16 KiB, as an HTTP server hands them out. */
    private static final class Body implements ReadableByteChannel {
        private static final byte[] RANDOM = new byte[1 << 22];

        static {
            new Random(1).nextBytes(RANDOM);
        }

        private long left;

        Body(long size) {
            left = size;
        }

        @Override
        public int read(ByteBuffer target) {
            if (left == 0) {
                return -1;
            }
            int count = (int) Math.min(left, Math.min(16 << 10, target.remaining()));
            target.put(RANDOM, (int) (left % (RANDOM.length - count)), count);
            left -= count;
            return count;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {
            // holds nothing
        }
    }
}
