// SPDX-License-Identifier: Apache-2.0
package org.harboree.console;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.text.NumberFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.harboree.oci.Digest;

/** Numbers, bytes and times as the visitor's language writes them; {@code #{formats}} in pages. */
@Named
@RequestScoped
public class Formats {
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
    private static final int DIGEST_DIGITS = 8;
    private static final int STEP = 1024;
    private static final long DAYS_OF_MONTH = 30;
    private static final long DAYS_OF_YEAR = 365;

    @Inject
    private Preferences preferences;

    @Inject
    private Text text;

    /** {@code 1,204}. */
    public String count(long number) {
        return NumberFormat.getIntegerInstance(preferences.getLocale()).format(number);
    }

    /** Three digits and a binary unit: {@code 68.2 MiB}. */
    public String bytes(long bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= STEP && unit < UNITS.length - 1) {
            value /= STEP;
            unit++;
        }
        NumberFormat format = NumberFormat.getNumberInstance(preferences.getLocale());
        format.setMaximumFractionDigits(unit == 0 || value >= 100 ? 0 : 1);
        return format.format(value) + " " + UNITS[unit];
    }

    /** All digits: {@code 71,512,064 bytes}. */
    public String exactBytes(long bytes) {
        return text.of("format.bytes", bytes);
    }

    /** How long ago: {@code 3 h ago}. */
    public String ago(Instant time) {
        Duration age = Duration.between(time, Instant.now());
        long days = age.toDays();
        if (age.toMinutes() < 1) {
            return text.of("format.justNow");
        }
        if (age.toHours() < 1) {
            return text.of("format.minutesAgo", age.toMinutes());
        }
        if (days < 1) {
            return text.of("format.hoursAgo", age.toHours());
        }
        if (days < DAYS_OF_MONTH) {
            return text.of("format.daysAgo", days);
        }
        return days < DAYS_OF_YEAR ? text.of("format.monthsAgo", days / DAYS_OF_MONTH)
                : text.of("format.yearsAgo", days / DAYS_OF_YEAR);
    }

    /** How long something took, to the second: {@code 2 min 5 s}. */
    public String duration(Instant from, Instant to) {
        Duration took = Duration.between(from, to);
        if (took.toMinutes() < 1) {
            return text.of("format.seconds", Math.max(0, took.toSeconds()));
        }
        return took.toHours() < 1 ? text.of("format.minutes", took.toMinutes(), took.toSecondsPart())
                : text.of("format.hours", took.toHours(), took.toMinutesPart());
    }

    /** The first {@value #DIGEST_DIGITS} digits, behind the algorithm: {@code sha256:2e0d8d04}. */
    public String digest(String digest) {
        int digits = digest.indexOf(':') + 1;
        return digest.substring(0, Math.min(digest.length(), digits + DIGEST_DIGITS));
    }

    /** A tag as it is, a digest as {@link #digest}. */
    public String reference(String reference) {
        return Digest.isDigest(reference) ? digest(reference) : reference;
    }

    /** The first so many of a list, for a cell. */
    public List<String> first(List<String> all, int count) {
        return all.subList(0, Math.min(count, all.size()));
    }

    /** All of a list in one line, for a tooltip. */
    public String joined(List<String> all) {
        return String.join(", ", all);
    }

    /** Date and time of day with the zone, which is UTC. */
    public String moment(Instant time) {
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.LONG, FormatStyle.MEDIUM)
                .withLocale(preferences.getLocale()).format(time.atZone(ZoneOffset.UTC)) + " UTC";
    }

    /** ISO 8601 in seconds, for machines. */
    public String iso(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
