// SPDX-License-Identifier: Apache-2.0
package org.harboree.job;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;
import org.harboree.error.Reason;

/**
 * Harbor's six-field cron, in UTC: second, minute, hour, day of month, month, day of week.
 *
 * <p>A field is a list of {@code *}, {@code ?}, {@code a}, {@code a-b}, each with {@code /step}; months and days of the
 * week also by their English three-letter names; Sunday is 0. Where both day fields are restricted a day that meets
 * either is meant, as in every cron.
 */
public final class Cron {
    /** February 29 comes again after eight years at the latest (1896 to 1904, 2096 to 2104). */
    private static final int YEARS_AHEAD = 9;

    private static final int MAX_LENGTH = 128;

    private static final Map<String, Integer> MONTHS = numbered(1, "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL",
            "AUG", "SEP", "OCT", "NOV", "DEC");
    private static final Map<String, Integer> DAYS = numbered(0, "SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");

    private static final List<Field> FIELDS = List.of(new Field("second", 0, 59, Map.of()),
            new Field("minute", 0, 59, Map.of()), new Field("hour", 0, 23, Map.of()),
            new Field("day of month", 1, 31, Map.of()), new Field("month", 1, 12, MONTHS),
            new Field("day of week", 0, 6, DAYS));

    private final String text;
    private final List<Values> fields;

    /** What a field may hold. */
    private record Field(String name, int min, int max, Map<String, Integer> names) {
    }

    /** What a field holds: bit n for the number n; whether it is restricted at all. */
    private record Values(long bits, boolean restricted) {
        boolean contains(int number) {
            return (bits >>> number & 1) == 1;
        }

        /** The first number from there on, -1 if there is none. */
        int from(int number) {
            long rest = number > 63 ? 0 : bits >>> number;
            return rest == 0 ? -1 : number + Long.numberOfTrailingZeros(rest);
        }

        int first() {
            return Long.numberOfTrailingZeros(bits);
        }
    }

    private Cron(String text, List<Values> fields) {
        this.text = text;
        this.fields = fields;
    }

    /**
     * Reads an expression.
     *
     * @throws HarborException BAD_REQUEST if it is none, or names a day that never comes
     */
    public static Cron parse(String text) {
        String[] parts = text.strip().split("[ \t]+");
        if (text.length() > MAX_LENGTH || parts.length != FIELDS.size()) {
            throw invalid(text, "it must have " + FIELDS.size() + " fields, in " + MAX_LENGTH + " characters");
        }
        Values[] fields = new Values[parts.length];
        for (int i = 0; i < parts.length; i++) {
            fields[i] = values(text, FIELDS.get(i), parts[i]);
        }
        Cron cron = new Cron(String.join(" ", parts), List.of(fields));
        if (cron.after(Instant.EPOCH).isEmpty()) {
            throw invalid(text, "there is no such day");
        }
        return cron;
    }

    /** The first moment after that one; empty only at the end of time. */
    public Optional<Instant> after(Instant moment) {
        LocalDateTime start = LocalDateTime.ofInstant(moment, ZoneOffset.UTC).truncatedTo(ChronoUnit.SECONDS)
                .plusSeconds(1);
        LocalDateTime time = start;
        while (time.getYear() <= start.getYear() + YEARS_AHEAD) {
            LocalDateTime next = step(time);
            if (next.equals(time)) {
                return Optional.of(time.toInstant(ZoneOffset.UTC));
            }
            time = next;
        }
        return Optional.empty();
    }

