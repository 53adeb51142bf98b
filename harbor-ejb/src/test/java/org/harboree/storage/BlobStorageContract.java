// SPDX-License-Identifier: Apache-2.0
package org.harboree.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link BlobStorage} does; a driver's test implements it. */
public interface BlobStorageContract {
    long NO_LIMIT = Long.MAX_VALUE;
    int MIB = 1 << 20;

    /** The storage under test, empty at the start of each test. */
    BlobStorage testee();

    /** A new instance on the same storage, as after a restart or on another node. */
    BlobStorage restarted();

    private static BlobKey newKey(long seed) {
        return key("sha256", HexFormat.of().formatHex(Bodies.bytes(32, seed)));
    }

    private static BlobKey key(String algorithm, String hex) {
        return BlobKey.ofUpload(UUID.randomUUID().toString(), algorithm, hex);
    }

    private static BlobKey nextGeneration(BlobKey key) {
        return key(key.algorithm(), key.hex());
    }

    private String staged() throws IOException {
        String id = UUID.randomUUID().toString();
        testee().stage(id);
        return id;
    }

    private String staged(byte[] content) throws IOException {
        String id = staged();
        append(id, 0, content);
        return id;
    }

    private void append(String id, long offset, byte[] content) throws IOException {
        testee().append(id, offset, Bodies.of(content), new RecordingHasher(), NO_LIMIT);
    }

    private byte[] stagedBytes(String id) throws IOException {
        RecordingHasher hasher = new RecordingHasher();
        testee().rehash(id, testee().stagedSize(id), hasher);
        return hasher.seen();
    }

    private byte[] stored(BlobKey key) throws IOException {
        try (BlobContent content = testee().open(key)) {
            return readAll(content);
        }
    }

