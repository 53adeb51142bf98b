// SPDX-License-Identifier: Apache-2.0
package org.harboree.replication;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/** Bytes of one side on their way to the other: counted, no faster than allowed, and ended early where asked. */
final class ThrottledStream extends FilterInputStream {
    /** What passes without a pause: a limit is one over some time, not over each packet. */
    private static final long BURST_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int MOST_AT_ONCE = 64 * 1024;

    private final long bytesPerSecond;
    private final BooleanSupplier stopped;
    private final LongConsumer counter;
    private long due = System.nanoTime();

    /** The copy ends here, because the task does. */
    static final class Stopped extends InterruptedIOException {
        private static final long serialVersionUID = 1L;
    }

    /** @param bytesPerSecond 0 for as fast as can be */
    ThrottledStream(InputStream bytes, long bytesPerSecond, BooleanSupplier stopped, LongConsumer counter) {
        super(bytes);
        this.bytesPerSecond = bytesPerSecond;
        this.stopped = stopped;
        this.counter = counter;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (stopped.getAsBoolean()) {
            throw new Stopped();
        }
        int count = in.read(buffer, offset, bytesPerSecond > 0 ? Math.min(length, MOST_AT_ONCE) : length);
        if (count > 0) {
            counter.accept(count);
            pause(count);
        }
        return count;
    }

    /** A mark would let the same bytes be read twice and counted once. */
    @Override
    public boolean markSupported() {
        return false;
    }

    private void pause(int count) {
        if (bytesPerSecond == 0) {
            return;
        }
        long now = System.nanoTime();
        due = Math.max(due, now - BURST_NANOS) + count * TimeUnit.SECONDS.toNanos(1) / bytesPerSecond;
        while (due - System.nanoTime() > 0 && !stopped.getAsBoolean()) {
            LockSupport.parkNanos(Math.min(due - System.nanoTime(), BURST_NANOS));
        }
    }
}
