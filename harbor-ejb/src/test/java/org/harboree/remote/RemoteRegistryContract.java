// SPDX-License-Identifier: Apache-2.0
package org.harboree.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.harboree.oci.Digest;
import org.harboree.oci.MediaTypes;
import org.harboree.oci.NamePattern;
import org.harboree.oci.Tag;
import org.harboree.remote.RemoteRegistryException.Kind;
import org.harboree.remote.ScriptedUpstream.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every kind of registry does in the same way, whatever its dialect, and how it bears each fault. */
public interface RemoteRegistryContract {
    RemoteName REPOSITORY = RemoteName.parse("library/app");
    RemoteName OTHER = RemoteName.parse("library/other");
    byte[] LAYER = randomBytes(300_000);
    String MANIFEST = "{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_MANIFEST + "\",\n \"layers\": []}";

    /** A registry of the kind, opened anew, at {@link #upstream}. */
    RemoteRegistry testee() throws IOException;

    /** Where the testee's requests to {@code /v2/} go. */
    ScriptedUpstream upstream();

    @Test
    default void pingShouldFindTheRegistry() throws IOException {
        testee().ping();

        assertThat(upstream().asked("GET /v2/$")).isNotEmpty();
    }

    @Test
    default void repositoriesOfALiteralPatternShouldCostNoRequest() throws IOException {
        RemoteRegistry testee = testee();
        upstream().forgetAsked();

        assertThat(testee.repositories(NamePattern.parse("library/{b,a}")))
                .containsExactly(RemoteName.parse("library/a"), RemoteName.parse("library/b"));
        assertThat(upstream().asked()).isEmpty();
    }

    @Test
    default void tagsShouldBeThoseOfAllPagesSorted() throws IOException {
        for (String tag : List.of("b", "a", "C", "d", "e")) {
            upstream().putManifest("library/app", tag, MediaTypes.OCI_MANIFEST, MANIFEST);
        }
        upstream().pagesOf(2);

        assertThat(testee().tags(REPOSITORY)).extracting(Tag::value).containsExactly("C", "a", "b", "d", "e");
    }

    @Test
    default void tagsOfAMissingRepositoryShouldBeNone() throws IOException {
        assertThat(testee().tags(RemoteName.parse("library/none"))).isEmpty();
    }

    @Test
    default void manifestShouldComeByteForByte() throws IOException {
        Digest digest = upstream().putManifest("library/app", "v1", MediaTypes.OCI_MANIFEST, MANIFEST);

        RemoteManifest manifest = testee().manifest(REPOSITORY, Tag.parse("v1")).orElseThrow();

        assertThat(manifest.bytes()).isEqualTo(MANIFEST.getBytes(StandardCharsets.UTF_8));
        assertThat(manifest.digest()).isEqualTo(digest);
        assertThat(manifest.mediaType()).isEqualTo(MediaTypes.OCI_MANIFEST);
    }

    @Test
    default void headManifestShouldTellTypeDigestAndLength() throws IOException {
        Digest digest = upstream().putManifest("library/app", "v1", MediaTypes.OCI_MANIFEST, MANIFEST);

        assertThat(testee().headManifest(REPOSITORY, Tag.parse("v1")))
                .contains(new RemoteManifest.Head(MediaTypes.OCI_MANIFEST, digest, MANIFEST.length()));
        assertThat(upstream().asked("GET .*manifests")).isEmpty();
    }

    @Test
    default void whatIsNotThereShouldBeEmpty() throws IOException {
        RemoteRegistry testee = testee();

        assertThat(testee.manifest(REPOSITORY, Tag.parse("none"))).isEmpty();
        assertThat(testee.headManifest(REPOSITORY, Digest.sha256(LAYER))).isEmpty();
        assertThat(testee.blobSize(REPOSITORY, Digest.sha256(LAYER))).isEmpty();
        assertThatThrownBy(() -> testee.openBlob(REPOSITORY, Digest.sha256(LAYER), 3, 0))
                .isInstanceOf(RemoteRegistryException.class).extracting("kind").isEqualTo(Kind.NOT_FOUND);
    }

