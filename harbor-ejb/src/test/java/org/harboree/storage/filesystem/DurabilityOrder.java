// SPDX-License-Identifier: Apache-2.0
package org.harboree.storage.filesystem;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Finds publishes in a trace that a power cut could undo after they were acknowledged.
 *
 * <p>An acknowledgement is the making of a directory {@code acknowledged-N} outside of the storage. Before it, for each
 * rename into {@code blobs}: the bytes were synced after the last write and before the rename, and the directory of the
 * blob and its parent were synced after it. And for each new directory its parent was synced.
 */
final class DurabilityOrder {
    private static final Set<String> WRITES = Set.of("write", "writev", "pwrite64", "pwritev", "ftruncate");
    private static final Set<String> DATA_SYNCS = Set.of("fsync", "fdatasync");

    private final String root;
    private final List<Syscall> calls;
    private final List<String> violations = new ArrayList<>();

    private DurabilityOrder(String root, List<Syscall> calls) {
        this.root = root;
        this.calls = calls;
    }

    /** What is wrong, in words; empty if nothing is. */
    static List<String> violations(String root, List<Syscall> calls) {
        DurabilityOrder order = new DurabilityOrder(root, calls);
        calls.forEach(order::check);
        return order.violations;
    }

    /** How many publishes the trace has. */
    static long publishes(String root, List<Syscall> calls) {
        return calls.stream().filter(call -> isPublish(root, call)).count();
    }

    private static boolean isPublish(String root, Syscall call) {
        return call.name().startsWith("rename") && call.paths().get(1).startsWith(root + "/blobs/");
    }

    private void check(Syscall call) {
        if (isPublish(root, call)) {
            checkBytes(call);
            String directory = parent(call.paths().get(1));
            requireSynced(directory, call);
            requireSynced(parent(directory), call);
        } else if (call.name().startsWith("mkdir") && call.path().startsWith(root + "/")) {
            requireSynced(parent(call.path()), call);
        }
    }

    private void checkBytes(Syscall rename) {
        String staged = rename.path();
        int lastWrite = calls.stream().filter(call -> WRITES.contains(call.name()) && call.path().equals(staged))
                .mapToInt(Syscall::end).max().orElse(-1);
        boolean synced = calls.stream().anyMatch(call -> DATA_SYNCS.contains(call.name())
                && call.path().equals(staged) && call.begin() > lastWrite && call.end() < rename.begin());
        if (!synced) {
            violations.add("renamed before its bytes were synced: " + staged);
        }
    }

    private void requireSynced(String directory, Syscall change) {
        int acknowledged = calls.stream()
                .filter(call -> call.begin() > change.end() && call.path().contains("/acknowledged-"))
                .mapToInt(Syscall::begin).min().orElse(Integer.MAX_VALUE);
        boolean synced = calls.stream().anyMatch(call -> call.is("fsync", directory)
                && call.begin() > change.end() && call.end() < acknowledged);
        if (!synced) {
            violations.add("acknowledged before " + directory + " was synced after " + change.name());
        }
    }

    private static String parent(String path) {
        return path.substring(0, path.lastIndexOf('/'));
    }
}
