// SPDX-License-Identifier: Apache-2.0
package org.harboree.listing;

import java.util.List;
import java.util.function.Function;

/**
 * One page of a list.
 *
 * @param items in the order asked for
 * @param total number of items on all pages, for {@code X-Total-Count}
 */
public record Page<T>(List<T> items, long total) {
    public Page {
        items = List.copyOf(items);
    }

    /** The same page with its items in another form. */
    public <R> Page<R> map(Function<? super T, ? extends R> form) {
        return new Page<>(items.stream().<R>map(form).toList(), total);
    }
}
