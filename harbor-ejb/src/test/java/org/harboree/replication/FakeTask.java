// SPDX-License-Identifier: Apache-2.0
package org.harboree.replication;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.harboree.job.TaskContext;
import org.harboree.job.TaskInterruptedException;

/** A task whose run a test looks into. */
class FakeTask implements TaskContext {
    final List<String> log = new ArrayList<>();
    final List<String> checkpoints = new ArrayList<>();
    String attributes = "{}";
    boolean stop;
    int stopAfterCheckpoints = Integer.MAX_VALUE;

    @Override
    public long taskId() {
        return 7;
    }

    @Override
    public long executionId() {
        return 3;
    }

    @Override
    public String attributes() {
        return attributes;
    }

    @Override
    public Optional<String> state() {
        return checkpoints.isEmpty() ? Optional.empty() : Optional.of(checkpoints.get(checkpoints.size() - 1));
    }

    @Override
    public int runCount() {
        return 1;
    }

    @Override
    public long fence() {
        return 1;
    }

    @Override
    public void checkpoint(String state, Runnable work) {
        if (checkpoints.size() == stopAfterCheckpoints) {
            throw new TaskInterruptedException(TaskInterruptedException.Reason.NODE_LEAVES);
        }
        work.run();
        checkpoints.add(state);
    }

    @Override
    public boolean stopRequested() {
        return stop;
    }

    @Override
    public void requireNoStop() {
        if (stop) {
            throw new TaskInterruptedException(TaskInterruptedException.Reason.STOP);
        }
    }

    @Override
    public void progress(long done, long total) {
        // nobody looks
    }

    @Override
    public void info(String line) {
        log.add(line);
    }

    @Override
    public void warn(String line) {
        log.add("WARN " + line);
    }
}
