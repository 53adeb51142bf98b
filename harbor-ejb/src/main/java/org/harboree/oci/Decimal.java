// SPDX-License-Identifier: Apache-2.0
package org.harboree.oci;

/** Digits of a header to a number; {@link Long#parseLong} would take signs and other scripts' digits. */
final class Decimal {
    /** What {@link #parse} answers for text that is not a number. */
    static final long MALFORMED = -1;

    private Decimal() {
    }

    /** The value of one or more ASCII digits, at most {@link Long#MAX_VALUE}; {@link #MALFORMED} for other text. */
    static long parse(String digits) {
        if (digits.isEmpty()) {
            return MALFORMED;
        }
        long value = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return MALFORMED;
            }
            value = value > (Long.MAX_VALUE - digit) / 10 ? Long.MAX_VALUE : value * 10 + digit;
        }
        return value;
    }
}
