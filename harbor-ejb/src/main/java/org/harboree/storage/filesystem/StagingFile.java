// SPDX-License-Identifier: Apache-2.0
package org.harboree.storage.filesystem;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The staging file of one upload, open for appending. Writes come from one thread at a time. */
final class StagingFile implements AutoCloseable {
    private final Path path;
    private final StableStorage stable;
    private final FileChannel channel;
    private final long offset;
    private long end;

    private StagingFile(Path path, StableStorage stable, FileChannel channel, long offset) {
        this.path = path;
        this.stable = stable;
        this.channel = channel;
        this.offset = offset;
        this.end = offset;
    }

    /** Opens the file and cuts it to {@code offset}: what is beyond was never acknowledged. */
    static StagingFile open(Path path, StableStorage stable, long offset) throws IOException {
        FileChannel channel = RegularFiles.open(path, StandardOpenOption.WRITE);
        try {
            if (channel.size() < offset) {
                throw new IOException(path + " has " + channel.size() + " bytes, less than " + offset);
            }
            channel.truncate(offset);
            return new StagingFile(path, stable, channel, offset);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Appends all remaining bytes; a disk may take them in several bites. */
    void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            end += channel.write(bytes, end);
        }
    }

    /** Bytes appended so far. */
    long appended() {
        return end - offset;
    }

    /** Makes what was appended durable; with the first bytes of an upload also its name. */
    void force() throws IOException {
        flush();
        if (offset == 0) {
            stable.forceDirectory(path.getParent());
        }
    }

    /** Makes what was appended so far durable; may run beside {@link #write}. */
    void flush() throws IOException {
        stable.force(channel, path);
    }

    /** Frees the space that this append has taken. */
    void cutBack() throws IOException {
        channel.truncate(offset);
    }

    /** Removes the upload: its bytes cannot be trusted any more. */
    void delete() throws IOException {
        Files.delete(path);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
