// SPDX-License-Identifier: Apache-2.0
package org.harboree.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.harboree.job.TaskInterruptedException;
import org.harboree.oci.Digest;
import org.harboree.oci.Tag;
import org.harboree.remote.RemoteRegistryException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each case for two registries that are asked tag by tag, and where one of them tells of many tags at once. */
abstract class TaskFinderContract {
    private static final String APP = "library/app";

    final MemoryRegistry source = new MemoryRegistry("source");
    final MemoryRegistry target = new MemoryRegistry("target");
    private final FakeTask task = new FakeTask();
    private final MemoryRun copy = new MemoryRun(source, target, task);

    private TaskFinder finder() {
        return new TaskFinder(copy.policy(), source, target, task);
    }

    private List<TaskSpec> tasks() throws IOException {
        return finder().tasks(MemoryRegistry.repository(APP));
    }

    private void run(List<TaskSpec> tasks) throws IOException {
        copy.copy(tasks);
    }

    @Test
    void shouldFindNothingToDoAfterARun() throws IOException {
        Digest image = source.image(APP, "v1", "layer");
        source.index(APP, "multi", image, source.image(APP, "", "other layer"));
        run(tasks());

        TaskFinder finder = finder();

        assertThat(finder.tasks(MemoryRegistry.repository(APP))).isEmpty();
        assertThat(finder.alike()).isEqualTo(1);
    }

    @Test
    void shouldChangeNothing() throws IOException {
        source.image(APP, "v1", "layer");
        run(tasks());
        target.changes.clear();

        tasks();

        assertThat(target.changes).isEmpty();
        assertThat(source.changes).isEmpty();
    }

    @Test
    void shouldKeepTheWholeTaskOfARepositoryInWhichATagIsMissing() throws IOException {
        source.image(APP, "v1", "layer");
        source.image(APP, "v2", "layer");
        run(tasks());
        target.untag(APP, "v1");

        assertThat(tasks()).singleElement().extracting(spec -> spec.items().size()).isEqualTo(2);
    }

    @Test
    void shouldFindATagThatHasMoved() throws IOException {
        source.image(APP, "v1", "layer");
        run(tasks());
        source.image(APP, "v1", "later layer");

        assertThat(tasks()).hasSize(1);
        run(tasks());
        assertThat(tasks()).isEmpty();
    }

    @Test
    void shouldFindATagThatNamesSomethingElseOnTheOtherSide() throws IOException {
        source.image(APP, "v1", "layer");
        target.image(APP, "v1", "layer of theirs");

        assertThat(tasks()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldFindASignatureThatCameLater(boolean withApi) throws IOException {
        target.referrersApi = withApi;
        Digest image = source.image(APP, "v1", "layer");
        run(tasks());
        Digest signature = source.image(APP, "", "signature", Optional.of(image));

        assertThat(tasks()).hasSize(1);
        run(tasks());
        assertThat(target.manifestsOf(APP)).contains(signature);
        assertThat(tasks()).isEmpty();
    }

    @Test
    void shouldFindASignatureThatIsThereAndNotInTheListOfTheOtherSide() throws IOException {
        target.referrersApi = false;
        Digest image = source.image(APP, "v1", "layer");
        source.image(APP, "", "signature", Optional.of(image));
        run(tasks());
        assertThat(tasks()).isEmpty();

        target.untag(APP, Tag.ofReferrers(image).value());

        assertThat(tasks()).hasSize(1);
    }

    @Test
    void shouldFindASignatureOfAChild() throws IOException {
        Digest child = source.image(APP, "", "layer");
        source.index(APP, "multi", child);
        run(tasks());
        source.image(APP, "", "signature", Optional.of(child));

        assertThat(tasks()).hasSize(1);
    }

    @Test
    void shouldFindAChildThatIsMissingOnTheOtherSide() throws IOException {
        target.sparse = true;
        Digest arm = source.image(APP, "", "arm");
        source.indexOfPlatforms(APP, "multi", Map.of("linux/amd64", source.image(APP, "", "amd"),
                "linux/arm64", arm));
        copy.platforms = new PlatformChoice(List.of("linux/amd64"));
        run(tasks());
        assertThat(tasks()).isEmpty();

        copy.platforms = PlatformChoice.ALL;

        assertThat(tasks()).hasSize(1);
        run(tasks());
        assertThat(target.manifestsOf(APP)).contains(arm);
        assertThat(tasks()).isEmpty();
    }

    @Test
    void shouldTakeAChildThatTheSourceHasNotAsNothingToDo() throws IOException {
        target.sparse = true;
        Digest gone = source.image(APP, "", "arm");
        source.index(APP, "multi", source.image(APP, "", "amd"), gone);
        source.remove(APP, gone);
        run(tasks());

        assertThat(tasks()).isEmpty();
    }

    @Test
    void shouldLeaveARepositoryThatCannotBeComparedToItsTask() throws IOException {
        Digest image = source.image(APP, "v1", "layer");
        run(tasks());
        source.index(APP, "multi", image);
        run(tasks());
        source.failures.put("manifest " + source.tagsOf(APP).get(Tag.parse("multi")), new RemoteRegistryException(
                RemoteRegistryException.Kind.MALFORMED, "GET multi", "not a manifest"));
        TaskFinder finder = finder();

        assertThat(finder.tasks(MemoryRegistry.repository(APP))).hasSize(1);

        source.failures.clear();
        assertThat(finder.tasks(MemoryRegistry.repository(APP))).isEmpty();
    }

    @Test
    void shouldCompareNoMoreOnceARegistryCannotBeAsked() throws IOException {
        source.image(APP, "v1", "layer");
        run(tasks());
        target.failures.put("head v1", new RemoteRegistryException(RemoteRegistryException.Kind.UNAUTHORIZED,
                "HEAD v1", "the credential is refused"));
        TaskFinder finder = finder();
        assertThat(finder.tasks(MemoryRegistry.repository(APP))).hasSize(1);

        target.failures.clear();

        assertThat(finder.tasks(MemoryRegistry.repository(APP))).hasSize(1);
    }

    @Test
    void shouldStopWhenTheRunIsStopped() {
        source.image(APP, "v1", "layer");
        task.stop = true;

        assertThatThrownBy(this::tasks).isInstanceOf(TaskInterruptedException.class);
    }
}