    @Test
    default void putManifestShouldStoreByDigestAndByTag() throws IOException {
        byte[] bytes = MANIFEST.getBytes(StandardCharsets.UTF_8);
        RemoteManifest manifest = new RemoteManifest(MediaTypes.OCI_MANIFEST, Digest.sha256(bytes), bytes);
        RemoteRegistry testee = testee();

        testee.putManifest(REPOSITORY, manifest.digest(), manifest);
        testee.putManifest(REPOSITORY, Tag.parse("v2"), manifest);

        assertThat(upstream().manifest("library/app", manifest.digest().value())).isEqualTo(bytes);
        assertThat(upstream().manifest("library/app", "v2")).isEqualTo(bytes);
    }

    @Test
    default void putManifestShouldNotBelieveInAnotherDigest() throws IOException {
        byte[] bytes = MANIFEST.getBytes(StandardCharsets.UTF_8);
        upstream().fail(1, "PUT .*/manifests/", Fault.WRONG_BYTES);
        RemoteRegistry testee = testee();

        expect(Kind.WRONG_DIGEST, () -> {
            testee.putManifest(REPOSITORY, Tag.parse("v2"),
                    new RemoteManifest(MediaTypes.OCI_MANIFEST, Digest.sha256(bytes), bytes));
            return null;
        });
    }

    @Test
    default void deleteManifestShouldTakeItsTagsAlong() throws IOException {
        Digest digest = upstream().putManifest("library/app", "v1", MediaTypes.OCI_MANIFEST, MANIFEST);
        RemoteRegistry testee = testee();

        testee.deleteManifest(REPOSITORY, digest);
        testee.deleteManifest(REPOSITORY, digest);

        assertThat(upstream().tagsOf("library/app")).isEmpty();
    }

    @Test
    default void openBlobShouldReadAllBytes() throws IOException {
        Digest digest = upstream().putBlob("library/app", LAYER);
        RemoteRegistry testee = testee();

        assertThat(testee.blobSize(REPOSITORY, digest)).isEqualTo(OptionalLong.of(LAYER.length));
        assertThat(read(testee, digest, LAYER.length, 0)).isEqualTo(LAYER);
    }

    @Test
    default void openBlobShouldReadFromTheOffsetOn() throws IOException {
        Digest digest = upstream().putBlob("library/app", LAYER);

        byte[] rest = read(testee(), digest, LAYER.length, 299_000);

        assertThat(rest).hasSize(1_000).endsWith(LAYER[LAYER.length - 1]);
        assertThat(upstream().asked("GET .*/blobs/sha").get(0).header("range")).isEqualTo("bytes=299000-");
    }

