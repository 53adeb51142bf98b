// SPDX-License-Identifier: Apache-2.0
package org.harboree.listing;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;

/**
 * The order of a list: {@code sort=a,-b} means by a, then by b descending.
 *
 * <p>Harbor passes over keys that it does not know; here they are refused, since an order by a hidden column would tell
 * what is in it.
 */
public final class Sort {
    private final List<Key> keys;

    /**
     * One step of the order.
     *
     * @param name as the caller's allow-list has it
     */
    public record Key(String name, boolean descending) {
    }

    private Sort(List<Key> keys) {
        this.keys = List.copyOf(keys);
    }

    /** An order that the list itself chose. */
    public static Sort by(Key... keys) {
        return new Sort(List.of(keys));
    }

    /**
     * Reads the query parameter {@code sort}.
     *
     * @param sort null or empty for the default
     * @param allowed the keys of this list
     * @param byDefault the order where none is asked for
     * @throws HarborException BAD_REQUEST for an unknown, empty or repeated key
     */
    public static Sort parse(String sort, Set<String> allowed, Sort byDefault) {
        if (sort == null || sort.isEmpty()) {
            return byDefault;
        }
        List<Key> keys = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (String text : sort.split(",", allowed.size() + 1)) {
            boolean descending = text.startsWith("-");
            String name = descending ? text.substring(1) : text;
            if (!allowed.contains(name) || !seen.add(name)) {
                throw new HarborException(ErrorCode.BAD_REQUEST, "invalid sort key");
            }
            keys.add(new Key(name, descending));
        }
        return new Sort(keys);
    }

    /** In order of weight. */
    public List<Key> keys() {
        return keys;
    }
}
