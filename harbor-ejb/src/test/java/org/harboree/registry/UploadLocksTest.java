// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalLong;
import org.harboree.error.ErrorCode;
import org.harboree.node.NodeWatch;
import org.harboree.node.TestNodes;
import org.harboree.oci.Digest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two nodes on one database and one storage. */
class UploadLocksTest extends RegistryFixture {
    private static final byte[] CONTENT = Registry.bytes("twenty bytes in all.");
    private static final byte[] OTHER = Registry.bytes("TWENTY BYTES IN ALL!");
    private static final Digest DIGEST = Digest.sha256(CONTENT);

    private TestNodes first;
    private TestNodes second;
    private BlobUploadService here;
    private BlobUploadService there;
    private UploadLocks locks;
    private String id;

    @BeforeEach
    void open() throws SQLException {
        DATABASE.empty("node_lease", "upload_writer");
        first = new TestNodes(DATABASE.dataSource(), "first");
        second = new TestNodes(DATABASE.dataSource(), "second");
        first.join();
        first.look();
        Registry one = node(first);
        Registry other = node(second);
        here = one.beans.get(BlobUploadService.class);
        locks = one.beans.get(UploadLocks.class);
        there = other.beans.get(BlobUploadService.class);
        id = here.start(admin, NAME, Digest.Algorithm.SHA256).id();
    }

    private Registry node(TestNodes node) {
        Registry made = new Registry(DATABASE, folder);
        made.beans.with(NodeWatch.class, node.watch());
        return made;
    }

    private void company() throws SQLException {
        second.join();
        first.look();
        second.look();
    }

    /** The content, and what happens while it comes. */
    private static UploadBody during(byte[] content, ThrowingRunnable event) {
        return new UploadBody(OptionalLong.of(content.length), Optional.empty(), Channels.newChannel(
                new InputStream() {
                    private final InputStream bytes = new ByteArrayInputStream(content);
                    private boolean happened;

                    @Override
                    public int read() throws IOException {
                        return bytes.read();
                    }

                    @Override
                    public int read(byte[] target, int offset, int length) throws IOException {
                        int read = bytes.read(target, offset, length);
                        if (!happened) {
                            happened = true;
                            event.run();
                        }
                        return read;
                    }
                }));
    }

    private interface ThrowingRunnable {
        void run() throws IOException;
    }

    @Test
    void shouldRefuseASecondWriterOnAnotherNode() throws SQLException {
        company();
        Upload moved = here.append(admin, NAME, id, during(CONTENT, () -> assertRefused(ErrorCode.BLOB_UPLOAD_CONFLICT,
                () -> there.append(admin, NAME, id, Registry.body(OTHER)))));
        assertThat(moved.offset()).isEqualTo(CONTENT.length);
        assertThat(there.finish(admin, NAME, id, DIGEST, Registry.body(new byte[0])).size()).isEqualTo(CONTENT.length);
    }

    @Test
    void shouldGoOnAtAnotherNode() throws SQLException {
        here.append(admin, NAME, id, Registry.body(CONTENT));
        company();
        assertThat(there.status(admin, NAME, id).offset()).isEqualTo(CONTENT.length);
        assertThat(there.finish(admin, NAME, id, DIGEST, Registry.body(new byte[0])).digest()).isEqualTo(DIGEST);
    }

    @Test
    void shouldTakeOverFromANodeThatIsNoMore() throws SQLException {
        company();
        DATABASE.execute("INSERT INTO upload_writer VALUES ('" + id + "', 'killed')");
        assertThat(here.append(admin, NAME, id, Registry.body(CONTENT)).offset()).isEqualTo(CONTENT.length);
    }

    /** The other node may have written between the bytes of a request that began before it came. */
    @Test
    void shouldNotCountBytesThatBeganAloneAndEndInCompany() throws SQLException {
        assertRefused(ErrorCode.BLOB_UPLOAD_CONFLICT, () -> here.finish(admin, NAME, id, DIGEST,
                during(CONTENT, () -> {
                    try {
                        company();
                    } catch (SQLException e) {
                        throw new IOException(e);
                    }
                    assertThat(there.append(admin, NAME, id, Registry.body(OTHER)).offset()).isEqualTo(OTHER.length);
                })));
        assertThat(here.status(admin, NAME, id).offset()).isEqualTo(OTHER.length);
        assertThat(here.finish(admin, NAME, id, Digest.sha256(OTHER), Registry.body(new byte[0])).size())
                .isEqualTo(OTHER.length);
    }

    @Test
    void shouldPurgeNothingThatIsBeingWrittenElsewhere() throws SQLException {
        company();
        there.append(admin, NAME, id, during(CONTENT, () -> assertThat(locks.ifFree(id, () -> { })).isFalse()));
        assertThat(locks.ifFree(id, () -> { })).isTrue();
    }
}
