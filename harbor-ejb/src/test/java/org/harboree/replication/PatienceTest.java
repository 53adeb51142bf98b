// SPDX-License-Identifier: Apache-2.0
package org.harboree.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.harboree.job.TaskInterruptedException;
import org.harboree.remote.RemoteRegistryException;
import org.harboree.remote.RemoteRegistryException.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PatienceTest {
    private final FakeTask task = new FakeTask();
    private int seconds;
    private int tries;
    private final Patience patience = new Patience(task, new Pause() {
        @Override
        void second() {
            seconds++;
        }
    });

    private static RemoteRegistryException answer(Kind kind, int status) {
        return new RemoteRegistryException(kind, "PUT http://other/v2/x", status, "why", Optional.empty(), null);
    }

    /** Fails so often, and then does not. */
    private void fail(int times, IOException failure) throws IOException {
        tries = 0;
        patience.attempt("copy of a", () -> {
            tries++;
            if (tries <= times) {
                throw failure;
            }
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {502, 503, 504})
    void shouldWaitForARegistryThatWhatStandsBeforeItSaysIsAway(int status) throws IOException {
        fail(3, answer(Kind.SERVER_ERROR, status));

        assertThat(tries).isEqualTo(4);
        assertThat(seconds).isEqualTo(15);
        assertThat(task.log).hasSize(3).allMatch(line -> line.contains("copy of a: PUT http://other/v2/x"));
    }

    @ParameterizedTest
    @EnumSource(names = {"UNREACHABLE", "TRUNCATED"})
    void shouldWaitForARegistryThatVanished(Kind kind) throws IOException {
        fail(1, answer(kind, 0));

        assertThat(tries).isEqualTo(2);
    }

    @Test
    void shouldWaitAlsoWhereTheSourceOfAnUploadHereVanished() throws IOException {
        patience.attempt("copy of a", () -> {
            tries++;
            if (tries == 1) {
                throw new UncheckedIOException(answer(Kind.UNREACHABLE, 0));
            }
        });

        assertThat(tries).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = {"UNREACHABLE", "TRUNCATED"})
    void shouldPassOnAtOnceWhatARestartDoesNotExplain(Kind kind) {
        assertThatThrownBy(() -> fail(1, answer(kind, 0))).isInstanceOf(RemoteRegistryException.class);

        assertThat(seconds).isZero();
    }

    @Test
    void shouldEndAndBeRenewedByWhatGoesWell() throws IOException {
        fail(Patience.MOST_WAITS, answer(Kind.UNREACHABLE, 0));
        RemoteRegistryException failure = answer(Kind.UNREACHABLE, 0);

        assertThatThrownBy(() -> fail(Patience.MOST_WAITS + 1, failure)).isSameAs(failure);
        assertThatThrownBy(() -> fail(1, failure)).as("nothing went well since").isSameAs(failure);
    }

    @Test
    void shouldNotWaitOnceTheTaskIsToEnd() {
        task.stop = true;

        assertThatThrownBy(() -> fail(1, answer(Kind.UNREACHABLE, 0))).isInstanceOf(TaskInterruptedException.class);
        assertThat(seconds).isZero();
    }
}
