// SPDX-License-Identifier: Apache-2.0
package org.harboree.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.harboree.job.TaskInterruptedException;
import org.harboree.oci.Digest;
import org.harboree.oci.Tag;
import org.harboree.remote.RemoteRegistryException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TransferTest {
    private static final String HERE = "library/app";
    private static final String THERE = "mirror/app";

    private final MemoryRegistry source = new MemoryRegistry("source");
    private final MemoryRegistry target = new MemoryRegistry("target");
    private final FakeTask task = new FakeTask();
    private final BlobFlights flights = new BlobFlights();
    private boolean override = true;
    private PlatformChoice platforms = PlatformChoice.ALL;

    private Transfer transfer(String from, String to) {
        PolicySpec policy = new PolicySpec("p", "", OptionalLong.empty(), OptionalLong.of(1),
                new DestinationNamespace("", -1), new PolicyFilters(List.of(), Optional.of(platforms)),
                PolicyTrigger.MANUAL, true, override, true, 0, false, false);
        return new Transfer(new Transfer.Side("0", source, MemoryRegistry.repository(from)),
                new Transfer.Side("1", target, MemoryRegistry.repository(to)), policy, task, flights,
                TaskState.of(task), Set::of);
    }

    private static TaskSpec.Item tags(String... tags) {
        return new TaskSpec.Item(Optional.empty(), Arrays.stream(tags).map(Tag::parse).toList());
    }

    private void copy(String... tags) throws IOException {
        try (Transfer transfer = transfer(HERE, THERE)) {
            transfer.copy(tags(tags));
        }
    }

    private static Digest digest(String content) {
        return Digest.sha256(content.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void shouldCopyAnImageByteForByteAndMoveItsTagLast() throws IOException {
        Digest image = source.image(HERE, "v1", "layer");

        copy("v1");

        assertThat(target.tagsOf(THERE)).containsEntry(Tag.parse("v1"), image);
        assertThat(target.manifest(THERE, image).bytes()).isEqualTo(source.manifest(HERE, image).bytes());
        assertThat(target.blobsOf(THERE)).isEqualTo(source.blobsOf(HERE));
        assertThat(target.changes).last().isEqualTo("put v1");
    }

    @Test
    void shouldChangeNothingWhereTheOtherSideIsTheSame() throws IOException {
        source.image(HERE, "v1", "layer");
        copy("v1");
        target.changes.clear();

        copy("v1");

        assertThat(target.changes).isEmpty();
    }

    @Test
    void shouldPutAnImageThatNothingRefersToOnceUnderItsTag() throws IOException {
        source.image(HERE, "v1", "layer");

        copy("v1");

        assertThat(target.changes).filteredOn(change -> change.startsWith("put ")).containsExactly("put v1");
    }

    @Test
    void shouldTellWhetherAnItemNeededAnything() throws IOException {
        source.image(HERE, "v1", "layer");

        assertThat(transfer(HERE, THERE).copy(tags("v1"))).isTrue();
        assertThat(transfer(HERE, THERE).copy(tags("v1"))).isFalse();
    }

    @Test
    void shouldFindListsOfReferrersAmongTheTagsOfASourceWithoutAnApiForThem() throws IOException {
        source.referrersApi = false;
        for (String tag : List.of("v1", "v2", "v3", "v4")) {
            source.image(HERE, tag, "layer of " + tag);
        }
        Digest image = source.tagsOf(HERE).get(Tag.parse("v4"));
        Digest signature = source.image(HERE, "", "signature", Optional.of(image));
        source.index(HERE, Tag.ofReferrers(image).value(), signature);

        copy("v1", "v2", "v3", "v4");

        assertThat(target.manifestsOf(THERE)).contains(signature);
    }

    @Test
    void shouldSendOnlyBlobsThatTheOtherSideHasNot() throws IOException {
        source.image(HERE, "v1", "layer");
        copy("v1");
        target.changes.clear();
        source.image(HERE, "v2", "layer", Optional.of(source.tagsOf(HERE).get(Tag.parse("v1"))));

        copy("v2");

        assertThat(target.changes).noneMatch(change -> change.startsWith("blob "));
    }

    @Test
    void shouldMountWhatWentToAnotherRepositoryOfTheOtherSide() throws IOException {
        source.image(HERE, "v1", "layer");
        source.image("library/other", "v1", "layer");
        copy("v1");
        long sent = target.sent;

        transfer("library/other", "mirror/other").copy(tags("v1"));

        assertThat(target.sent).isEqualTo(sent);
        assertThat(target.changes).contains("mount " + digest("layer"));
        assertThat(target.tagsOf("mirror/other")).containsKey(Tag.parse("v1"));
    }

    @Test
    void shouldSendAgainWhatTheOtherSideWouldNotMount() throws IOException {
        target.mounts = false;
        source.image(HERE, "v1", "layer");
        source.image("library/other", "v1", "layer");
        copy("v1");

        transfer("library/other", "mirror/other").copy(tags("v1"));

        assertThat(target.blobsOf("mirror/other")).contains(digest("layer"));
    }

    @Test
    void shouldTakeChildrenOfAnIndexAndWhatRefersToThemAlong() throws IOException {
        Digest amd = source.image(HERE, "", "amd64");
        Digest arm = source.image(HERE, "", "arm64");
        Digest index = source.index(HERE, "multi", amd, arm);
        Digest ofChild = source.image(HERE, "", "signature of a child", Optional.of(amd));
        Digest ofIndex = source.image(HERE, "", "signature", Optional.of(index));
        Digest ofSignature = source.image(HERE, "", "signature of a signature", Optional.of(ofIndex));

        copy("multi");

        assertThat(target.manifestsOf(THERE)).contains(amd, arm, index, ofChild, ofIndex, ofSignature);
        assertThat(target.changes).last().isEqualTo("put multi");
    }

    @Test
    void shouldTakeOnlyChildrenOfTheChosenPlatformsAlongWhereTheOtherSideAllowsIt() throws IOException {
        target.sparse = true;
        platforms = new PlatformChoice(List.of("linux/amd64"));
        Digest amd = source.image(HERE, "", "amd64");
        Digest arm = source.image(HERE, "", "arm64");
        Digest ofArm = source.image(HERE, "", "signature", Optional.of(arm));
        Digest index = source.indexOfPlatforms(HERE, "multi", Map.of("linux/amd64", amd, "linux/arm64", arm));

        copy("multi");

        assertThat(target.manifestsOf(THERE)).contains(amd, index).doesNotContain(arm, ofArm);
        assertThat(target.tagsOf(THERE)).containsEntry(Tag.parse("multi"), index);
        assertThat(target.manifest(THERE, index).bytes()).isEqualTo(source.manifest(HERE, index).bytes());
    }

    @Test
    void shouldSayWhyTheOtherSideRefusesAnIndexOfWhichChildrenWereLeftOut() {
        platforms = new PlatformChoice(List.of("linux/amd64"));
        Digest amd = source.image(HERE, "", "amd64");
        Digest arm = source.image(HERE, "", "arm64");
        source.indexOfPlatforms(HERE, "multi", Map.of("linux/amd64", amd, "linux/arm64", arm));

        assertThatThrownBy(() -> copy("multi")).isInstanceOf(RemoteRegistryException.class);

        assertThat(target.tagsOf(THERE)).isEmpty();
        assertThat(task.log).anyMatch(line -> line.contains("sparse indexes"));
    }

    @Test
    void shouldBringChildrenLaterThatTheOtherSideHasNot() throws IOException {
        target.sparse = true;
        platforms = new PlatformChoice(List.of("linux/amd64"));
        Digest amd = source.image(HERE, "", "amd64");
        Digest arm = source.image(HERE, "", "arm64");
        source.indexOfPlatforms(HERE, "multi", Map.of("linux/amd64", amd, "linux/arm64", arm));
        copy("multi");
        platforms = PlatformChoice.ALL;

        copy("multi");

        assertThat(target.manifestsOf(THERE)).contains(amd, arm);
    }

    @Test
    void shouldBringALaterSignatureOfAnImageThatIsThereAlready() throws IOException {
        Digest image = source.image(HERE, "v1", "layer");
        copy("v1");
        Digest signature = source.image(HERE, "", "signature", Optional.of(image));

        copy("v1");

        assertThat(target.manifestsOf(THERE)).contains(signature);
    }

    @Test
    void shouldKeepTheListOfReferrersWhereTheOtherSideHasNoApiForThem() throws IOException {
        target.referrersApi = false;
        Digest image = source.image(HERE, "v1", "layer");
        Digest first = source.image(HERE, "", "first", Optional.of(image));
        copy("v1");
        Digest second = source.image(HERE, "", "second", Optional.of(image));

        copy("v1");

        assertThat(target.referrers(MemoryRegistry.repository(THERE), image))
                .extracting(descriptor -> descriptor.digest()).containsExactlyInAnyOrder(first, second);
    }

    @Test
    void shouldLeaveATagAloneThatThePolicyMayNotOverride() throws IOException {
        source.image(HERE, "v1", "new");
        Digest old = target.image(THERE, "v1", "old");
        override = false;

        copy("v1");

        assertThat(target.tagsOf(THERE)).containsEntry(Tag.parse("v1"), old);
        assertThat(target.changes).isEmpty();
        assertThat(task.log).anyMatch(line -> line.contains("does not override"));
    }

    @Test
    void shouldMoveATagThatThePolicyMayOverride() throws IOException {
        Digest fresh = source.image(HERE, "v1", "new");
        target.image(THERE, "v1", "old");

        copy("v1");

        assertThat(target.tagsOf(THERE)).containsEntry(Tag.parse("v1"), fresh);
    }

    @Test
    void shouldPassOverWhatIsNoLongerThere() throws IOException {
        copy("v1");
        transfer(HERE, THERE).copy(new TaskSpec.Item(Optional.of(digest("x")), List.of()));

        assertThat(target.changes).isEmpty();
        assertThat(task.log).hasSize(2).allMatch(line -> line.contains("no longer there"));
    }

    @Test
    void shouldCopyAnUntaggedArtifactByItsDigest() throws IOException {
        Digest image = source.image(HERE, "", "layer");

        transfer(HERE, THERE).copy(new TaskSpec.Item(Optional.of(image), List.of()));

        assertThat(target.manifestsOf(THERE)).containsExactly(image);
        assertThat(target.tagsOf(THERE)).isEmpty();
    }

    @Test
    void shouldPublishNothingOfAnImageWithABrokenBlob() {
        source.image(HERE, "v1", "layer");
        source.broken.put(digest("layer"), "lay".getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> copy("v1")).isInstanceOf(RemoteRegistryException.class);

        assertThat(target.manifestsOf(THERE)).isEmpty();
        assertThat(target.tagsOf(THERE)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(RemoteRegistryException.Kind.class)
    void shouldPublishNothingWhateverTheSourceAnswers(RemoteRegistryException.Kind kind) throws IOException {
        source.image(HERE, "v1", "layer");
        source.failures.put("blob " + digest("layer"), new RemoteRegistryException(kind, "GET /v2/x", "told so"));

        assertThatThrownBy(() -> copy("v1")).hasMessageContaining("GET /v2/x").hasMessageContaining("told so");
        assertThat(target.manifestsOf(THERE)).isEmpty();

        source.failures.clear();
        copy("v1");
        assertThat(target.tagsOf(THERE)).containsKey(Tag.parse("v1"));
    }

    @Test
    void shouldEndWhereItIsAskedToStop() {
        source.image(HERE, "v1", "layer");
        task.stop = true;

        assertThatThrownBy(() -> copy("v1")).isInstanceOf(TaskInterruptedException.class);
        assertThat(target.changes).isEmpty();
    }

    @Test
    void shouldDeleteATagThatIsGoneAndLeaveItsArtifact() throws IOException {
        Digest image = source.image(HERE, "v1", "layer");
        source.image(HERE, "v2", "layer");
        copy("v1", "v2");
        source.untag(HERE, "v1");

        transfer(HERE, THERE).delete(tags("v1"), true);

        assertThat(target.tagsOf(THERE)).containsOnlyKeys(Tag.parse("v2"));
        assertThat(target.manifestsOf(THERE)).contains(image);
    }

    @Test
    void shouldNotDeleteWhatIsThereAgain() throws IOException {
        Digest image = source.image(HERE, "v1", "layer");
        copy("v1");
        target.changes.clear();

        transfer(HERE, THERE).delete(tags("v1"), true);
        transfer(HERE, THERE).delete(new TaskSpec.Item(Optional.of(image), List.of()), false);

        assertThat(target.changes).isEmpty();
    }

    @Test
    void shouldDeleteAnArtifactThatIsGone() throws IOException {
        Digest image = source.image(HERE, "v1", "layer");
        copy("v1");
        source.remove(HERE, image);

        transfer(HERE, THERE).delete(new TaskSpec.Item(Optional.of(image), List.of(Tag.parse("v1"))), false);

        assertThat(target.manifestsOf(THERE)).isEmpty();
        assertThat(target.tagsOf(THERE)).isEmpty();
    }
}
