// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.badinput;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One connection to the server, over which bytes go out as they are, and answers are read by the letter of RFC 9112.
 */
final class Wire implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;
    private static final int MAX_LINE = 64 * 1024;
    private static final int PIECE = 64 * 1024;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private long sent;

    Wire(URI server) throws IOException {
        socket = new Socket(server.getHost(), server.getPort());
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        in = new java.io.BufferedInputStream(socket.getInputStream());
        out = socket.getOutputStream();
    }

    /** One request on a connection of its own, and its answer; empty if the server closes without one. */
    static Optional<Answer> exchange(URI server, byte[] request, boolean endsThere, boolean isHead)
            throws IOException {
        try (Wire wire = new Wire(server)) {
            wire.send(request);
            if (endsThere) {
                wire.end();
            }
            return wire.answer(isHead);
        }
    }

    /** A server that answers before the request is whole may stop reading it: no failure, there is an answer then. */
    void send(byte[] bytes) {
        try {
            for (int from = 0; from < bytes.length; from += PIECE) {
                out.write(bytes, from, Math.min(PIECE, bytes.length - from));
            }
            out.flush();
        } catch (IOException refused) {
            // the answer, or its absence, tells
        }
        sent = System.nanoTime();
    }

    /** Nothing more will be sent. */
    void end() {
        try {
            socket.shutdownOutput();
        } catch (IOException closedAlready) {
            // by the server
        }
    }

    /** Returns when the server asks for the body of a request that expects it: it is at work on that request. */
    void awaitContinue() throws IOException {
        String status = line();
        headers();
        if (!status.contains(" 100 ")) {
            throw new IOException("instead of 100 (Continue): " + status);
        }
    }

    /** The next final answer, empty if the connection ends before one; interim ones (1xx) are passed over. */
    Optional<Answer> answer(boolean isHead) throws IOException {
        try {
            while (true) {
                String status = line();
                Duration took = Duration.ofNanos(System.nanoTime() - sent);
                List<Answer.Header> headers = headers();
                int code = Integer.parseInt(status.split(" ")[1]);
                if (code >= 200) {
                    Answer bodiless = new Answer(code, headers, new byte[0], took);
                    boolean none = isHead || code == 204 || code == 304;
                    return Optional.of(none ? bodiless : new Answer(code, headers, body(bodiless), took));
                }
            }
        } catch (EOFException | SocketException closed) {
            return Optional.empty();
        }
    }

    /** Whether the server has closed its side: there is nothing to read, and never will be. */
    boolean isClosed() throws IOException {
        try {
            return in.read() < 0;
        } catch (SocketException reset) {
            return true;
        }
    }

    private List<Answer.Header> headers() throws IOException {
        List<Answer.Header> headers = new ArrayList<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.add(new Answer.Header(line.substring(0, colon), line.substring(colon + 1).strip()));
        }
        return headers;
    }

    private byte[] body(Answer answer) throws IOException {
        Optional<String> length = answer.header("Content-Length");
        if (length.isPresent()) {
            return in.readNBytes(Integer.parseInt(length.get()));
        }
        if (answer.header("Transfer-Encoding").isEmpty()) {
            return in.readAllBytes();
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = chunkSize(); size > 0; size = chunkSize()) {
            body.write(in.readNBytes(size));
            line();
        }
        line();
        return body.toByteArray();
    }

    private int chunkSize() throws IOException {
        return Integer.parseInt(line().strip(), 16);
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0 || line.size() > MAX_LINE) {
                throw new EOFException();
            }
            if (b != '\r') {
                line.write(b);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
