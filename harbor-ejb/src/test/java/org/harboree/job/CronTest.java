// SPDX-License-Identifier: Apache-2.0
package org.harboree.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronTest {
    @ParameterizedTest(name = "{0} after {1}")
    @CsvSource(delimiter = '|', textBlock = """
            0 0 0 * * *         | 2026-11-24T09:00:00Z | 2026-11-25T00:00:00Z
            0 0 * * * *         | 2026-11-24T09:00:00Z | 2026-11-24T10:00:00Z
            0 0 * * * *         | 2026-11-24T08:59:59.999999Z | 2026-11-24T09:00:00Z
            0 0 0 29 2 *        | 2026-11-24T09:00:00Z | 2028-02-29T00:00:00Z
            0 0 0 29 2 *        | 2096-02-29T00:00:00Z | 2104-02-29T00:00:00Z
            0 0 0 31 * *        | 2026-11-24T00:00:00Z | 2026-12-31T00:00:00Z
            0 0 0 * * 0         | 2026-11-24T00:00:00Z | 2026-11-29T00:00:00Z
            0 0 0 * * SUN       | 2026-11-29T00:00:00Z | 2026-12-06T00:00:00Z
            0 0 0 13 * 5        | 2026-11-24T00:00:00Z | 2026-11-27T00:00:00Z
            0 0 0 13 * ?        | 2026-11-24T00:00:00Z | 2026-12-13T00:00:00Z
            0 0 0 */1 * 5       | 2026-11-24T00:00:00Z | 2026-11-27T00:00:00Z
            0 0 0 1 JAN,jul *   | 2026-11-24T00:00:00Z | 2027-01-01T00:00:00Z
            */15 * * * * *      | 2026-11-24T09:00:46Z | 2026-11-24T09:01:00Z
            0 5/20 * * * *      | 2026-11-24T09:46:00Z | 2026-11-24T10:05:00Z
            0 0 22-23,1 * * *   | 2026-11-24T23:30:00Z | 2026-11-25T01:00:00Z
            30 59 23 31 12 *    | 2026-12-31T23:59:30Z | 2027-12-31T23:59:30Z
            0 30 2 29 3 *       | 2026-01-01T00:00:00Z | 2026-03-29T02:30:00Z
            """)
    void shouldBeDueNext(String cron, String now, String next) {
        assertThat(Cron.parse(cron).after(Instant.parse(now))).contains(Instant.parse(next));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "* * * * *", "0 0 0 * * * *", "60 * * * * *", "0 60 * * * *", "0 0 24 * * *",
        "0 0 0 0 * *", "0 0 0 32 * *", "0 0 0 * 13 *", "0 0 0 * * 7", "0 0 0 31 2 *", "0 0 0 30 FEB *", "0 0 0 31 4,6 *",
        "0 0 0 5-2 * *", "0 */0 * * * *", "0 */-1 * * * *", "0 1-2-3 * * * *", "0 1/2/3 * * * *", "0 , * * * *",
        "0 a * * * *", "0 1.5 * * * *", "@daily", "0 0 0 L * *", "0 0 0 * * FRIDAY", "-1 * * * * *", "0 \u0661 * * * *"})
    void shouldRefuseWhatIsNoExpressionOrNeverComes(String cron) {
        assertThatThrownBy(() -> Cron.parse(cron)).isInstanceOfSatisfying(HarborException.class,
                refused -> assertThat(refused.code()).isEqualTo(ErrorCode.BAD_REQUEST));
    }

    @Property
    void shouldHoldEachFieldAtTheNextTimeAndAtNoneBefore(@ForAll @LongRange(min = 0, max = 4_000_000_000L) long now,
            @ForAll @IntRange(max = 59) int minute, @ForAll @IntRange(max = 23) int hour,
            @ForAll @IntRange(min = 1, max = 12) int month) {
        Instant from = Instant.ofEpochSecond(now);
        Instant next = Cron.parse("0 " + minute + " " + hour + " * " + month + " *").after(from).orElseThrow();

        LocalDateTime time = LocalDateTime.ofInstant(next, ZoneOffset.UTC);
        assertThat(time.getMinute()).isEqualTo(minute);
        assertThat(time.getHour()).isEqualTo(hour);
        assertThat(time.getMonthValue()).isEqualTo(month);
        assertThat(next).isAfter(from);
        Instant dayBefore = next.minusSeconds(86_400);
        assertThat(dayBefore.isAfter(from) && LocalDateTime.ofInstant(dayBefore, ZoneOffset.UTC).getMonthValue() == month)
                .as("a day earlier would have done").isFalse();
    }
}
