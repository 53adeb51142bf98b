// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.fault;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A way to a server that comes back at another port after each start: a fixed address, and a count of the bytes that
 * went over it each way, whether they arrived or not. Its buffers are small, so that not much is under way in it.
 */
final class CountingProxy implements AutoCloseable {
    private static final int BUFFER = 64 << 10;

    private final ServerSocket door;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "proxy");
        thread.setDaemon(true);
        return thread;
    });
    private final AtomicLong there = new AtomicLong();
    private final AtomicLong back = new AtomicLong();
    private volatile int target;

    CountingProxy() throws IOException {
        door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + door.getLocalPort());
    }

    /** New connections go to that port of the loopback address from now on. */
    void to(int port) {
        target = port;
    }

    /** Bytes from clients to the server. */
    long there() {
        return there.get();
    }

    /** Bytes from the server to clients. */
    long back() {
        return back.get();
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                threads.execute(() -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client; Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
            client.setSendBufferSize(BUFFER);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            threads.execute(() -> pump(server, client, back));
            pump(client, server, there);
        } catch (IOException nobodyThere) {
            // the client sees its connection end, as it would without a proxy
        }
    }

    /** What ends one way ends both: HTTP has no use for a half. */
    private static void pump(Socket from, Socket to, AtomicLong count) {
        byte[] buffer = new byte[BUFFER];
        try (from; to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                count.addAndGet(read);
                out.write(buffer, 0, read);
            }
        } catch (IOException gone) {
            // as above
        }
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            threads.shutdownNow();
        }
    }
}
