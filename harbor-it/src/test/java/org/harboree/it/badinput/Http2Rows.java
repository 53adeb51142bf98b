// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.badinput;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Floods over HTTP/2 (B022): the server ends the connection, by GOAWAY or without a word, and goes on serving others.
 * Frames are those of RFC 9113, header blocks those of RFC 7541.
 */
final class Http2Rows {
    private static final int DATA_TYPES = 10;
    private static final int HEADERS = 1;
    private static final int RST_STREAM = 3;
    private static final int SETTINGS = 4;
    private static final int GOAWAY = 7;
    private static final int WINDOW_UPDATE = 8;
    private static final int CONTINUATION = 9;
    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;
    private static final int PATIENCE_MILLIS = 20_000;
    private static final int STREAMS = 10_000;

    private Http2Rows() {}

    static Table table() {
        Table t = new Table("HTTP/2");
        t.row("B022", "10,000 streams that are opened and reset").story(scene -> flood(scene, (wire, host) -> {
            for (int i = 0; i < STREAMS; i++) {
                wire.write(frame(HEADERS, END_STREAM | END_HEADERS, 2 * i + 1, request(host)));
                wire.write(frame(RST_STREAM, 0, 2 * i + 1, new byte[] {0, 0, 0, 8}));
            }
        }));
        t.row("B022", "10,000 streams that the server is made to reset").story(scene -> flood(scene, (wire, host) -> {
            for (int i = 0; i < STREAMS; i++) {
                wire.write(frame(HEADERS, END_STREAM | END_HEADERS, 2 * i + 1, request(host)));
                // no window grows by nothing: an error of that stream
                wire.write(frame(WINDOW_UPDATE, 0, 2 * i + 1, new byte[4]));
            }
        }));
        t.row("B022", "a head that never ends").story(scene -> flood(scene, (wire, host) -> {
            wire.write(frame(HEADERS, END_STREAM, 1, request(host)));
            for (int i = 0; i < STREAMS; i++) {
                wire.write(frame(CONTINUATION, 0, 1, literal("x" + i, "y".repeat(100))));
            }
        }));
        t.row("B022", "a head that is short on the wire and long when it is read").story(scene ->
                flood(scene, (wire, host) -> {
                    ByteArrayOutputStream head = new ByteArrayOutputStream();
                    head.writeBytes(request(host));
                    head.writeBytes(indexed("x", "y".repeat(3000)));
                    for (int i = 0; i < 12_000; i++) {
                        head.write(0x80 | 62);
                    }
                    for (int stream = 1; stream < 200; stream += 2) {
                        wire.write(frame(HEADERS, END_STREAM | END_HEADERS, stream, head.toByteArray()));
                    }
                }));
        return t;
    }

    private interface Flood {
        void write(ByteArrayOutputStream wire, byte[] host) throws IOException;
    }

    /** Sends all of it; the server must end the connection, and answer another client at once meanwhile and after. */
    private static void flood(Scene scene, Flood flood) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        bytes.writeBytes(frame(SETTINGS, 0, 0, new byte[0]));
        flood.write(bytes, scene.server().getAuthority().getBytes(StandardCharsets.US_ASCII));
        try (Socket socket = new Socket(scene.server().getHost(), scene.server().getPort())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            Thread sender = new Thread(() -> {
                try {
                    socket.getOutputStream().write(bytes.toByteArray());
                } catch (IOException refused) {
                    // the server has closed its side
                }
            });
            sender.start();
            Ask other = Ask.get("/v2/{n}/manifests/v1");
            Rules.check(other, scene.exchange(other), List.of("200"));
            assertThat(ends(new DataInputStream(socket.getInputStream()))).as("the connection ends").isTrue();
        }
        Ask after = Ask.get("/v2/{n}/manifests/v1");
        Rules.check(after, scene.exchange(after), List.of("200"));
    }

    /** Reads frames until the server says that it ends the connection, or ends it. */
    private static boolean ends(DataInputStream in) throws IOException {
        try {
            while (true) {
                int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
                int type = in.readUnsignedByte();
                in.skipNBytes(5L + length);
                if (type == GOAWAY || type >= DATA_TYPES) {
                    return true;
                }
            }
        } catch (EOFException | SocketException closed) {
            return true;
        }
    }

    private static byte[] frame(int type, int flags, int stream, byte[] payload) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(payload.length >> 16);
        frame.write(payload.length >> 8);
        frame.write(payload.length);
        frame.write(type);
        frame.write(flags);
        for (int shift = 24; shift >= 0; shift -= 8) {
            frame.write(stream >> shift);
        }
        frame.writeBytes(payload);
        return frame.toByteArray();
    }

    /** {@code GET /} over http: three fields of the static table, and the authority as it is. */
    private static byte[] request(byte[] host) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        block.writeBytes(new byte[] {(byte) 0x82, (byte) 0x86, (byte) 0x84, 0x01, (byte) host.length});
        block.writeBytes(host);
        return block.toByteArray();
    }

    /** A field that is not remembered; name and value shorter than 127 bytes. */
    private static byte[] literal(String name, String value) {
        ByteArrayOutputStream field = new ByteArrayOutputStream();
        field.write(0);
        text(field, name);
        text(field, value);
        return field.toByteArray();
    }

    /** A field that both sides remember, as the first of the dynamic table. */
    private static byte[] indexed(String name, String value) {
        ByteArrayOutputStream field = new ByteArrayOutputStream();
        field.write(0x40);
        text(field, name);
        text(field, value);
        return field.toByteArray();
    }

    /** A string without Huffman coding, its length as RFC 7541, 5.1, with a prefix of seven bits. */
    private static void text(ByteArrayOutputStream field, String text) {
        if (text.length() < 127) {
            field.write(text.length());
        } else {
            field.write(127);
            int rest = text.length() - 127;
            for (; rest >= 128; rest >>= 7) {
                field.write(0x80 | rest & 127);
            }
            field.write(rest);
        }
        field.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }
}