    /** The same moment if every field holds it, else the earliest that the first field which does not would hold. */
    private LocalDateTime step(LocalDateTime time) {
        Values months = fields.get(4);
        if (!months.contains(time.getMonthValue())) {
            int month = months.from(time.getMonthValue());
            LocalDateTime first = time.truncatedTo(ChronoUnit.DAYS).withDayOfMonth(1);
            return month < 0 ? first.withMonth(1).plusYears(1) : first.withMonth(month);
        }
        if (!isDay(time)) {
            return time.truncatedTo(ChronoUnit.DAYS).plusDays(1);
        }
        if (!fields.get(2).contains(time.getHour())) {
            int hour = fields.get(2).from(time.getHour());
            LocalDateTime day = time.truncatedTo(ChronoUnit.DAYS);
            return hour < 0 ? day.plusDays(1) : day.withHour(hour);
        }
        if (!fields.get(1).contains(time.getMinute())) {
            int minute = fields.get(1).from(time.getMinute());
            LocalDateTime hour = time.truncatedTo(ChronoUnit.HOURS);
            return minute < 0 ? hour.plusHours(1) : hour.withMinute(minute);
        }
        if (!fields.get(0).contains(time.getSecond())) {
            int second = fields.get(0).from(time.getSecond());
            LocalDateTime minute = time.truncatedTo(ChronoUnit.MINUTES);
            return second < 0 ? minute.plusMinutes(1) : minute.withSecond(second);
        }
        return time;
    }

    private boolean isDay(LocalDateTime time) {
        Values monthDays = fields.get(3);
        Values weekDays = fields.get(5);
        boolean monthDay = monthDays.contains(time.getDayOfMonth());
        boolean weekDay = weekDays.contains(time.getDayOfWeek().getValue() % 7);
        return monthDays.restricted() && weekDays.restricted() ? monthDay || weekDay : monthDay && weekDay;
    }

    /** Whether it may be due more than once in a minute. */
    public boolean isWithinMinute() {
        return Long.bitCount(fields.get(0).bits()) > 1;
    }

    /** Whether it is due in each minute of its hours. */
    public boolean isEveryMinute() {
        return Long.bitCount(fields.get(1).bits()) == 60;
    }

    /** The second of the first run in a minute. */
    public int firstSecond() {
        return fields.get(0).first();
    }

    /** The expression, with single spaces. */
    @Override
    public String toString() {
        return text;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Cron cron && cron.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    private static Values values(String text, Field field, String list) {
        long bits = 0;
        boolean restricted = true;
        for (String item : list.split(",", -1)) {
            String[] stepped = item.split("/", -1);
            boolean any = stepped[0].equals("*") || stepped[0].equals("?");
            String[] range = any ? new String[] {"" + field.min(), "" + field.max()} : stepped[0].split("-", -1);
            if (stepped.length > 2 || range.length > 2) {
                throw invalid(text, "there is no " + field.name() + " " + item);
            }
            int first = number(text, field, range[0]);
            int step = stepped.length == 2 ? step(text, field, stepped[1]) : 1;
            int last = range.length == 2 ? number(text, field, range[1]) : stepped.length == 2 ? field.max() : first;
            if (first > last) {
                throw invalid(text, "the " + field.name() + " " + item + " ends before it begins");
            }
            for (int number = first; number <= last; number += step) {
                bits |= 1L << number;
            }
            restricted &= !any || step > 1;
        }
        return new Values(bits, restricted);
    }

    private static int number(String text, Field field, String word) {
        Integer named = field.names().get(word.toUpperCase(Locale.ROOT));
        int number = named != null ? named : word.matches("[0-9]{1,2}") ? Integer.parseInt(word) : -1;
        if (number < field.min() || number > field.max()) {
            throw invalid(text, "the " + field.name() + " must be from " + field.min() + " to " + field.max());
        }
        return number;
    }

    private static int step(String text, Field field, String word) {
        if (!word.matches("[1-9][0-9]?")) {
            throw invalid(text, "the step of the " + field.name() + " must be from 1 to 99");
        }
        return Integer.parseInt(word);
    }

    private static Map<String, Integer> numbered(int first, String... names) {
        Map<String, Integer> numbers = new HashMap<>();
        for (int i = 0; i < names.length; i++) {
            numbers.put(names[i], first + i);
        }
        return Map.copyOf(numbers);
    }

    private static HarborException invalid(String text, String reason) {
        String shown = text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) : text;
        return new HarborException(ErrorCode.BAD_REQUEST, "invalid cron string " + shown + ": " + reason)
                .because(Reason.SCHEDULE_INVALID);
    }
}
