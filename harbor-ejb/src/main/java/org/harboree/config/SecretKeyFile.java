// SPDX-License-Identifier: Apache-2.0
package org.harboree.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumSet;

/** The file with the key of all secrets at rest: 32 bytes, raw or in Base64. */
final class SecretKeyFile {
    static final int KEY_BYTES = 32;

    private SecretKeyFile() {
    }

    /** @throws IllegalStateException if there is no such file or it is not a key */
    static byte[] read(Path file) {
        try {
            byte[] content = Files.readAllBytes(file);
            byte[] key = content.length == KEY_BYTES ? content : fromBase64(content);
            if (key.length != KEY_BYTES) {
                throw new IllegalStateException("the secret key file " + file + " must hold 32 bytes, raw or Base64");
            }
            return key;
        } catch (IOException e) {
            throw new IllegalStateException("the secret key file " + file + " cannot be read", e);
        }
    }

    /**
     * As {@link #read}, but the first node that starts makes the key. Nodes of one database must share the file, or
     * they cannot read one another's secrets.
     */
    static byte[] readOrCreate(Path file) {
        if (!Files.exists(file)) {
            create(file);
        }
        return read(file);
    }

    /** Another process may be doing the same: the name appears with its whole content, and the first one wins. */
    private static void create(Path file) {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        try {
            Files.createDirectories(file.getParent());
            Path fresh = file.resolveSibling(file.getFileName() + "." + ProcessHandle.current().pid());
            Files.deleteIfExists(fresh);
            try (FileChannel out = FileChannel.open(fresh,
                    EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly())) {
                out.write(ByteBuffer.wrap(key));
                out.force(true);
            }
            linkFirst(fresh, file);
        } catch (IOException e) {
            throw new UncheckedIOException("the secret key file " + file + " cannot be made", e);
        }
    }

    private static void linkFirst(Path fresh, Path file) throws IOException {
        try {
            Files.createLink(file, fresh);
        } catch (FileAlreadyExistsException e) {
            // Somebody else was first; theirs is the key.
            return;
        } finally {
            Files.delete(fresh);
        }
        try (FileChannel directory = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
            directory.force(true);
        }
    }

    private static FileAttribute<?> ownerOnly() {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    }

    private static byte[] fromBase64(byte[] content) {
        try {
            return Base64.getDecoder().decode(new String(content, StandardCharsets.ISO_8859_1).strip());
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }
}
