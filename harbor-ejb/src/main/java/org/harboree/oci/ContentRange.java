// SPDX-License-Identifier: Apache-2.0
package org.harboree.oci;

import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;

/**
 * Where a chunk of an upload lies: the {@code Content-Range} of a {@code PATCH} or of the closing {@code PUT}.
 *
 * <p>The Distribution Spec ("Pushing a blob in chunks") writes {@code <start>-<end>}; older clients write HTTP's
 * {@code bytes a-b/c} or {@code bytes=a-b}. Both ends are inclusive, so a chunk has at least one byte.
 */
public final class ContentRange {
    private final long first;
    private final long last;

    private ContentRange(long first, long last) {
        this.first = first;
        this.last = last;
    }

    /**
     * Reads the header.
     *
     * @throws HarborException BLOB_UPLOAD_INVALID if it has none of the three forms, or ends before it starts
     */
    public static ContentRange parse(String header) {
        if (header == null) {
            throw invalid(null);
        }
        String range = withoutUnit(header.strip());
        int slash = range.indexOf('/');
        String total = slash < 0 ? "*" : range.substring(slash + 1);
        range = slash < 0 ? range : range.substring(0, slash);
        int dash = range.indexOf('-');
        if (dash < 0) {
            throw invalid(header);
        }
        long first = number(range.substring(0, dash), header);
        long last = number(range.substring(dash + 1), header);
        if (last < first || !total.equals("*") && number(total, header) <= last) {
            throw invalid(header);
        }
        return new ContentRange(first, last);
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

    /** The form of the Distribution Spec. */
    @Override
    public String toString() {
        return first + "-" + last;
    }

    private static String withoutUnit(String header) {
        return header.startsWith("bytes=") || header.startsWith("bytes ") ? header.substring(6).strip() : header;
    }

    /** Sizes end at 2^63-2, so that a length never overflows. */
    private static long number(String digits, String header) {
        long number = Decimal.parse(digits);
        if (number < 0 || number == Long.MAX_VALUE) {
            throw invalid(header);
        }
        return number;
    }

    private static HarborException invalid(String header) {
        return new HarborException(ErrorCode.BLOB_UPLOAD_INVALID, "invalid Content-Range", header);
    }
}
