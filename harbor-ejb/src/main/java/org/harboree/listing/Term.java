// SPDX-License-Identifier: Apache-2.0
package org.harboree.listing;

import java.util.List;
import java.util.Optional;

/**
 * One condition of a {@link Query}. Values are Strings, Longs, Instants or Booleans, by the {@link Query.Kind} of the
 * key; a DAO binds them, and never puts one into a statement's text.
 */
public sealed interface Term {
    /** The key as the caller's allow-list has it. */
    String key();

    /** {@code key=value}. */
    record Exact(String key, Object value) implements Term {
    }

    /**
     * {@code key=~text}: contains the text, in whatever case.
     *
     * @param text as it was given; {@code %} and {@code _} mean themselves
     */
    record Fuzzy(String key, String text) implements Term {
        /** To be named in the statement: {@code like :pattern escape '!'}. */
        public static final char LIKE_ESCAPE = '!';

        /** The text as a pattern for {@code LIKE}, matching anywhere; case is the statement's matter. */
        public String likePattern() {
            return "%" + text.replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%";
        }
    }

    /** {@code key=[min~max]}, both inclusive; at least one is present. */
    record Range(String key, Optional<Object> min, Optional<Object> max) implements Term {
    }

    /** {@code key={a b}}: equals one of the values; there is at least one. */
    record AnyOf(String key, List<Object> values) implements Term {
        public AnyOf {
            values = List.copyOf(values);
        }
    }

    /** {@code key=(a b)}: has all of the values; there is at least one. */
    record AllOf(String key, List<Object> values) implements Term {
        public AllOf {
            values = List.copyOf(values);
        }
    }
}
