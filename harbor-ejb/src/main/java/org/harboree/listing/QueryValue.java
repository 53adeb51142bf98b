// SPDX-License-Identifier: Apache-2.0
package org.harboree.listing;

import static org.harboree.listing.Query.invalid;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Set;
import java.util.regex.Pattern;

/** Text of a {@code q} to a value of its key's kind. */
final class QueryValue {
    private static final Pattern TIME = Pattern.compile(
            "(\\d{4}-\\d{2}-\\d{2})(?:[T ](\\d{2}:\\d{2}:\\d{2}(?:\\.\\d{1,9})?)Z?)?");
    private static final DateTimeFormatter ISO = DateTimeFormatter.ISO_LOCAL_DATE_TIME
            .withResolverStyle(ResolverStyle.STRICT);
    private static final Set<String> TRUE = Set.of("1", "t", "T", "true", "TRUE", "True");
    private static final Set<String> FALSE = Set.of("0", "f", "F", "false", "FALSE", "False");

    private QueryValue() {
    }

    /** @throws org.harboree.error.HarborException BAD_REQUEST if the text is not of that kind */
    static Object parse(String text, Query.Kind kind) {
        return switch (kind) {
            case TEXT -> text;
            case INTEGER -> integer(text);
            case TIME -> time(text);
            case FLAG -> flag(text);
        };
    }

    private static Long integer(String text) {
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException e) {
            throw invalid("the query has a value that must be an integer");
        }
    }

    /** A date alone is its first moment. */
    private static Instant time(String text) {
        var matcher = TIME.matcher(text);
        try {
            if (matcher.matches()) {
                String time = matcher.group(2) == null ? "00:00:00" : matcher.group(2);
                return LocalDateTime.parse(matcher.group(1) + "T" + time, ISO).toInstant(ZoneOffset.UTC);
            }
        } catch (DateTimeException e) {
            // Told below: digits in the right places, but no such day or hour.
        }
        throw invalid("the query has a value that must be a time such as 2006-01-02T15:04:05");
    }

    private static Boolean flag(String text) {
        if (!TRUE.contains(text) && !FALSE.contains(text)) {
            throw invalid("the query has a value that must be true or false");
        }
        return TRUE.contains(text);
    }
}