    @Test
    default void openBlobShouldReadAnEmptyBlob() throws IOException {
        Digest digest = upstream().putBlob("library/app", new byte[0]);

        assertThat(read(testee(), digest, 0, 0)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    default void openBlobShouldGoOnWhereTheConnectionBroke(boolean hasRanges) throws IOException {
        Digest digest = upstream().putBlob("library/app", LAYER);
        if (!hasRanges) {
            upstream().withoutRanges();
        }
        upstream().fail(1, "GET .*/blobs/sha", Fault.TRUNCATE);

        assertThat(read(testee(), digest, LAYER.length, 0)).isEqualTo(LAYER);
        assertThat(upstream().asked("GET .*/blobs/sha").get(1).header("range")).isEqualTo("bytes=150000-");
    }

    @ParameterizedTest
    @CsvSource({"WRONG_BYTES,WRONG_DIGEST", "TOO_LONG,WRONG_LENGTH", "TOO_SHORT,WRONG_LENGTH"})
    default void openBlobShouldNotHandOutTheLastByteOfAWrongBlob(Fault fault, Kind kind) throws IOException {
        Digest digest = upstream().putBlob("library/app", LAYER);
        upstream().fail(1, "GET .*/blobs/sha", fault);
        RemoteRegistry testee = testee();
        AtomicInteger handedOut = new AtomicInteger();

        expect(kind, () -> {
            try (InputStream in = testee.openBlob(REPOSITORY, digest, LAYER.length, 0)) {
                while (in.read() >= 0) {
                    handedOut.incrementAndGet();
                }
            }
            return null;
        });
        assertThat(handedOut.get()).isLessThan(LAYER.length);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    default void openBlobShouldNotBelieveInAnotherLength(long more) throws IOException {
        Digest digest = upstream().putBlob("library/app", LAYER);
        RemoteRegistry testee = testee();

        expect(Kind.WRONG_LENGTH, () -> read(testee, digest, LAYER.length + more, 0));
        expect(Kind.WRONG_LENGTH, () -> read(testee, digest, LAYER.length - more, 0));
    }

    @Test
    default void aRedirectShouldNotCarryTheCredential() throws IOException {
        Digest digest = upstream().putBlob("library/app", LAYER);
        try (ScriptedUpstream elsewhere = new ScriptedUpstream()) {
            elsewhere.putBlob("library/app", LAYER);
            upstream().redirectBlobsTo(elsewhere.url().toString());

            assertThat(read(testee(), digest, LAYER.length, 0)).isEqualTo(LAYER);
            assertThat(elsewhere.asked()).isNotEmpty().allMatch(asked -> asked.header("authorization") == null);
        }
    }

    @Test
    default void uploadBlobShouldStoreTheBytes() throws IOException {
        Digest digest = Digest.sha256(LAYER);

        testee().uploadBlob(REPOSITORY, OutgoingBlob.of(digest, LAYER.length, LAYER_SOURCE));

        assertThat(upstream().blob("library/app", digest)).isEqualTo(LAYER);
        assertThat(upstream().asked("PATCH")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"VANISH", "HANG"})
    default void uploadBlobShouldBeginAnewWhereItBroke(Fault fault) throws IOException {
        Digest digest = Digest.sha256(LAYER);
        upstream().fail(1, "PUT .*/uploads/", fault);

        testee().uploadBlob(REPOSITORY, OutgoingBlob.of(digest, LAYER.length, LAYER_SOURCE));

        assertThat(upstream().blob("library/app", digest)).isEqualTo(LAYER);
        assertThat(upstream().openUploads()).isZero();
    }

    @Test
    default void uploadBlobInChunksShouldStoreTheBytes() throws IOException {
        Digest digest = Digest.sha256(LAYER);

        testee().uploadBlobInChunks(REPOSITORY, OutgoingBlob.of(digest, LAYER.length, LAYER_SOURCE), 130_000);

        assertThat(upstream().blob("library/app", digest)).isEqualTo(LAYER);
        assertThat(upstream().asked("PATCH")).extracting(asked -> asked.header("content-range"))
                .containsExactly("0-129999", "130000-259999", "260000-299999");
    }

    @Test
    default void uploadBlobInChunksShouldNotMakeThemSmallerThanTheRegistryWants() throws IOException {
        upstream().smallestChunk(200_000);

        testee().uploadBlobInChunks(REPOSITORY, OutgoingBlob.of(Digest.sha256(LAYER), LAYER.length, LAYER_SOURCE), 10);

        assertThat(upstream().asked("PATCH")).hasSize(2);
    }

    @Test
    default void uploadBlobInChunksShouldGoOnFromWhatTheRegistryHas() throws IOException {
        Digest digest = Digest.sha256(LAYER);
        // The place of the second chunk.
        upstream().fail(1, "PATCH .*opaque0$", Fault.VANISH);

        testee().uploadBlobInChunks(REPOSITORY, OutgoingBlob.of(digest, LAYER.length, LAYER_SOURCE), 130_000);

        assertThat(upstream().blob("library/app", digest)).isEqualTo(LAYER);
        assertThat(upstream().asked("POST .*/uploads/")).hasSize(1);
        assertThat(upstream().asked("PATCH")).extracting(asked -> asked.header("content-range"))
                .containsExactly("0-129999", "130000-259999", "130000-259999", "260000-299999");
    }

    @Test
    default void uploadBlobInChunksShouldBeginAnewIfTheRegistryForgotIt() throws IOException {
        Digest digest = Digest.sha256(LAYER);
        AtomicInteger opened = new AtomicInteger();

        testee().uploadBlobInChunks(REPOSITORY, OutgoingBlob.of(digest, LAYER.length, offset -> {
            if (opened.incrementAndGet() == 2) {
                upstream().forgetUploads();
            }
            return LAYER_SOURCE.open(offset);
        }), 130_000);

        assertThat(upstream().blob("library/app", digest)).isEqualTo(LAYER);
    }

    @Test
    default void uploadBlobInChunksShouldGoOnAfterARestart() throws IOException {
        KeptSessions kept = new KeptSessions();
        breakOff(testee(), kept);

        testee().uploadBlobInChunks(REPOSITORY, kept.blob(LAYER, LAYER_SOURCE), 130_000);

        assertThat(upstream().blob("library/app", Digest.sha256(LAYER))).isEqualTo(LAYER);
        assertThat(upstream().asked("POST .*/uploads/")).hasSize(1);
        assertThat(upstream().asked("PATCH")).extracting(asked -> asked.header("content-range"))
                .containsExactly("0-129999", "130000-259999", "130000-259999", "260000-299999");
        assertThat(kept.find(Digest.sha256(LAYER))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    default void uploadBlobInChunksShouldBeginAnewAfterARestartWhereItCannotGoOn(boolean isForgotten)
            throws IOException {
        KeptSessions kept = new KeptSessions();
        breakOff(testee(), kept);
        if (isForgotten) {
            upstream().forgetUploads();
        } else {
            upstream().spoilUploads();
        }

        testee().uploadBlobInChunks(REPOSITORY, kept.blob(LAYER, LAYER_SOURCE), 130_000);

        assertThat(upstream().blob("library/app", Digest.sha256(LAYER))).isEqualTo(LAYER);
        assertThat(upstream().asked("POST .*/uploads/")).hasSize(2);
        assertThat(upstream().openUploads()).isZero();
    }

    @Test
    default void uploadBlobInChunksShouldKeepNothingThatTheRegistryRefused() throws IOException {
        KeptSessions kept = new KeptSessions();
        RemoteRegistry testee = testee();
        upstream().answer(9, "PATCH .*opaque130000", 403);

        expect(Kind.FORBIDDEN, () -> {
            testee.uploadBlobInChunks(REPOSITORY, kept.blob(LAYER, LAYER_SOURCE), 130_000);
            return null;
        });

        assertThat(kept.find(Digest.sha256(LAYER))).isEmpty();
        assertThat(upstream().openUploads()).isZero();
    }

    /** An upload that ends in its second chunk, as that of a process that dies. */
    private static void breakOff(RemoteRegistry testee, KeptSessions kept) {
        assertThatThrownBy(() -> testee.uploadBlobInChunks(REPOSITORY, kept.blob(LAYER, offset -> {
            if (offset > 0) {
                throw new IOException("the process dies");
            }
            return LAYER_SOURCE.open(offset);
        }), 130_000)).hasMessage("the process dies");
        assertThat(kept.find(Digest.sha256(LAYER))).isPresent();
    }

    @Test
    default void uploadShouldPassOnTheFailureOfItsSource() throws IOException {
        IOException failure = new IOException("the disk is gone");
        RemoteRegistry testee = testee();

        assertThatThrownBy(() -> testee.uploadBlob(REPOSITORY, OutgoingBlob.of(Digest.sha256(LAYER), LAYER.length,
                offset -> {
                    throw failure;
                }))).isSameAs(failure);
        assertThat(upstream().openUploads()).isZero();
    }

    @Test
    default void uploadOfOtherBytesShouldBeRefusedByTheRegistry() throws IOException {
        RemoteRegistry testee = testee();

        expect(Kind.REFUSED, () -> {
            testee.uploadBlob(REPOSITORY, OutgoingBlob.of(Digest.sha256(new byte[] {1}), LAYER.length, LAYER_SOURCE));
            return null;
        });
        assertThat(upstream().openUploads()).isZero();
    }

    @Test
    default void mountBlobShouldMoveNoBytes() throws IOException {
        Digest digest = upstream().putBlob("library/other", LAYER);

        assertThat(testee().mountBlob(REPOSITORY, digest, OTHER)).isTrue();
        assertThat(upstream().blob("library/app", digest)).isEqualTo(LAYER);
    }

    @Test
    default void mountBlobThatIsRefusedShouldLeaveNothingBehind() throws IOException {
        assertThat(testee().mountBlob(REPOSITORY, Digest.sha256(LAYER), OTHER)).isFalse();
        assertThat(upstream().openUploads()).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    default void referrersShouldComeFromTheApiOrFromTheTag(boolean hasApi) throws IOException {
        Digest subject = upstream().putManifest("library/app", "v1", MediaTypes.OCI_MANIFEST, MANIFEST);
        String text = "{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_MANIFEST + "\",\"subject\":"
                + ScriptedUpstream.descriptor(MediaTypes.OCI_MANIFEST, subject.value(), MANIFEST.length()) + "}";
        Digest referrer = upstream().putManifest("library/app", null, MediaTypes.OCI_MANIFEST, text);
        if (!hasApi) {
            upstream().withoutReferrersApi();
            upstream().putManifest("library/app", "sha256-" + subject.hex(), MediaTypes.OCI_INDEX,
                    ScriptedUpstream.index(ScriptedUpstream.descriptor(MediaTypes.OCI_MANIFEST, referrer.value(),
                            text.length())));
        }
        RemoteRegistry testee = testee();

        assertThat(testee.referrers(REPOSITORY, subject)).extracting("digest").containsExactly(referrer);
        assertThat(testee.lacksReferrersApi(REPOSITORY)).isEqualTo(!hasApi);
        assertThat(testee.referrers(REPOSITORY, referrer)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"401,UNAUTHORIZED", "403,FORBIDDEN", "405,REFUSED", "400,REFUSED"})
    default void aRefusalShouldBeToldAtOnceWithRequestAndReason(int status, Kind kind) throws IOException {
        upstream().answer(9, "GET .*/manifests/v1", status);
        RemoteRegistry testee = testee();

        RemoteRegistryException failure = expect(kind, () -> testee.manifest(REPOSITORY, Tag.parse("v1")));

        assertThat(failure.isRetryable()).isFalse();
        assertThat(failure.status()).isEqualTo(status);
        assertThat(failure).hasMessageContaining("/v2/library/app/manifests/v1")
                .hasMessageContaining("as the script wants it");
        assertThat(upstream().asked("GET .*/manifests/v1")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 502, 503, 504})
    default void whatMayPassShouldBeAskedAgain(int status) throws IOException {
        Digest digest = upstream().putManifest("library/app", "v1", MediaTypes.OCI_MANIFEST, MANIFEST);
        upstream().answer(Upstreams.ATTEMPTS - 1, "GET .*/manifests/v1", status);

        assertThat(testee().manifest(REPOSITORY, Tag.parse("v1"))).map(RemoteManifest::digest).contains(digest);
    }

    @ParameterizedTest
    @CsvSource({"429,TOO_MANY_REQUESTS", "500,SERVER_ERROR"})
    default void whatDoesNotPassShouldBeGivenUp(int status, Kind kind) throws IOException {
        upstream().answer(99, "GET .*/manifests/v1", status);
        RemoteRegistry testee = testee();

        assertThat(expect(kind, () -> testee.manifest(REPOSITORY, Tag.parse("v1"))).isRetryable()).isTrue();
        assertThat(upstream().asked("GET .*/manifests/v1")).hasSize(Upstreams.ATTEMPTS);
    }

    @Test
    default void retryAfterShouldBeWaitedFor() throws IOException {
        upstream().putManifest("library/app", "v1", MediaTypes.OCI_MANIFEST, MANIFEST);
        upstream().answer(1, "GET .*/manifests/v1", 429, "Retry-After", "1");
        RemoteRegistry testee = testee();
        long start = System.nanoTime();

        assertThat(testee.manifest(REPOSITORY, Tag.parse("v1"))).isPresent();
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(1_000_000_000L);
    }

    @Test
    default void aRetryAfterThatIsTooLongShouldBeLeftToTheCaller() throws IOException {
        upstream().answer(9, "GET .*/manifests/v1", 429, "Retry-After", "3600");
        RemoteRegistry testee = testee();

        assertThat(expect(Kind.TOO_MANY_REQUESTS, () -> testee.manifest(REPOSITORY, Tag.parse("v1"))).retryAfter())
                .map(wait -> wait.toSeconds()).contains(3600L);
        assertThat(upstream().asked("GET .*/manifests/v1")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"HANG,TIMEOUT", "VANISH,UNREACHABLE", "TRUNCATE,TRUNCATED", "WRONG_BYTES,WRONG_DIGEST"})
    default void aManifestThatDoesNotComeShouldBeNamedAfterItsFault(Fault fault, Kind kind) throws IOException {
        upstream().putManifest("library/app", "v1", MediaTypes.OCI_MANIFEST, MANIFEST);
        upstream().fail(99, "GET .*/manifests/v1", fault);
        RemoteRegistry testee = testee();

        expect(kind, () -> testee.manifest(REPOSITORY, Tag.parse("v1")));
    }

    @ParameterizedTest
    @EnumSource(names = {"HANG", "VANISH", "TRUNCATE"})
    default void aManifestThatDidNotComeOnceShouldComeThen(Fault fault) throws IOException {
        upstream().putManifest("library/app", "v1", MediaTypes.OCI_MANIFEST, MANIFEST);
        upstream().fail(1, "GET .*/manifests/v1", fault);

        assertThat(testee().manifest(REPOSITORY, Tag.parse("v1"))).isPresent();
    }

    @Test
    default void aManifestThatIsTooLargeShouldNotBeRead() throws IOException {
        upstream().putManifest("library/app", "v1", MediaTypes.OCI_MANIFEST, " ".repeat((4 << 20) + 1));
        RemoteRegistry testee = testee();

        expect(Kind.MALFORMED, () -> testee.manifest(REPOSITORY, Tag.parse("v1")));
    }

    /** Bytes that can be read from any place. */
    BlobSource LAYER_SOURCE = offset -> {
        ByteArrayInputStream in = new ByteArrayInputStream(LAYER);
        in.skipNBytes(offset);
        return in;
    };

    private static byte[] read(RemoteRegistry testee, Digest digest, long size, long offset) throws IOException {
        try (InputStream in = testee.openBlob(REPOSITORY, digest, size, offset)) {
            return in.readAllBytes();
        }
    }

    private static RemoteRegistryException expect(Kind kind, Callable<?> action) {
        Optional<RemoteRegistryException> failure = Optional.empty();
        try {
            action.call();
        } catch (RemoteRegistryException e) {
            failure = Optional.of(e);
        } catch (Exception e) {
            throw new AssertionError("not a failure of the registry", e);
        }
        assertThat(failure).map(RemoteRegistryException::kind).contains(kind);
        return failure.get();
    }

    private static byte[] randomBytes(int count) {
        byte[] bytes = new byte[count];
        new Random(4711).nextBytes(bytes);
        return bytes;
    }
}
