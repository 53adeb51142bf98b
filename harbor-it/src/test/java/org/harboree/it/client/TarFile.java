// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes a tar archive in memory, as an image's layer is one: POSIX ustar, owner root, a fixed time. */
final class TarFile {

    private static final int BLOCK = 512;
    private static final char FILE = '0';
    private static final char DIRECTORY = '5';

    private final ByteArrayOutputStream archive = new ByteArrayOutputStream();

    /** Adds a folder; its name ends with a slash. */
    TarFile folder(String name) throws IOException {
        header(archive, name, DIRECTORY, 0);
        return this;
    }

    /** Adds a file that anybody may execute. */
    TarFile file(String name, byte[] content) throws IOException {
        header(archive, name, FILE, content.length);
        archive.write(content);
        archive.write(new byte[(BLOCK - content.length % BLOCK) % BLOCK]);
        return this;
    }

    /** The whole archive, with the two empty blocks that end it. */
    byte[] bytes() {
        byte[] entries = archive.toByteArray();
        return Arrays.copyOf(entries, entries.length + 2 * BLOCK);
    }

    private static void header(OutputStream out, String name, char type, int size) throws IOException {
        byte[] block = new byte[BLOCK];
        put(block, 0, name);
        put(block, 100, "0000755\0");
        put(block, 108, "0000000\0");
        put(block, 116, "0000000\0");
        put(block, 124, String.format("%011o\0", size));
        put(block, 136, String.format("%011o\0", 1_767_225_600));
        put(block, 148, "        ");
        block[156] = (byte) type;
        put(block, 257, "ustar\00000");
        int sum = 0;
        for (byte each : block) {
            sum += each & 0xff;
        }
        put(block, 148, String.format("%06o\0 ", sum));
        out.write(block);
    }

    private static void put(byte[] block, int offset, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, block, offset, bytes.length);
    }
}
