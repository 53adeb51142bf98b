// SPDX-License-Identifier: Apache-2.0
package org.harboree.storage.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The checker of traces finds each mistake that it is there for. */
class DurabilityOrderTest {
    private static final List<String> GOOD = List.of(
            "7  openat(AT_FDCWD</>, \"/s/uploads/3c/id\", O_WRONLY) = 5</s/uploads/3c/id>",
            "8  pwrite64(5</s/uploads/3c/id>, \"abc\"..., 3, 0 <unfinished ...>",
            "7  mkdir(\"/s/blobs/sha256/ab\", 0777) = -1 EEXIST (File exists)",
            "8  <... pwrite64 resumed>) = 3",
            "7  fdatasync(5</s/uploads/3c/id>) = 0",
            "7  mkdir(\"/s/blobs/sha256/ab/abcd\", 0777) = 0",
            "7  rename(\"/s/uploads/3c/id\", \"/s/blobs/sha256/ab/abcd/g\") = 0",
            "7  fsync(6</s/blobs/sha256/ab/abcd>) = 0",
            "7  fsync(6</s/blobs/sha256/ab>) = 0",
            "7  mkdir(\"/acks/acknowledged-1\", 0777) = 0",
            "7  +++ exited with 0 +++");

    private static List<String> violations(List<String> trace) {
        return DurabilityOrder.violations("/s", Syscall.parse(trace));
    }

    private static List<String> moved(int from, int to) {
        List<String> trace = new ArrayList<>(GOOD);
        trace.add(to, trace.remove(from));
        return trace;
    }

    @Test
    void shouldAcceptTheRightOrder() {
        assertThat(violations(GOOD)).isEmpty();
        assertThat(DurabilityOrder.publishes("/s", Syscall.parse(GOOD))).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 7, 8})
    void shouldMissEachSyncThatIsLeftOut(int line) {
        assertThat(violations(IntStream.range(0, GOOD.size()).filter(i -> i != line).mapToObj(GOOD::get).toList()))
                .isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 7, 8})
    void shouldNotCountASyncThatFailed(int line) {
        List<String> trace = new ArrayList<>(GOOD);
        trace.set(line, trace.get(line).replace("= 0", "= -1 EIO (Input/output error) (INJECTED)"));
        assertThat(violations(trace)).isNotEmpty();
    }

    @Test
    void shouldNotCountASyncBeforeTheLastWriteHasEnded() {
        assertThat(violations(moved(4, 2))).hasSize(1).first().asString().contains("/s/uploads/3c/id");
    }

    @Test
    void shouldNotCountASyncOfTheBytesAfterTheRename() {
        assertThat(violations(moved(4, 6))).hasSize(1).first().asString().contains("/s/uploads/3c/id");
    }

    @Test
    void shouldNotCountASyncOfTheDirectoryBeforeTheRename() {
        assertThat(violations(moved(7, 5))).hasSize(1).first().asString().contains("/s/blobs/sha256/ab/abcd");
    }

    @Test
    void shouldNotCountASyncAfterTheAcknowledgement() {
        assertThat(violations(moved(7, 9))).isNotEmpty();
        assertThat(violations(moved(8, 9))).isNotEmpty();
    }

    @Test
    void shouldNotCountAnFdatasyncOfADirectory() {
        List<String> trace = new ArrayList<>(GOOD);
        trace.set(7, trace.get(7).replace("fsync", "fdatasync"));
        assertThat(violations(trace)).hasSize(1);
    }
}
