// SPDX-License-Identifier: Apache-2.0
package org.harboree.replication;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumSet;
import java.util.Set;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;
import org.harboree.job.TaskContext;
import org.harboree.job.TaskFailedException;
import org.harboree.remote.RemoteRegistryException;

/** What went wrong with a side of a copy, and what that means for the task. */
final class Problems {
    /** What goes wrong with the next artifact as well. */
    private static final Set<RemoteRegistryException.Kind> OF_THE_REGISTRY =
            EnumSet.of(RemoteRegistryException.Kind.UNAUTHORIZED, RemoteRegistryException.Kind.UNREACHABLE,
                    RemoteRegistryException.Kind.UNTRUSTED, RemoteRegistryException.Kind.TIMEOUT,
                    RemoteRegistryException.Kind.TOO_MANY_REQUESTS, RemoteRegistryException.Kind.TARGET_REFUSED);

    private int count;
    private boolean retryable;
    private String first = "";
    private Throwable last;

    /** Something that may go wrong. */
    interface Step {
        void run() throws IOException;
    }

    /**
     * Does the step; what goes wrong with it is a line in the task's log.
     *
     * @param what the step is about, for the log
     * @return whether it was done
     */
    boolean attempt(TaskContext task, String what, Step step) {
        try {
            step.run();
            return true;
        } catch (ThrottledStream.Stopped e) {
            task.requireNoStop();
            note(task, what, e, true);
        } catch (IOException e) {
            note(task, what, e, isRetryable(e));
        } catch (UncheckedIOException e) {
            note(task, what, e.getCause(), true);
        } catch (HarborException e) {
            note(task, what, e, isRetryable(e));
        }
        return false;
    }

    /** Whether the next artifact would meet the same. */
    boolean isHopeless() {
        return isOfTheRegistry(last);
    }

    /** Whether the registry is the trouble, and not the artifact that it was asked for. */
    static boolean isOfTheRegistry(Throwable problem) {
        return problem instanceof RemoteRegistryException remote && OF_THE_REGISTRY.contains(remote.kind());
    }

    /** Ends the task as it deserves; returns if nothing went wrong. */
    void end() throws IOException {
        if (count == 0) {
            return;
        }
        String message = first + (count == 1 ? "" : " (and " + (count - 1) + " more; see the log)");
        if (retryable) {
            throw new IOException(message, last);
        }
        throw new TaskFailedException(message, last);
    }

    private void note(TaskContext task, String what, Throwable problem, boolean mayHelp) {
        // a stream that was cut because the task ends is no problem of the other side's
        task.requireNoStop();
        task.warn(what + ": " + text(problem));
        if (count == 0) {
            first = what + ": " + text(problem);
        }
        count++;
        last = problem;
        retryable |= mayHelp;
    }

    private static String text(Throwable problem) {
        if (problem instanceof HarborException refusal) {
            return "this registry refuses it: " + refusal.code().wireCode() + " " + refusal.getMessage();
        }
        return problem.getMessage() == null ? problem.toString() : problem.getMessage();
    }

    /** An upload that another request writes to is one that a node which is gone, or was alone, has not let go yet. */
    private static boolean isRetryable(HarborException problem) {
        int status = problem.code().status();
        return status >= 500 || status == 429 || problem.code() == ErrorCode.BLOB_UPLOAD_CONFLICT;
    }

    /** Whether another try may help after what went wrong on the way. */
    static boolean mayHelp(Exception problem) {
        return !(problem instanceof IOException failure) || isRetryable(failure);
    }

    private static boolean isRetryable(IOException problem) {
        return !(problem instanceof RemoteRegistryException remote) || remote.isRetryable();
    }
}
