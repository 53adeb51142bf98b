// SPDX-License-Identifier: Apache-2.0
package org.harboree.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;
import org.harboree.job.TaskFailedException;
import org.harboree.job.TaskInterruptedException;
import org.harboree.oci.Digest;
import org.harboree.remote.RemoteRegistryException;
import org.harboree.remote.RemoteRegistryException.Kind;
import org.junit.jupiter.api.Test;

class TaskStateTest {
    private static final Digest BLOB = Digest.sha256(new byte[] {1});

    private final FakeTask task = new FakeTask();
    private final Problems problems = new Problems();

    @Test
    void shouldGoOnAfterARestartWithWhatIsNotDone() {
        TaskState state = TaskState.of(task);
        state.done(0);
        state.done(70);
        state.remember(BLOB, "session");

        TaskState later = TaskState.of(task);

        assertThat(later.isDone(0)).isTrue();
        assertThat(later.isDone(1)).isFalse();
        assertThat(later.isDone(70)).isTrue();
        assertThat(later.countDone()).isEqualTo(2);
        assertThat(later.find(BLOB)).contains("session");
    }

    @Test
    void shouldSaveWhatNeededNothingWithTheNextItemOnly() {
        TaskState state = TaskState.of(task);
        state.same(0);
        assertThat(task.checkpoints).isEmpty();

        state.done(1);

        assertThat(TaskState.of(task).isDone(0)).isTrue();
        assertThat(TaskState.of(task).isDone(1)).isTrue();
    }

    @Test
    void shouldTellWhatTasksHaveBegunThatLeftCheckpoints() {
        TaskState.of(task).remember(BLOB, "session");

        assertThat(TaskState.begunIn(List.of("{\"done\":\"\"}", task.checkpoints.get(0)))).containsExactly(BLOB);
    }

    @Test
    void shouldForgetAnUploadThatHasEnded() {
        TaskState state = TaskState.of(task);
        state.remember(BLOB, "session");
        state.forget(BLOB);
        state.done(0);

        assertThat(TaskState.of(task).find(BLOB)).isEmpty();
    }

    private static RemoteRegistryException answer(Kind kind) {
        return new RemoteRegistryException(kind, "GET http://other/v2/a/blobs/x", "why");
    }

    @Test
    void shouldEndWellWhereNothingWentWrong() throws IOException {
        assertThat(problems.attempt(task, "copy", () -> { })).isTrue();
        problems.end();
        assertThat(task.log).isEmpty();
    }

    @Test
    void shouldFailForGoodWhereAnotherAttemptCannotHelp() {
        assertThat(problems.attempt(task, "copy of a v1", () -> {
            throw answer(Kind.NOT_FOUND);
        })).isFalse();

        assertThat(problems.isHopeless()).isFalse();
        assertThat(task.log).singleElement().asString()
                .contains("copy of a v1", "GET http://other/v2/a/blobs/x", "why");
        assertThatThrownBy(problems::end).isInstanceOf(TaskFailedException.class).hasMessageContaining("copy of a v1");
    }

    @Test
    void shouldAskForAnotherAttemptWhereThatMayHelp() {
        problems.attempt(task, "one", () -> {
            throw answer(Kind.NOT_FOUND);
        });
        problems.attempt(task, "two", () -> {
            throw answer(Kind.SERVER_ERROR);
        });

        assertThatThrownBy(problems::end).isExactlyInstanceOf(IOException.class).hasMessageContaining("1 more");
    }

    @Test
    void shouldNotGoOnWhereTheRegistryIsNotToBeSpokenTo() {
        problems.attempt(task, "one", () -> {
            throw answer(Kind.UNAUTHORIZED);
        });

        assertThat(problems.isHopeless()).isTrue();
        assertThatThrownBy(problems::end).isInstanceOf(TaskFailedException.class);
    }

    @Test
    void shouldTellARefusalOfThisRegistryFromATroubleOfIts() {
        problems.attempt(task, "one", () -> {
            throw new HarborException(ErrorCode.MANIFEST_INVALID, "no");
        });
        assertThatThrownBy(problems::end).isInstanceOf(TaskFailedException.class)
                .hasMessageContaining("MANIFEST_INVALID");

        problems.attempt(task, "two", () -> {
            throw new UncheckedIOException(new IOException("disk"));
        });
        assertThatThrownBy(problems::end).isExactlyInstanceOf(IOException.class);
    }

    @Test
    void shouldAskForAnotherAttemptWhereAnotherNodeHasNotLetTheUploadGoYet() {
        problems.attempt(task, "one", () -> {
            throw new HarborException(ErrorCode.BLOB_UPLOAD_CONFLICT);
        });

        assertThatThrownBy(problems::end).isExactlyInstanceOf(IOException.class);
    }

    @Test
    void shouldTakeNothingForAProblemOnceTheTaskIsToEnd() {
        task.stop = true;

        assertThatThrownBy(() -> problems.attempt(task, "one", () -> {
            throw new ThrottledStream.Stopped();
        })).isInstanceOf(TaskInterruptedException.class);
    }
}
