// SPDX-License-Identifier: Apache-2.0
package org.harboree.listing;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;

/**
 * Harbor's filter, the query parameter {@code q}: terms with commas between them, all of which must hold.
 *
 * <pre>
 * key=value      exact             key=[min~max]  range, one end may be missing
 * key=~value     contains          key={a b "c d"}  one of
 * key=\~value    exact, taken as it is              key=(a b)  all of
 * </pre>
 *
 * <p>A value may stand in single or double quotes, which protect commas, spaces and brackets. As in Harbor the text is
 * percent-decoded once more than HTTP asks for, because Harbor's own clients encode it twice. Unlike in Harbor a key
 * that the list does not have is refused, not ignored: a filter that does nothing shows what should be hidden.
 */
public final class Query {
    /** Characters of the longest query. */
    public static final int MAX_CHARS = 8192;
    /** Values of the longest list in a term. */
    public static final int MAX_VALUES = 1000;

    private static final Query NONE = new Query(Map.of());

    private final Map<String, Term> terms;

    /** What a key's values are. */
    public enum Kind {
        /** Anything; a String. */
        TEXT,
        /** Decimal digits, perhaps with a minus; a Long. */
        INTEGER,
        /** UTC, {@code 2006-01-02T15:04:05} or with a space, perhaps with a fraction or Z, or a date; an Instant. */
        TIME,
        /** As Go's {@code ParseBool}: true, t, 1, false, f, 0; a Boolean. */
        FLAG
    }

    private Query(Map<String, Term> terms) {
        this.terms = terms;
    }

    /** The query that all items pass. */
    public static Query none() {
        return NONE;
    }

    /**
     * Reads the query parameter {@code q}.
     *
     * @param q as HTTP decoded it; null or empty for no condition
     * @param keys the keys that this list can be filtered by
     * @throws HarborException BAD_REQUEST for an unknown or repeated key, a value of another kind, malformed text, or
     *     more than {@link #MAX_CHARS} or {@link #MAX_VALUES}
     */
    public static Query parse(String q, Map<String, Kind> keys) {
        if (q == null || q.isEmpty()) {
            return NONE;
        }
        if (q.length() > MAX_CHARS) {
            throw invalid("the query is longer than " + MAX_CHARS + " characters");
        }
        QueryReader reader = new QueryReader(Percent.decode(q).orElse(q), keys);
        Map<String, Term> terms = new LinkedHashMap<>();
        do {
            Term term = reader.term();
            if (terms.put(term.key(), term) != null) {
                throw invalid("the query has a key twice");
            }
        } while (reader.hasMore());
        return new Query(terms);
    }

    /**
     * The text of a query that {@link #parse} reads as: the key contains that text. A text with both kinds of quotes
     * loses one kind, as nothing that is listed has quotes in its name.
     */
    public static String contains(String key, String text) {
        return key + "=~" + quoted(text);
    }

    /** The text of a query that {@link #parse} reads as: the key is that text; quotes as in {@link #contains}. */
    public static String equal(String key, String text) {
        return key + "=" + quoted(text);
    }

    private static String quoted(String text) {
        String encoded = text.replace("%", "%25");
        return encoded.indexOf('"') < 0 ? '"' + encoded + '"' : "'" + encoded.replace("'", "") + "'";
    }

    /** In the order given; no key stands twice. */
    public List<Term> terms() {
        return List.copyOf(terms.values());
    }

    /** The condition on one key, for lists that treat it in their own way. */
    public Optional<Term> term(String key) {
        return Optional.ofNullable(terms.get(key));
    }

    public boolean isEmpty() {
        return terms.isEmpty();
    }

    static HarborException invalid(String message) {
        return new HarborException(ErrorCode.BAD_REQUEST, message);
    }
}
