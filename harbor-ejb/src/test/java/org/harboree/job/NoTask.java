// SPDX-License-Identifier: Apache-2.0
package org.harboree.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a body needs to run outside of the engine: nobody stops it, what it says is kept here. */
public class NoTask implements TaskContext {
    public final List<String> said = new ArrayList<>();
    private Optional<String> state = Optional.empty();

    @Override
    public long taskId() {
        return 1;
    }

    @Override
    public long executionId() {
        return 1;
    }

    @Override
    public String attributes() {
        return "{}";
    }

    @Override
    public Optional<String> state() {
        return state;
    }

    @Override
    public int runCount() {
        return 1;
    }

    @Override
    public long fence() {
        return 1;
    }

    /** Without a transaction of its own. */
    @Override
    public void checkpoint(String newState, Runnable work) {
        work.run();
        state = Optional.of(newState);
    }

    @Override
    public boolean stopRequested() {
        return false;
    }

    @Override
    public void requireNoStop() {
        // Nobody does.
    }

    @Override
    public void progress(long done, long total) {
        // Nobody looks.
    }

    @Override
    public void info(String line) {
        said.add(line);
    }

    @Override
    public void warn(String line) {
        said.add(line);
    }
}
