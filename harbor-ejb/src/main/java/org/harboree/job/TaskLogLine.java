// SPDX-License-Identifier: Apache-2.0
package org.harboree.job;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** How a line of a task's log looks: time in UTC, level, text; one line whatever the text holds. */
final class TaskLogLine {
    private static final int MOST = 4000;

    private TaskLogLine() {
    }

    static String info(String text) {
        return line("INFO", text);
    }

    static String warn(String text) {
        return line("WARNING", text);
    }

    static String error(String text) {
        return line("ERROR", text);
    }

    private static String line(String level, String text) {
        String kept = text.length() > MOST ? text.substring(0, MOST) + "…" : text;
        return Instant.now().truncatedTo(ChronoUnit.MILLIS) + " [" + level + "] "
                + kept.replaceAll("\\p{Cntrl}+", " ") + "\n";
    }
}
