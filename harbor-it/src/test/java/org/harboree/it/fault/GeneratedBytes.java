// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.fault;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Bytes that look random, of any length, from a seed; never in memory as a whole. */
final class GeneratedBytes extends InputStream {
    private static final int PIECE = 1 << 16;

    private final byte[] piece = new byte[PIECE];
    private final long length;
    private long state;
    private long position;

    GeneratedBytes(long seed, long length) {
        this.state = seed * 0x9E3779B97F4A7C15L + 1;
        this.length = length;
    }

    /** Their digest, as the registry writes it. */
    static String digest(long seed, long length) {
        return digest(new GeneratedBytes(seed, length));
    }

    /** The digest of all that the stream still has. */
    static String digest(InputStream stream) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            try (DigestInputStream digesting = new DigestInputStream(stream, sha256)) {
                digesting.transferTo(java.io.OutputStream.nullOutputStream());
            }
            return "sha256:" + HexFormat.of().formatHex(sha256.digest());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** All of a short one. */
    static byte[] bytes(long seed, int length) {
        return new GeneratedBytes(seed, length).readAllUnchecked();
    }

    private byte[] readAllUnchecked() {
        try {
            return readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int from, int count) {
        if (position == length) {
            return count == 0 ? 0 : -1;
        }
        int offset = (int) (position % PIECE);
        if (offset == 0) {
            fill();
        }
        int read = (int) Math.min(Math.min(count, PIECE - offset), length - position);
        System.arraycopy(piece, offset, target, from, read);
        position += read;
        return read;
    }

    /** Marsaglia's xorshift64, eight bytes at a time. */
    private void fill() {
        for (int i = 0; i < PIECE; i += Long.BYTES) {
            state ^= state << 13;
            state ^= state >>> 7;
            state ^= state << 17;
            for (int b = 0; b < Long.BYTES; b++) {
                piece[i + b] = (byte) (state >>> (8 * b));
            }
        }
    }
}
