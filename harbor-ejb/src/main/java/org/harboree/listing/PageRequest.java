// SPDX-License-Identifier: Apache-2.0
package org.harboree.listing;

import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;

/**
 * Which part of a list is wanted, by Harbor's rules: page 1 and 10 items by default, at most 100; a size of 0 or less
 * means everything, a page of 0 or less the first one. Harbor's own command line asks for page 0.
 *
 * @param page counted from 1
 * @param pageSize 0 for everything, else 1 to 100 items
 */
public record PageRequest(int page, int pageSize) {
    public static final int DEFAULT_SIZE = 10;
    public static final int MAX_SIZE = 100;

    private static final int EVERYTHING = 0;

    /** @throws HarborException UNPROCESSABLE_ENTITY if the page is too large */
    public PageRequest {
        if (pageSize > MAX_SIZE) {
            throw invalid("page_size in query should be less than or equal to " + MAX_SIZE);
        }
        page = Math.max(1, page);
        pageSize = Math.max(EVERYTHING, pageSize);
    }

    /** The first page in the default size. */
    public static PageRequest first() {
        return new PageRequest(1, DEFAULT_SIZE);
    }

    /** All items on one page. */
    public static PageRequest everything() {
        return new PageRequest(1, EVERYTHING);
    }

    /**
     * Reads the query parameters {@code page} and {@code page_size}; null or empty means the default.
     *
     * @throws HarborException UNPROCESSABLE_ENTITY if one is not a number or out of its bounds
     */
    public static PageRequest parse(String page, String pageSize) {
        return new PageRequest(number("page", page, 1), number("page_size", pageSize, DEFAULT_SIZE));
    }

    public boolean isEverything() {
        return pageSize == EVERYTHING;
    }

    /** Items before this page; capped at {@link Integer#MAX_VALUE}, behind the end of any list. */
    public int offset() {
        return isEverything() ? 0 : (int) Math.min(Integer.MAX_VALUE, (page - 1L) * pageSize);
    }

    /** Most items on this page; {@link Integer#MAX_VALUE} for everything. */
    public int limit() {
        return isEverything() ? Integer.MAX_VALUE : pageSize;
    }

    /** A page number beyond int lies behind the end of any list, as does the largest int. */
    private static int number(String name, String text, int byDefault) {
        if (text == null || text.isEmpty()) {
            return byDefault;
        }
        try {
            return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, Long.parseLong(text)));
        } catch (NumberFormatException e) {
            throw invalid(name + " in query must be of type int64");
        }
    }

    private static HarborException invalid(String message) {
        return new HarborException(ErrorCode.UNPROCESSABLE_ENTITY, "validation failure list:\n" + message);
    }
}
