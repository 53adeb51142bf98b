// SPDX-License-Identifier: Apache-2.0
package org.harboree.storage.filesystem;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One successful system call of a trace ({@code strace -f -yy}).
 *
 * @param name  as in the trace
 * @param paths of the files it names, by path or by descriptor, in order
 * @param begin number of the line on which it began
 * @param end   number of the line on which it returned; other threads may have been between the two
 */
record Syscall(String name, List<String> paths, int begin, int end) {
    private static final Pattern LINE = Pattern.compile("(\\d+)\\s+(?:<\\.\\.\\. (\\w+) resumed>)?(.*)");
    private static final Pattern CALL = Pattern.compile("(\\w+)\\((.*)");
    private static final Pattern PATH = Pattern.compile("\\d+<(/[^>]*)>|\"(/[^\"]*)\"");
    private static final Pattern FAILED = Pattern.compile(".*\\) += -1 .*");

    private record Begun(String text, int line) {
    }

    /** The calls of a trace in the order in which they returned; those that failed are left out. */
    static List<Syscall> parse(List<String> trace) {
        Map<String, Begun> unfinished = new HashMap<>();
        List<Syscall> calls = new ArrayList<>();
        for (int line = 0; line < trace.size(); line++) {
            Matcher parts = LINE.matcher(trace.get(line));
            if (!parts.matches()) {
                continue;
            }
            Begun begun = new Begun(parts.group(3), line);
            if (parts.group(2) != null) {
                Begun first = unfinished.remove(parts.group(1));
                begun = new Begun(first.text() + parts.group(3), first.line());
            }
            if (begun.text().endsWith("<unfinished ...>")) {
                unfinished.put(parts.group(1), begun);
            } else {
                add(begun, line, calls);
            }
        }
        return calls;
    }

    private static void add(Begun begun, int end, List<Syscall> calls) {
        Matcher call = CALL.matcher(begun.text());
        if (!call.matches() || FAILED.matcher(begun.text()).matches()) {
            return;
        }
        List<String> paths = new ArrayList<>();
        Matcher path = PATH.matcher(call.group(2));
        while (path.find()) {
            paths.add(path.group(1) == null ? path.group(2) : path.group(1));
        }
        calls.add(new Syscall(call.group(1), paths, begun.line(), end));
    }

    boolean is(String wanted, String path) {
        return name.equals(wanted) && path().equals(path);
    }

    /** The first path, empty if there is none. */
    String path() {
        return paths.isEmpty() ? "" : paths.get(0);
    }
}
