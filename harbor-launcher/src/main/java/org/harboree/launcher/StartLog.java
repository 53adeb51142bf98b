// SPDX-License-Identifier: Apache-2.0
package org.harboree.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a program writes to a log file from now on, searched for the reason why it failed. */
final class StartLog {

    private static final Pattern CAUSE = Pattern.compile("^\\s*Caused by: [\\w.$]+: (.+)$", Pattern.MULTILINE);
    /** More than a start ever writes. */
    private static final int LIMIT_BYTES = 4 << 20;

    private final Path file;
    private final long begin;

    private StartLog(Path file, long begin) {
        this.file = file;
        this.begin = begin;
    }

    /** @param file the log, which need not exist yet; what it contains already is left out */
    static StartLog from(Path file) throws IOException {
        return new StartLog(file, Files.exists(file) ? Files.size(file) : 0);
    }

    /** The innermost cause of the last exception, without its class. */
    Optional<String> cause() throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (InputStream log = Files.newInputStream(file)) {
            log.skipNBytes(Math.min(begin, Files.size(file)));
            Matcher causes = CAUSE.matcher(new String(log.readNBytes(LIMIT_BYTES), StandardCharsets.UTF_8));
            return causes.results().reduce((earlier, later) -> later).map(last -> last.group(1).strip());
        }
    }
}
