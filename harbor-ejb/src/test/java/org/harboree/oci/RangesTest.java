// SPDX-License-Identifier: Apache-2.0
package org.harboree.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class RangesTest {
    @ParameterizedTest
    @ValueSource(strings = {"0-9", "bytes 0-9/10", "bytes 0-9/*", "bytes=0-9", " 0-9 "})
    void shouldReadEveryFormOfAChunksPlace(String header) {
        ContentRange range = ContentRange.parse(header);

        assertThat(range.first()).isZero();
        assertThat(range.last()).isEqualTo(9);
        assertThat(range.length()).isEqualTo(10);
        assertThat(range).hasToString("0-9");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "-", "0", "0 - 9", "a-b", "-5", "0-", "9-5", "0-9223372036854775808",
        "0-9223372036854775807", "+0-9", "0-9/9", "0-9/", "0-9/x", "bytes", "lines 0-9", "0-9-10", "\u0660-\u0669",
        "bytes 0-9/10/11", "0x0-0x9"})
    void shouldRefuseAChunksPlaceThatIsJunk(String header) {
        assertThatThrownBy(() -> ContentRange.parse(header)).isInstanceOfSatisfying(HarborException.class,
                e -> assertThat(e.code()).isEqualTo(ErrorCode.BLOB_UPLOAD_INVALID));
    }

    @ParameterizedTest
    @CsvSource({"bytes=0-0, 0, 0", "bytes=-1, 99, 99", "bytes=5-, 5, 99", "bytes=0-999999999999, 0, 99",
        "bytes=-1000, 0, 99", "BYTES=1-2, 1, 2", "bytes= 1-2, 1, 2", "bytes=99-99999999999999999999, 99, 99"})
    void shouldCutARangeToTheContent(String header, long first, long last) {
        ByteRange range = ByteRange.parse(header, 100).orElseThrow();

        assertThat(range.first()).isEqualTo(first);
        assertThat(range.last()).isEqualTo(last);
        assertThat(range.length()).isEqualTo(last - first + 1);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "bytes", "bytes=", "bytes=-", "bytes=a-b", "bytes=-x", "lines=1-2",
        "bytes=0-1,3-4", "bytes=0-1,", "bytes=0 - 1", "bytes=1-2-3", "bytes=--1"})
    void shouldIgnoreARangeThatIsMalformedOrMultiple(String header) {
        assertThat(ByteRange.parse(header, 100)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=100-", "bytes=100-200", "bytes=-0", "bytes=9-5", "bytes=18446744073709551616-"})
    void shouldRefuseARangeBehindTheEndOrBeforeItsStart(String header) {
        assertThatThrownBy(() -> ByteRange.parse(header, 100)).isInstanceOfSatisfying(HarborException.class,
                e -> assertThat(e.code()).isEqualTo(ErrorCode.RANGE_UNSATISFIABLE));
    }

    @Property
    void shouldReadThePlaceItPrints(@ForAll @LongRange(min = 0, max = Long.MAX_VALUE / 2) long first,
            @ForAll @LongRange(min = 0, max = Long.MAX_VALUE / 2 - 1) long more) {
        ContentRange range = ContentRange.parse(first + "-" + (first + more));

        assertThat(range.length()).isEqualTo(more + 1);
        assertThat(ContentRange.parse(range.toString()).last()).isEqualTo(range.last());
    }

    @Property
    void shouldStayInsideOfTheContent(@ForAll @LongRange(min = 0, max = 20) long first,
            @ForAll @LongRange(min = 0, max = 20) long last, @ForAll @LongRange(min = 21, max = 30) long size) {
        Assume.that(last >= first);

        assertThat(ByteRange.parse("bytes=" + first + "-" + last, size)).hasValueSatisfying(range -> {
            assertThat(range.first()).isEqualTo(first);
            assertThat(range.last()).isBetween(first, size - 1);
        });
    }
}
