// SPDX-License-Identifier: Apache-2.0
package org.harboree.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.function.Supplier;

/**
 * Passwords and keys that are made up at the first start and kept, each in a file of its own that only its owner can
 * read.
 */
public final class Secrets {

    private static final int KEY_BYTES = 32;
    private static final int PASSWORD_LENGTH = 24;
    private static final String UPPER = "ABCDEFGHJKLMNPQRSTUVWXYZ";
    private static final String LOWER = "abcdefghijkmnopqrstuvwxyz";
    private static final String DIGITS = "23456789";

    private final Path folder;
    private final SecureRandom random = new SecureRandom();

    /** @param folder where the files are; it exists */
    public Secrets(Path folder) {
        this.folder = folder;
    }

    /** The file with the administrator's first password: upper and lower case letters and digits, 24 of them. */
    public Path adminPassword() throws IOException {
        return keep("admin-password", this::password);
    }

    /** The password of our account in the database that comes along; the same form. */
    public String databasePassword() throws IOException {
        return Files.readString(keep("database-password", this::password)).strip();
    }

    /** The file with the key that secrets in the database are encrypted with: 32 random bytes in Base64. */
    public Path secretKey() throws IOException {
        return keep("secret-key", () -> {
            byte[] key = new byte[KEY_BYTES];
            random.nextBytes(key);
            return Base64.getEncoder().encodeToString(key);
        });
    }

    /** Written beside and renamed, so that a crash leaves no empty secret. */
    private Path keep(String name, Supplier<String> make) throws IOException {
        Path file = folder.resolve(name);
        if (!Files.exists(file)) {
            writePrivate(folder.resolve(name + ".new"), make.get() + "\n");
            Files.move(folder.resolve(name + ".new"), file, StandardCopyOption.ATOMIC_MOVE);
        }
        return file;
    }

    /** Writes a file that nobody else could read at any moment. */
    static void writePrivate(Path file, String content) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(file, content.getBytes(StandardCharsets.UTF_8));
    }

    /** Harbor's rule asks for an upper case letter, a lower case letter and a digit; no characters that look alike. */
    private String password() {
        StringBuilder password = new StringBuilder();
        while (password.length() < PASSWORD_LENGTH) {
            for (String alphabet : new String[] {UPPER, LOWER, DIGITS}) {
                password.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
        }
        return password.toString();
    }
}
