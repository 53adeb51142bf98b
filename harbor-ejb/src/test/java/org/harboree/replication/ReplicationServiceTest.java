// SPDX-License-Identifier: Apache-2.0
package org.harboree.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.harboree.access.Caller;
import org.harboree.database.TestDatabase;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;
import org.harboree.job.DueTime;
import org.harboree.job.ExecutionStatus;
import org.harboree.job.Executions;
import org.harboree.job.Schedules;
import org.harboree.job.Task;
import org.harboree.job.TaskFailedException;
import org.harboree.job.TaskFilter;
import org.harboree.job.TaskInterruptedException;
import org.harboree.listing.PageRequest;
import org.harboree.listing.Query;
import org.harboree.listing.Sort;
import org.harboree.oci.Digest;
import org.harboree.oci.Tag;
import org.harboree.remote.RemoteName;
import org.harboree.remote.RemoteRegistryException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class ReplicationServiceTest {
    @RegisterExtension
    static final TestDatabase DATABASE = TestDatabase.shared();

    @TempDir
    Path folder;

    private final MemoryRegistry other = new MemoryRegistry("other");
    private Replicas replicas;
    private ReplicationPolicyService policies;
    private ReplicationService runs;
    private Executions executions;

    @BeforeEach
    void open() {
        replicas = new Replicas(DATABASE, folder);
        replicas.others.put(1L, other);
        policies = replicas.beans.get(ReplicationPolicyService.class);
        runs = replicas.beans.get(ReplicationService.class);
        executions = replicas.beans.get(Executions.class);
    }

    private static PolicySpec spec(String name, boolean pull, PolicyTrigger trigger, boolean enabled,
            boolean singleActive) {
        return new PolicySpec(name, "", pull ? OptionalLong.of(1) : OptionalLong.empty(),
                pull ? OptionalLong.empty() : OptionalLong.of(1), new DestinationNamespace("mirror", -1),
                new PolicyFilters(List.of(PolicyFilter.of("name", "library/**", null))), trigger, true, true, enabled,
                0, false, singleActive);
    }

    private long policy(PolicySpec spec) {
        return policies.create(replicas.admin, spec);
    }

    private static void assertRefused(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(HarborException.class,
                refusal -> assertThat(refusal.code()).isEqualTo(code));
    }

    private List<Task> tasks(long execution) {
        return executions.tasks(TaskFilter.of(execution), Sort.by(), PageRequest.everything()).items();
    }

    /** A run of the execution's task, as the engine would make it. */
    private FakeTask task(long execution, Task row) {
        FakeTask task = new FakeTask() {
            @Override
            public long executionId() {
                return execution;
            }

            @Override
            public void checkpoint(String state, Runnable work) {
                super.checkpoint(state, () -> replicas.work.run(work));
            }
        };
        task.attributes = row.attributes();
        return task;
    }

    private void plan(long execution) throws IOException {
        replicas.beans.get(ReplicationPlan.class).run(task(execution, tasks(execution).get(0)));
    }

    private FakeTask work(long execution, int number) throws IOException {
        FakeTask task = task(execution, tasks(execution).get(number));
        replicas.beans.get(ReplicationJob.class).run(task);
        return task;
    }

    @Test
    void shouldBeForSystemAdministratorsOnly() {
        Caller user = new Caller(Caller.Kind.USER, 2, "user", false);
        assertRefused(ErrorCode.UNAUTHORIZED, () -> policies.get(Caller.anonymous(), 1));
        assertRefused(ErrorCode.FORBIDDEN, () -> policies.create(user, spec("p", true, PolicyTrigger.MANUAL, true,
                false)));
        assertRefused(ErrorCode.FORBIDDEN, () -> runs.start(user, 1));
        assertRefused(ErrorCode.FORBIDDEN, () -> runs.reconcile(user, 1));
        assertRefused(ErrorCode.FORBIDDEN, () -> runs.preview(user, spec("p", true, PolicyTrigger.MANUAL, true,
                false)));
        assertRefused(ErrorCode.FORBIDDEN, () -> runs.version(user, OptionalLong.empty()));
        assertRefused(ErrorCode.FORBIDDEN, () -> policies.setEnabled(user, 1, false));
    }

    @Test
    void shouldPlanATaskForEachRepositoryAndPullIt() throws IOException {
        Digest image = other.image("library/a", "v1", "a");
        other.image("library/b", "v1", "b");
        other.image("elsewhere/c", "v1", "c");
        long id = policy(spec("p", true, PolicyTrigger.MANUAL, true, false));
        long execution = runs.start(replicas.admin, id);
        assertThat(runs.get(replicas.admin, execution).tasks().total()).as("nothing to show yet").isZero();

        plan(execution);
        assertThat(runs.tasks(replicas.admin, execution, Set.of(), Optional.of("image"), Sort.by(), PageRequest.first())
                .items()).extracting(task -> task.spec().sourceText())
                .containsExactly("library/a [1 item(s) in total]", "library/b [1 item(s) in total]");
        assertThat(runs.tasks(replicas.admin, execution, Set.of(), Optional.of("artifact"), Sort.by(),
                PageRequest.first()).total()).isZero();
        work(execution, 1);
        FakeTask second = work(execution, 2);

        assertThat(replicas.local().headManifest(RemoteName.parse("mirror/a"), Tag.parse("v1")))
                .map(head -> head.digest()).contains(image);
        assertThat(second.log).anyMatch(line -> line.startsWith("copied "));
        assertThat(runs.reconcile(replicas.admin, id).isEmpty()).isTrue();
        assertThat(runs.get(replicas.admin, execution).operator()).isEqualTo("admin");
    }

    @Test
    void shouldNotStartADisabledPolicyNorOneThatIsNot() {
        long id = policy(spec("p", true, PolicyTrigger.MANUAL, false, false));

        assertRefused(ErrorCode.PRECONDITION, () -> runs.start(replicas.admin, id));
        assertRefused(ErrorCode.NOT_FOUND, () -> runs.start(replicas.admin, id + 1));
    }

    @Test
    void shouldPassOverARunWhileAnotherOneIsUnderWay() {
        long id = policy(spec("p", true, PolicyTrigger.MANUAL, true, true));
        long first = runs.start(replicas.admin, id);

        long second = runs.start(replicas.admin, id);

        assertThat(runs.get(replicas.admin, second).execution()).satisfies(skipped -> {
            assertThat(skipped.status()).isEqualTo(ExecutionStatus.ERROR);
            assertThat(skipped.statusMessage()).contains("active replication still in progress");
            assertThat(skipped.endTime()).isPresent();
        });
        runs.stop(replicas.admin, first);
        assertThat(runs.get(replicas.admin, runs.start(replicas.admin, id)).execution().status())
                .isEqualTo(ExecutionStatus.RUNNING);
    }

    @Test
    void shouldKeepAPolicyThatRuns() {
        long id = policy(spec("p", true, PolicyTrigger.MANUAL, true, false));
        long execution = runs.start(replicas.admin, id);

        assertRefused(ErrorCode.PRECONDITION, () -> policies.delete(replicas.admin, id));

        runs.stop(replicas.admin, execution);
        policies.delete(replicas.admin, id);
        assertRefused(ErrorCode.NOT_FOUND, () -> policies.get(replicas.admin, id));
        assertRefused(ErrorCode.NOT_FOUND, () -> runs.get(replicas.admin, execution));
    }

    @Test
    void shouldNeedARegistryThatThereIs() {
        PolicySpec good = spec("p", true, PolicyTrigger.MANUAL, true, false);
        replicas.others.clear();

        assertRefused(ErrorCode.NOT_FOUND, () -> policy(good));
    }

    @Test
    void shouldFollowItsSchedule() {
        Schedules schedules = replicas.beans.get(Schedules.class);
        long id = policy(spec("p", true, PolicyTrigger.of("scheduled", "0 0 2 * * *"), true, false));
        DueTime due = new DueTime(schedules.find("REPLICATION", id).orElseThrow(), Instant.now());

        replicas.work.run(() -> replicas.beans.get(ReplicationSchedule.class).due(due));

        assertThat(executions.isRunning("REPLICATION", id)).isTrue();
        policies.update(replicas.admin, id, spec("p", true, PolicyTrigger.MANUAL, true, false));
        assertThat(schedules.find("REPLICATION", id)).isEmpty();
    }

    @Test
    void shouldShowWhatAnUnsavedPolicyWouldFindAndSend() throws IOException {
        other.image("library/a", "v1", "a");
        other.image("library/a", "v2", "b");
        other.image("library/b", "v1", "c");
        other.image("elsewhere/c", "v1", "d");
        PolicySpec unnamed = spec("", true, PolicyTrigger.MANUAL, true, false);

        Preview preview = runs.preview(replicas.admin, unnamed);

        assertThat(preview.repositories()).extracting(match -> match.source() + " " + match.destination() + " "
                + match.tags()).containsExactly("library/a mirror/a 2", "library/b mirror/b 1");
        assertThat(preview.tags()).isEqualTo(3);
        assertThat(preview.unseen()).isZero();
        Reconciliation difference = runs.reconcile(replicas.admin, unnamed);
        assertThat(difference.missing()).hasSize(3);
        assertThat(difference.bytes()).isPositive();
        assertThat(policies.list(replicas.admin, Optional.empty(), Query.none(), Sort.by(), PageRequest.first())
                .total()).as("saved by that").isZero();
    }

    @Test
    void shouldSayWhichRepositoriesOfAPreviewWereNotLookedInto() throws IOException {
        for (int i = 0; i < 103; i++) {
            other.image("library/r" + i, "v1", "content");
        }

        Preview preview = runs.preview(replicas.admin, spec("", true, PolicyTrigger.MANUAL, true, false));

        assertThat(preview.repositories()).hasSize(100);
        assertThat(preview.unseen()).isEqualTo(3);
    }

    @Test
    void shouldSwitchAPolicyOffAndOnWithItsSchedule() {
        Schedules schedules = replicas.beans.get(Schedules.class);
        long id = policy(spec("p", true, PolicyTrigger.of("scheduled", "0 0 2 * * *"), true, false));

        policies.setEnabled(replicas.admin, id, false);

        assertThat(policies.get(replicas.admin, id).spec().enabled()).isFalse();
        assertThat(schedules.find("REPLICATION", id)).isEmpty();
        policies.setEnabled(replicas.admin, id, true);
        assertThat(schedules.find("REPLICATION", id)).isPresent();
        assertRefused(ErrorCode.NOT_FOUND, () -> policies.setEnabled(replicas.admin, id + 1, true));
    }

    @Test
    void shouldTellTheNewestRunOfEachPolicy() {
        long twice = policy(spec("twice", true, PolicyTrigger.MANUAL, true, false));
        long never = policy(spec("never", true, PolicyTrigger.MANUAL, true, false));
        runs.start(replicas.admin, twice);
        long second = runs.start(replicas.admin, twice);

        assertThat(runs.newest(replicas.admin, List.of(twice, never))).hasSize(1)
                .hasEntrySatisfying(twice, newest -> assertThat(newest.id()).isEqualTo(second));
    }

    @Test
    void shouldHaveAnotherVersionWheneverARunGetsOn() throws IOException {
        other.image("library/a", "v1", "a");
        long id = policy(spec("p", true, PolicyTrigger.MANUAL, true, false));
        String none = runs.version(replicas.admin, OptionalLong.of(id));
        long execution = runs.start(replicas.admin, id);
        String started = runs.version(replicas.admin, OptionalLong.of(id));
        String waiting = runs.version(replicas.admin, execution, OptionalLong.empty());

        plan(execution);

        assertThat(started).isNotEqualTo(none);
        assertThat(runs.version(replicas.admin, execution, OptionalLong.empty())).isNotEqualTo(waiting);
        assertThat(runs.version(replicas.admin, OptionalLong.of(id + 1))).isEqualTo(none);
        long task = tasks(execution).get(1).id();
        String silent = runs.version(replicas.admin, execution, OptionalLong.of(task));
        DATABASE.execute("INSERT INTO task_log (task_id, content) VALUES (" + task + ", 'one\\ntwo\\n'), ("
                + task + ", 'three\\n')");
        assertThat(runs.version(replicas.admin, execution, OptionalLong.of(task))).isNotEqualTo(silent);
        assertThat(runs.lastLines(replicas.admin, execution, task, 2)).containsExactly("two", "three");
        assertRefused(ErrorCode.NOT_FOUND, () -> runs.lastLines(replicas.admin, execution + 1, task, 2));
    }

    @Test
    void shouldGoOnWithTheNextArtifactAndFailInTheEnd() throws IOException {
        other.image("library/a", "v1", "one");
        other.image("library/a", "v2", "two");
        Digest broken = Digest.sha256("one".getBytes(StandardCharsets.UTF_8));
        other.failures.put("blob " + broken, new RemoteRegistryException(RemoteRegistryException.Kind.NOT_FOUND,
                "GET http://other/v2/library/a/blobs/x", "gone"));
        long execution = runs.start(replicas.admin, policy(spec("p", true, PolicyTrigger.MANUAL, true, false)));
        plan(execution);

        assertThatThrownBy(() -> work(execution, 1)).isInstanceOf(TaskFailedException.class)
                .hasMessageContaining("GET http://other/v2/library/a/blobs/x").hasMessageContaining("gone");

        assertThat(replicas.local().tags(RemoteName.parse("mirror/a")))
                .containsExactly(Tag.parse("v2"));
    }

    @Test
    void shouldNotDoAgainAfterARestartWhatIsDone() throws IOException {
        other.image("library/a", "v1", "one");
        other.image("library/a", "v2", "two");
        long execution = runs.start(replicas.admin, policy(spec("p", true, PolicyTrigger.MANUAL, true, false)));
        plan(execution);
        FakeTask task = task(execution, tasks(execution).get(1));
        task.stopAfterCheckpoints = 1;
        ReplicationJob job = replicas.beans.get(ReplicationJob.class);
        assertThatThrownBy(() -> job.run(task)).isInstanceOf(TaskInterruptedException.class);
        task.stopAfterCheckpoints = Integer.MAX_VALUE;
        task.log.clear();

        job.run(task);

        assertThat(task.log).noneMatch(line -> line.contains(":v1"));
        assertThat(task.log).anyMatch(line -> line.contains(":v2"));
        assertThat(task.log).as("sent before the restart").anyMatch(line -> line.startsWith("0 blobs"));
    }
}
