// SPDX-License-Identifier: Apache-2.0
package org.harboree.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * One start of a server, as the others see it.
 *
 * @param id random
 * @param place names the kernel's boot and the PID namespace; empty where that cannot be known. Two nodes of one place
 *     see each other's process
 * @param pid of its process, there
 * @param pidStart when that process began, in milliseconds since 1970
 */
record NodeIdentity(String id, String place, long pid, long pidStart) {
    /** This process; made anew when the application is deployed anew. */
    static final NodeIdentity THIS = of(ProcessHandle.current());

    /** The start of a process is computed from that of the system, which is known to the second. */
    private static final long SAME_START_MILLIS = Duration.ofSeconds(5).toMillis();

    static NodeIdentity of(ProcessHandle process) {
        return new NodeIdentity(UUID.randomUUID().toString(), here(), process.pid(), start(process));
    }

    /** Whether the other one is known to write nothing any more, whatever its lease says. */
    boolean knowsGone(NodeIdentity other) {
        if (place.isEmpty() || !place.equals(other.place)) {
            return false;
        }
        // an earlier deployment in this very process ended before this one began
        return other.pid == pid || ProcessHandle.of(other.pid)
                .filter(ProcessHandle::isAlive)
                .filter(process -> Math.abs(start(process) - other.pidStart) < SAME_START_MILLIS)
                .isEmpty();
    }

    private static long start(ProcessHandle process) {
        Optional<Instant> start = process.info().startInstant();
        return start.map(Instant::toEpochMilli).orElse(0L);
    }

    private static String here() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip() + "/"
                    + Files.readSymbolicLink(Path.of("/proc/self/ns/pid"));
        } catch (IOException | UnsupportedOperationException | SecurityException e) {
            return "";
        }
    }
}
