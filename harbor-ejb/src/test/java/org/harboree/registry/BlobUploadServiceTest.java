// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import org.harboree.access.Caller;
import org.harboree.error.ErrorCode;
import org.harboree.job.NoTask;
import org.harboree.oci.ContentRange;
import org.harboree.oci.Digest;
import org.harboree.oci.RepositoryName;
import org.harboree.storage.BlobContent;
import org.harboree.storage.BlobKey;
import org.harboree.storage.BlobStorage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BlobUploadServiceTest extends RegistryFixture {
    private static final byte[] CONTENT = Registry.bytes("a blob of some bytes");
    private static final Digest DIGEST = Digest.sha256(CONTENT);

    private BlobUploadService uploads;

    @BeforeEach
    void open() {
        uploads = registry.beans.get(BlobUploadService.class);
    }

    private Upload start() {
        return uploads.start(admin, NAME, Digest.Algorithm.SHA256);
    }

    private static UploadBody chunk(int from, int to) {
        return new UploadBody(OptionalLong.of(to - from), Optional.of(ContentRange.parse(from + "-" + (to - 1))),
                bytes(from, to));
    }

    private static ReadableByteChannel bytes(int from, int to) {
        return Channels.newChannel(new ByteArrayInputStream(Arrays.copyOfRange(CONTENT, from, to)));
    }

    private static UploadBody nothing() {
        return Registry.body(new byte[0]);
    }

    private byte[] stored(BlobRef blob) throws IOException {
        try (BlobContent content = registry.beans.get(BlobStorage.class).open(blob.key())) {
            ByteBuffer buffer = ByteBuffer.allocate((int) content.size());
            while (buffer.hasRemaining() && content.channel().read(buffer) >= 0) {
                // until all is read
            }
            return buffer.array();
        }
    }

    private void assertNothingLeft() throws IOException {
        assertThat(registry.beans.get(UploadDao.class).untouchedFor(-1, 10)).isEmpty();
        assertThat(registry.beans.get(BlobStorage.class).stagedUploads(10)).isEmpty();
    }

    @Test
    void shouldTakeABlobInOneRequest() throws IOException {
        BlobRef blob = uploads.push(admin, NAME, DIGEST, Registry.body(CONTENT));
        assertThat(blob.digest()).isEqualTo(DIGEST);
        assertThat(blob.size()).isEqualTo(CONTENT.length);
        assertThat(stored(blob)).isEqualTo(CONTENT);
        assertThat(registry.beans.get(PullService.class).blob(admin, NAME, DIGEST)).isEqualTo(blob);
        assertNothingLeft();
    }

    @Test
    void shouldTakeAnEmptyBlob() throws IOException {
        Digest empty = Digest.sha256(new byte[0]);
        BlobRef blob = uploads.finish(admin, NAME, start().id(), empty, nothing());
        assertThat(blob.size()).isZero();
        assertThat(stored(blob)).isEmpty();
    }

    @Test
    void shouldTakeABlobInChunks() throws IOException {
        Upload upload = start();
        assertThat(uploads.append(admin, NAME, upload.id(), chunk(0, 7)).offset()).isEqualTo(7);
        assertThat(uploads.status(admin, NAME, upload.id()).offset()).isEqualTo(7);
        assertThat(uploads.append(admin, NAME, upload.id(), chunk(7, 12)).offset()).isEqualTo(12);
        BlobRef blob = uploads.finish(admin, NAME, upload.id(), DIGEST, chunk(12, CONTENT.length));
        assertThat(stored(blob)).isEqualTo(CONTENT);
        assertRefused(ErrorCode.BLOB_UPLOAD_UNKNOWN, () -> uploads.status(admin, NAME, upload.id()));
        assertNothingLeft();
    }

    @Test
    void shouldGoOnAfterARestart() throws IOException {
        Upload upload = start();
        uploads.append(admin, NAME, upload.id(), chunk(0, 7));
        Registry restarted = new Registry(DATABASE, folder);
        BlobRef blob = restarted.beans.get(BlobUploadService.class)
                .finish(admin, NAME, upload.id(), DIGEST, chunk(7, CONTENT.length));
        assertThat(stored(blob)).isEqualTo(CONTENT);
    }

    /** Killed between the storage and the database, with the last bytes in the request that ended the upload. */
    @Test
    void shouldEndASessionWhoseBytesWereStoredBeforeACrash() throws IOException {
        Upload upload = start();
        Upload moved = uploads.append(admin, NAME, upload.id(), chunk(0, 7));
        BlobStorage storage = registry.beans.get(BlobStorage.class);
        storage.append(upload.id(), 7, bytes(7, CONTENT.length), bytes -> { }, CONTENT.length);
        storage.publish(upload.id(), CONTENT.length, BlobKey.ofUpload(upload.id(), "sha256", DIGEST.hex()));
        Registry restarted = new Registry(DATABASE, folder);
        BlobRef blob = restarted.beans.get(BlobUploadService.class)
                .finish(admin, NAME, upload.id(), DIGEST, chunk((int) moved.offset(), CONTENT.length));
        assertThat(stored(blob)).isEqualTo(CONTENT);
        assertNothingLeft();
    }

    @Test
    void shouldTellAClientToBeginAnewWhereTheBytesOfItsSessionAreLost() throws IOException {
        Upload upload = start();
        uploads.append(admin, NAME, upload.id(), chunk(0, 7));
        registry.beans.get(BlobStorage.class).discard(upload.id());
        assertRefused(ErrorCode.BLOB_UPLOAD_UNKNOWN, () -> uploads.append(admin, NAME, upload.id(), chunk(7, 9)));
        assertRefused(ErrorCode.BLOB_UPLOAD_UNKNOWN, () -> uploads.status(admin, NAME, upload.id()));
        assertNothingLeft();
    }

    @Test
    void shouldCheckADigestOfAnotherAlgorithmThanTheSessionBeganWith() {
        Upload upload = start();
        uploads.append(admin, NAME, upload.id(), Registry.body(CONTENT));
        Digest sha512 = Digest.of(Digest.Algorithm.SHA512, Digest.Algorithm.SHA512.newMessageDigest().digest(CONTENT));
        assertThat(uploads.finish(admin, NAME, upload.id(), sha512, nothing()).digest()).isEqualTo(sha512);
    }

    @Test
    void shouldRefuseAChunkThatDoesNotStartAtTheOffset() {
        Upload upload = start();
        uploads.append(admin, NAME, upload.id(), chunk(0, 7));
        assertRefused(ErrorCode.BLOB_UPLOAD_RANGE, () -> uploads.append(admin, NAME, upload.id(), chunk(8, 9)));
        assertRefused(ErrorCode.BLOB_UPLOAD_RANGE, () -> uploads.append(admin, NAME, upload.id(), chunk(0, 7)));
        assertRefused(ErrorCode.BLOB_UPLOAD_RANGE,
                () -> uploads.finish(admin, NAME, upload.id(), DIGEST, chunk(8, CONTENT.length)));
        assertThat(uploads.status(admin, NAME, upload.id()).offset()).isEqualTo(7);
    }

    @Test
    void shouldStayAtItsOffsetWhereFewerOrMoreBytesComeThanAnnounced() {
        Upload upload = start();
        uploads.append(admin, NAME, upload.id(), chunk(0, 7));
        UploadBody tooShort = new UploadBody(OptionalLong.of(5), Optional.empty(), bytes(7, 9));
        assertRefused(ErrorCode.SIZE_INVALID, () -> uploads.append(admin, NAME, upload.id(), tooShort));
        assertThat(uploads.status(admin, NAME, upload.id()).offset()).isEqualTo(7);
        BlobRef blob = uploads.finish(admin, NAME, upload.id(), DIGEST, chunk(7, CONTENT.length));
        assertThat(blob.size()).isEqualTo(CONTENT.length);
    }

    @Test
    void shouldStayOpenAfterAWrongDigest() throws IOException {
        Upload upload = start();
        uploads.append(admin, NAME, upload.id(), chunk(0, 7));
        assertRefused(ErrorCode.DIGEST_INVALID,
                () -> uploads.finish(admin, NAME, upload.id(), Registry.digest(1), chunk(7, CONTENT.length)));
        assertThat(uploads.status(admin, NAME, upload.id()).offset()).isEqualTo(7);
        BlobRef blob = uploads.finish(admin, NAME, upload.id(), DIGEST, chunk(7, CONTENT.length));
        assertThat(stored(blob)).isEqualTo(CONTENT);
    }

    @Test
    void shouldLeaveNothingOfAWrongPushInOneRequest() throws IOException {
        assertRefused(ErrorCode.DIGEST_INVALID,
                () -> uploads.push(admin, NAME, Registry.digest(1), Registry.body(CONTENT)));
        assertThat(registry.beans.get(BlobDao.class).findLive(DIGEST)).isEmpty();
        assertNothingLeft();
    }

    @Test
    void shouldShowASessionToItsOwnerInItsRepositoryOnly() {
        Upload upload = start();
        uploads.start(admin, RepositoryName.parse("library/other"), Digest.Algorithm.SHA256);
        RegistryCaller other = RegistryCaller.of(new Caller(Caller.Kind.USER, 99, "admin", true));
        assertRefused(ErrorCode.BLOB_UPLOAD_UNKNOWN, () -> uploads.status(other, NAME, upload.id()));
        assertRefused(ErrorCode.BLOB_UPLOAD_UNKNOWN, () -> uploads.append(other, NAME, upload.id(), chunk(0, 7)));
        assertRefused(ErrorCode.BLOB_UPLOAD_UNKNOWN, () -> uploads.cancel(other, NAME, upload.id()));
        assertRefused(ErrorCode.BLOB_UPLOAD_UNKNOWN,
                () -> uploads.status(admin, RepositoryName.parse("library/other"), upload.id()));
        assertThat(uploads.status(admin, NAME, upload.id())).isEqualTo(upload);
    }

    @Test
    void shouldForgetACancelledSession() throws IOException {
        Upload upload = start();
        uploads.append(admin, NAME, upload.id(), chunk(0, 7));
        uploads.cancel(admin, NAME, upload.id());
        assertRefused(ErrorCode.BLOB_UPLOAD_UNKNOWN, () -> uploads.append(admin, NAME, upload.id(), chunk(7, 9)));
        assertNothingLeft();
    }

    @Test
    void shouldOpenAHundredSessionsAndNotOneMore() {
        for (int i = 0; i < 100; i++) {
            start();
        }
        assertRefused(ErrorCode.TOO_MANY_REQUESTS, this::start);
        uploads.start(admin, RepositoryName.parse("library/other"), Digest.Algorithm.SHA256);
    }

    @Test
    void shouldRefuseWhoMayNotPush() {
        RegistryCaller stranger = RegistryCaller.of(new Caller(Caller.Kind.USER, 99, "stranger", false));
        assertRefused(ErrorCode.UNAUTHORIZED, () -> uploads.start(stranger, NAME, Digest.Algorithm.SHA256));
        assertRefused(ErrorCode.UNAUTHORIZED, () -> uploads.push(stranger, NAME, DIGEST, Registry.body(CONTENT)));
        assertRefused(ErrorCode.UNAUTHORIZED,
                () -> uploads.start(admin, RepositoryName.parse("nowhere/alpine"), Digest.Algorithm.SHA256));
    }

    @Test
    void shouldPurgeWhatNobodyTouchedAndFilesWithoutASession() throws IOException {
        Upload idle = start();
        Upload busy = start();
        registry.beans.get(BlobStorage.class).stage("0b1d0b1d-0000-4000-8000-000000000000");
        DATABASE.execute("UPDATE upload SET touched_time = UTC_TIMESTAMP(6) - INTERVAL 8 DAY WHERE upload_id = '"
                + idle.id() + "'");
        registry.beans.get(UploadPurge.class).run(new NoTask());
        assertThat(registry.beans.get(BlobStorage.class).stagedUploads(10)).containsExactly(busy.id());
        assertRefused(ErrorCode.BLOB_UPLOAD_UNKNOWN, () -> uploads.status(admin, NAME, idle.id()));
    }
}
