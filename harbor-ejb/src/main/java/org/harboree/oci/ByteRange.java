// SPDX-License-Identifier: Apache-2.0
package org.harboree.oci;

import java.util.Locale;
import java.util.Optional;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;

/**
 * The one part of a blob that a {@code Range} header asks for (RFC 9110, section 14.1.2), cut to the blob's size.
 *
 * <p>Several ranges in one header are not served as such: they buy nothing for a registry's clients and multiply work.
 */
public final class ByteRange {
    private static final String UNIT = "bytes=";

    private final long first;
    private final long last;

    private ByteRange(long first, long last) {
        this.first = first;
        this.last = last;
    }

    /**
     * Reads the header for content of the given size.
     *
     * @param rangeHeader the header, or null where the request has none
     * @param size of the whole content in bytes
     * @return empty where the header is to be ignored and all served: absent, malformed, other unit, several ranges
     * @throws HarborException RANGE_UNSATISFIABLE if the range starts behind the content's end
     */
    public static Optional<ByteRange> parse(String rangeHeader, long size) {
        if (rangeHeader == null || !rangeHeader.strip().toLowerCase(Locale.ROOT).startsWith(UNIT)) {
            return Optional.empty();
        }
        String range = rangeHeader.strip().substring(UNIT.length()).strip();
        int dash = range.indexOf('-');
        if (dash < 0) {
            return Optional.empty();
        }
        String start = range.substring(0, dash);
        String end = range.substring(dash + 1);
        return start.isEmpty() ? suffix(end, size) : fromStart(start, end, size);
    }

    /** Offset of the first byte. */
    public long first() {
        return first;
    }

    /** Offset of the last byte, inclusive. */
    public long last() {
        return last;
    }

    /** Number of bytes, at least 1. */
    public long length() {
        return last - first + 1;
    }

    private static Optional<ByteRange> suffix(String digits, long size) {
        long count = Decimal.parse(digits);
        if (count == Decimal.MALFORMED) {
            return Optional.empty();
        }
        if (count == 0) {
            throw unsatisfiable(size);
        }
        return size == 0 ? Optional.empty() : Optional.of(new ByteRange(Math.max(0, size - count), size - 1));
    }

    private static Optional<ByteRange> fromStart(String start, String end, long size) {
        long first = Decimal.parse(start);
        long last = end.isEmpty() ? Long.MAX_VALUE : Decimal.parse(end);
        if (first == Decimal.MALFORMED || last == Decimal.MALFORMED) {
            return Optional.empty();
        }
        if (first >= size || last < first) {
            throw unsatisfiable(size);
        }
        return Optional.of(new ByteRange(first, Math.min(last, size - 1)));
    }

    private static HarborException unsatisfiable(long size) {
        return new HarborException(ErrorCode.RANGE_UNSATISFIABLE, "the range is outside of the blob", "size " + size);
    }
}
