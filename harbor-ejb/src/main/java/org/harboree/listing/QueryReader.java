// SPDX-License-Identifier: Apache-2.0
package org.harboree.listing;

import static org.harboree.listing.Query.invalid;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a decoded {@code q} from left to right, each character once. */
final class QueryReader {
    private static final String BRACKETS = "[]{}()";
    private static final char END = '\0';

    private final String text;
    private final Map<String, Query.Kind> keys;
    private int at;

    /** @throws org.harboree.error.HarborException BAD_REQUEST for control characters, which no value needs */
    QueryReader(String text, Map<String, Query.Kind> keys) {
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw invalid("the query has a control character");
        }
        this.text = text;
        this.keys = keys;
    }

    /** Steps over the comma between two terms. */
    boolean hasMore() {
        return take(',');
    }

    Term term() {
        int equals = text.indexOf('=', at);
        String key = equals < 0 ? "" : text.substring(at, equals);
        Query.Kind kind = keys.get(key);
        if (kind == null) {
            throw invalid("the query has a term without \"=\" or a key that this list cannot be filtered by");
        }
        at = equals + 1;
        Term term = switch (peek()) {
            case '~' -> fuzzy(key, kind);
            case '[' -> range(key, kind);
            case '{' -> new Term.AnyOf(key, list(kind, '}'));
            case '(' -> new Term.AllOf(key, list(kind, ')'));
            default -> new Term.Exact(key, QueryValue.parse(single(), kind));
        };
        if (at < text.length() && peek() != ',') {
            throw invalid("the query has something behind a closed value");
        }
        return term;
    }

    private Term fuzzy(String key, Query.Kind kind) {
        at++;
        String part = single();
        if (kind != Query.Kind.TEXT || part.isEmpty()) {
            throw invalid("a fuzzy match needs a text");
        }
        return new Term.Fuzzy(key, part);
    }

    /** A value of its own: quoted, escaped by a backslash, or plain up to the next comma. */
    private String single() {
        if (isQuote(peek())) {
            return quoted();
        }
        boolean escaped = take('\\');
        int comma = text.indexOf(',', at);
        String value = text.substring(at, comma < 0 ? text.length() : comma);
        if (value.isEmpty() || !escaped && value.indexOf('=') >= 0) {
            throw invalid("the query has an empty value or one with \"=\" that is not quoted");
        }
        at += value.length();
        return value;
    }

    private Term range(String key, Query.Kind kind) {
        at++;
        Optional<Object> min = rangeEnd(kind);
        require('~');
        Optional<Object> max = rangeEnd(kind);
        require(']');
        if (kind == Query.Kind.FLAG || min.isEmpty() && max.isEmpty()) {
            throw invalid("a range needs a lower or an upper end");
        }
        return new Term.Range(key, min, max);
    }

    private Optional<Object> rangeEnd(Query.Kind kind) {
        skipSpaces();
        if (isQuote(peek())) {
            Object value = QueryValue.parse(quoted(), kind);
            skipSpaces();
            return Optional.of(value);
        }
        String value = plain("~").strip();
        return value.isEmpty() ? Optional.empty() : Optional.of(QueryValue.parse(value, kind));
    }

    private List<Object> list(Query.Kind kind, char close) {
        at++;
        List<Object> values = new ArrayList<>();
        skipSpaces();
        while (!take(close)) {
            if (values.size() == Query.MAX_VALUES) {
                throw invalid("a list in the query has more than " + Query.MAX_VALUES + " values");
            }
            values.add(QueryValue.parse(isQuote(peek()) ? quoted() : plain(" "), kind));
            if (peek() != ' ' && peek() != close) {
                throw invalid("a list in the query is not closed or has a bracket in a value");
            }
            skipSpaces();
        }
        if (values.isEmpty()) {
            throw invalid("a list in the query is empty");
        }
        return values;
    }

    /** Up to a separator, bracket, comma or the end, whichever comes first. */
    private String plain(String separators) {
        int start = at;
        while (at < text.length() && text.charAt(at) != ',' && separators.indexOf(text.charAt(at)) < 0
                && BRACKETS.indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return text.substring(start, at);
    }

    private String quoted() {
        int close = text.indexOf(peek(), at + 1);
        if (close < 0) {
            throw invalid("the query has a quote that is not closed");
        }
        String value = text.substring(at + 1, close);
        at = close + 1;
        return value;
    }

    private void require(char c) {
        if (!take(c)) {
            throw invalid("a range in the query is malformed");
        }
    }

    private boolean take(char c) {
        boolean there = peek() == c;
        if (there) {
            at++;
        }
        return there;
    }

    private void skipSpaces() {
        while (peek() == ' ') {
            at++;
        }
    }

    private char peek() {
        return at < text.length() ? text.charAt(at) : END;
    }

    private static boolean isQuote(char c) {
        return c == '"' || c == '\'';
    }
}