    private static byte[] readAll(BlobContent content) throws IOException {
        FileChannel channel = content.channel();
        assertThat(channel.position()).isZero();
        ByteBuffer bytes = ByteBuffer.allocate((int) content.size());
        while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
            // until it is full or the content ends
        }
        assertThat(channel.position()).isEqualTo(channel.size());
        return bytes.array();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65_535, MIB - 1, MIB, MIB + 1, 2 * MIB, 20 * MIB + 17})
    default void shouldGiveBackWhatWasPublished(int size) throws IOException {
        byte[] content = Bodies.bytes(size, size);
        BlobKey key = newKey(size);
        testee().publish(staged(content), size, key);

        assertThat(stored(key)).isEqualTo(content);
        assertThat(testee().size(key)).hasValue(size);
    }

    @Test
    default void shouldPublishAnEmptyBlobWithoutAnyAppend() throws IOException {
        BlobKey key = newKey(1);
        testee().publish(staged(), 0, key);

        assertThat(stored(key)).isEmpty();
    }

    @Test
    default void shouldPublishSha512() throws IOException {
        BlobKey key = key("sha512", "ab".repeat(64));
        testee().publish(staged(new byte[] {1}), 1, key);

        assertThat(stored(key)).containsExactly(1);
    }

    @Test
    default void shouldNotHaveWhatWasNeverPublished() throws IOException {
        staged(new byte[] {1, 2, 3});

        assertThat(testee().size(newKey(1))).isEmpty();
        assertThatThrownBy(() -> testee().open(newKey(1))).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    default void shouldNotStageTheSameUploadTwice() throws IOException {
        String id = staged(new byte[] {1, 2, 3});

        assertThatThrownBy(() -> testee().stage(id)).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(stagedBytes(id)).containsExactly(1, 2, 3);
    }

    @Test
    default void shouldKnowNothingOfAnUploadThatWasNotStaged() throws IOException {
        String id = UUID.randomUUID().toString();

        assertThat(testee().stagedSize(id)).isEqualTo(-1);
        assertThatThrownBy(() -> append(id, 0, new byte[] {1})).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> testee().rehash(id, 0, new RecordingHasher())).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> testee().publish(id, 0, newKey(1))).isInstanceOf(NoSuchFileException.class);
        assertThatCode(() -> testee().discard(id)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "..", "../x", "3C5E9F0A-0000-4000-8000-000000000000", "3c5e9f0a", "a/b"})
    default void shouldRefuseUploadIdsThatAreNoLowerCaseUuid(String id) {
        assertThatIllegalArgumentException().isThrownBy(() -> testee().stage(id));
        assertThatIllegalArgumentException().isThrownBy(() -> testee().stagedSize(id));
        assertThatIllegalArgumentException().isThrownBy(() -> testee().discard(id));
    }

    @Test
    default void shouldAppendChunkAfterChunk() throws IOException {
        byte[] content = Bodies.bytes(3 * MIB + 5, 1);
        String id = staged();
        int offset = 0;
        for (int chunk : new int[] {1, 0, MIB, 2 * MIB, 4}) {
            byte[] part = Arrays.copyOfRange(content, offset, offset + chunk);
            assertThat(testee().append(id, offset, Bodies.of(part), new RecordingHasher(), NO_LIMIT)).isEqualTo(chunk);
            offset += chunk;
            assertThat(testee().stagedSize(id)).isEqualTo(offset);
        }
        assertThat(stagedBytes(id)).isEqualTo(content);
    }

    @Test
    default void shouldCutBytesBeyondTheAcknowledgedOffset() throws IOException {
        String id = staged(new byte[] {1, 2, 3, 4, 5});

        append(id, 2, new byte[] {9});

        assertThat(stagedBytes(id)).containsExactly(1, 2, 9);
    }

    @Test
    default void shouldRefuseAnOffsetBeyondTheStagedBytes() throws IOException {
        String id = staged(new byte[] {1, 2});

        assertThatThrownBy(() -> append(id, 3, new byte[] {9})).isInstanceOf(IOException.class);
        assertThat(stagedBytes(id)).containsExactly(1, 2);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 10, MIB, 9 * MIB + 3, 130 * MIB})
    default void shouldFeedTheHasherWithEachByteOnceAndInOrder(int size) throws IOException {
        byte[] content = Bodies.bytes(size, 3);
        RecordingHasher hasher = new RecordingHasher();
        String id = staged();

        assertThat(testee().append(id, 0, Bodies.inDribs(content), hasher, NO_LIMIT)).isEqualTo(size);

        assertThat(hasher.seen()).isEqualTo(content);
        assertThat(stagedBytes(id)).isEqualTo(content);
    }

    @Test
    default void shouldRehashOnlyTheAskedLength() throws IOException {
        String id = staged(new byte[] {1, 2, 3});
        RecordingHasher hasher = new RecordingHasher();

        testee().rehash(id, 2, hasher);

        assertThat(hasher.seen()).containsExactly(1, 2);
        assertThatThrownBy(() -> testee().rehash(id, 4, new RecordingHasher())).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 10, MIB, 9 * MIB + 3})
    default void shouldKeepAcknowledgedBytesWhenTheBodyFails(int received) throws IOException {
        String id = staged(new byte[] {1, 2, 3});
        IOException cut = new IOException("connection reset");

        assertThatThrownBy(() -> testee().append(id, 3, Bodies.failing(Bodies.bytes(received, 4), cut),
                new RecordingHasher(), NO_LIMIT)).isSameAs(cut);

        assertThat(testee().stagedSize(id)).isGreaterThanOrEqualTo(3);
        append(id, 3, new byte[] {4});
        assertThat(stagedBytes(id)).containsExactly(1, 2, 3, 4);
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 5 * MIB})
    default void shouldSurviveAHasherThatFails(int size) throws IOException {
        String id = staged(new byte[] {1});

        assertThatThrownBy(() -> testee().append(id, 1, Bodies.of(new byte[size]), bytes -> {
            throw new IllegalStateException("broken");
        }, NO_LIMIT)).isInstanceOf(IllegalStateException.class).hasMessage("broken");

        append(id, 1, new byte[] {2});
        assertThat(stagedBytes(id)).containsExactly(1, 2);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100, MIB, 5 * MIB})
    default void shouldTakeABodyAtTheLimitAndNotAByteMore(int limit) throws IOException {
        String id = staged(new byte[] {1, 2, 3});

        assertThat(testee().append(id, 3, Bodies.of(new byte[limit]), new RecordingHasher(), limit)).isEqualTo(limit);
        assertThatThrownBy(() -> testee().append(id, 3, Bodies.of(new byte[limit + 1]), new RecordingHasher(), limit))
                .isInstanceOf(BodyTooLargeException.class);
        assertThat(stagedBytes(id)).containsExactly(1, 2, 3);
    }

    @Test
    default void shouldRefuseToPublishAnotherSize() throws IOException {
        String id = staged(new byte[] {1, 2, 3});
        BlobKey key = newKey(1);

        assertThatThrownBy(() -> testee().publish(id, 2, key)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> testee().publish(id, 4, key)).isInstanceOf(IOException.class);

        assertThat(testee().size(key)).isEmpty();
        assertThat(stagedBytes(id)).containsExactly(1, 2, 3);
    }

    @Test
    default void shouldWriteContentUnderAKeyOnce() throws IOException {
        BlobKey key = newKey(1);
        testee().publish(staged(new byte[] {1, 2, 3}), 3, key);
        String other = staged(new byte[] {4, 5, 6});

        assertThatThrownBy(() -> testee().publish(other, 3, key)).isInstanceOf(FileAlreadyExistsException.class);

        assertThat(stored(key)).containsExactly(1, 2, 3);
        assertThat(stagedBytes(other)).containsExactly(4, 5, 6);
    }

    @Test
    default void shouldGoOnAfterARestart() throws IOException {
        String id = staged(new byte[] {1, 2});
        BlobStorage restarted = restarted();
        RecordingHasher hasher = new RecordingHasher();

        assertThat(restarted.stagedSize(id)).isEqualTo(2);
        restarted.rehash(id, 2, hasher);
        restarted.append(id, 2, Bodies.of(new byte[] {3}), hasher, NO_LIMIT);
        BlobKey key = newKey(1);
        restarted.publish(id, 3, key);

        assertThat(hasher.seen()).containsExactly(1, 2, 3);
        assertThat(stored(key)).containsExactly(1, 2, 3);
    }

    @Test
    default void shouldLetAPublishBeRepeatedAfterACrash() throws IOException {
        String id = staged(new byte[] {1, 2, 3});
        BlobKey key = newKey(1);
        testee().publish(id, 3, key);

        restarted().publish(id, 3, key);

        assertThat(stored(key)).containsExactly(1, 2, 3);
        assertThatThrownBy(() -> restarted().publish(id, 4, key)).isInstanceOf(IOException.class);
    }

    @Test
    default void shouldKeepGenerationsOfADigestApart() throws IOException {
        BlobKey old = newKey(1);
        BlobKey pushedAgain = nextGeneration(old);
        testee().publish(staged(new byte[] {1}), 1, old);
        testee().publish(staged(new byte[] {1}), 1, pushedAgain);

        testee().delete(old);

        assertThat(testee().size(old)).isEmpty();
        assertThat(stored(pushedAgain)).containsExactly(1);
    }

    @Test
    default void shouldDeleteAndNotMindIfThereIsNothing() throws IOException {
        BlobKey key = newKey(1);
        testee().publish(staged(new byte[] {1}), 1, key);

        testee().delete(key);
        testee().delete(key);
        testee().delete(nextGeneration(key));
        testee().delete(newKey(2));

        assertThat(testee().size(key)).isEmpty();
        assertThatThrownBy(() -> testee().open(key)).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    default void shouldLetAReaderFinishThoughTheBlobIsDeleted() throws IOException {
        byte[] bytes = Bodies.bytes(3 * MIB, 5);
        BlobKey key = newKey(1);
        testee().publish(staged(bytes), bytes.length, key);

        try (BlobContent content = testee().open(key)) {
            testee().delete(key);
            assertThat(readAll(content)).isEqualTo(bytes);
        }
    }

    @Test
    default void shouldForgetADiscardedUpload() throws IOException {
        String id = staged(new byte[] {1});

        testee().discard(id);
        testee().discard(id);

        assertThat(testee().stagedSize(id)).isEqualTo(-1);
        assertThat(testee().stagedUploads(10)).isEmpty();
    }

    @Test
    default void shouldListStagedUploadsAndLeaveNothingBehind() throws IOException {
        assertThat(testee().stagedUploads(10)).isEmpty();
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ids.add(staged(new byte[] {1}));
        }

        assertThat(restarted().stagedUploads(10)).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(testee().stagedUploads(3)).hasSize(3).isSubsetOf(ids);
        for (String id : ids) {
            testee().publish(id, 1, newKey(id.hashCode()));
        }
        assertThat(testee().stagedUploads(10)).isEmpty();
    }

    @Test
    default void shouldPublishOneDigestManyTimesAtOnceWhileOthersDeleteIt() throws Exception {
        BlobKey digest = newKey(1);
        byte[] content = Bodies.bytes(100, 6);
        List<Callable<Void>> pushes = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            pushes.add(() -> {
                BlobKey key = nextGeneration(digest);
                testee().publish(staged(content), content.length, key);
                assertThat(stored(key)).isEqualTo(content);
                testee().delete(key);
                assertThat(testee().size(key)).isEmpty();
                return null;
            });
        }
        atOnce(pushes);
        assertThat(testee().stagedUploads(10)).isEmpty();
    }

    @Test
    default void shouldKeepUploadsAtTheSameTimeApart() throws Exception {
        List<Callable<Void>> uploads = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
            byte[] content = Bodies.bytes(3 * MIB + i, i);
            BlobKey key = newKey(i);
            uploads.add(() -> {
                RecordingHasher hasher = new RecordingHasher();
                String id = staged();
                testee().append(id, 0, Bodies.inDribs(content), hasher, NO_LIMIT);
                testee().publish(id, content.length, key);
                assertThat(hasher.seen()).isEqualTo(content);
                assertThat(stored(key)).isEqualTo(content);
                return null;
            });
        }
        atOnce(uploads);
    }

    private static void atOnce(List<Callable<Void>> tasks) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            for (Future<Void> result : threads.invokeAll(tasks)) {
                result.get();
            }
        } finally {
            threads.shutdown();
        }
    }

    @Test
    default void shouldBeReady() {
        assertThatCode(() -> testee().checkReady()).doesNotThrowAnyException();
    }
}
