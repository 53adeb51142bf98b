// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.badinput;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A section of the catalogue. */
final class Table {
    private final String title;
    private final List<Row> rows = new ArrayList<>();

    Table(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    List<Row> rows() {
        return rows;
    }

    Row row(String id, String title) {
        Row row = new Row(id, title);
        rows.add(row);
        return row;
    }

    /** One request, and what it may be answered. */
    Row row(String id, String title, Ask ask, String... outcomes) {
        return row(id, title).ask(ask, outcomes);
    }

    /** One row for each of several inputs that must be answered the same way. */
    void each(String id, String title, List<String> inputs, Function<String, Ask> ask, String... outcomes) {
        for (String input : inputs) {
            row(id, title + ": " + shown(input), ask.apply(input), outcomes);
        }
    }

    private static String shown(String input) {
        String printable = input.replaceAll("\\p{Cntrl}", "?");
        return printable.length() > 60 ? printable.substring(0, 60) + "... (" + input.length() + ")" : printable;
    }
}
