// SPDX-License-Identifier: Apache-2.0
package org.harboree.oci;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;

/**
 * A pattern over names of repositories or tags, as Harbor's rules write it ("doublestar").
 *
 * <p>{@code *} stands for any characters but the slash, {@code ?} for one of them, {@code **} as a whole component for
 * any number of components, <code>{a,b}</code> for either, {@code [a-z]} and {@code [^a-z]} for one character of a
 * class or outside of it, a backslash takes the next character as it is. The empty pattern matches everything. Matching
 * takes time in proportion to the length of the pattern times that of the name, whatever the pattern.
 */
public final class NamePattern {
    private static final int MAX_LENGTH = 1024;
    private static final int MAX_ALTERNATIVES = 1000;
    private static final String WILDCARDS = "*?[\\";

    private final String text;
    private final List<String> alternatives;
    private final List<PatternToken[]> compiled;

    private NamePattern(String text, List<String> alternatives) {
        this.text = text;
        this.alternatives = alternatives;
        this.compiled = alternatives.stream().map(PatternToken::compile).toList();
    }

    /**
     * Reads a pattern.
     *
     * @throws HarborException BAD_REQUEST for an open bracket or brace, a backslash at the end, more than 1024
     *     characters or more than 1000 alternatives
     */
    public static NamePattern parse(String text) {
        if (text.length() > MAX_LENGTH) {
            throw invalid(text.substring(0, MAX_LENGTH), "too long");
        }
        List<String> alternatives = new ArrayList<>();
        expand("", text, alternatives, text);
        return new NamePattern(text, List.copyOf(new LinkedHashSet<>(alternatives)));
    }

    /** The pattern that matches every name. */
    public static NamePattern everything() {
        return parse("");
    }

    /** Whether the whole name has the pattern's form. */
    public boolean matches(String name) {
        return text.isEmpty() || compiled.stream().anyMatch(tokens -> matches(tokens, name));
    }

    /** The only names that can match, in the pattern's order; empty where it has a wildcard, or is empty. */
    public Optional<List<String>> literalNames() {
        return text.isEmpty() || alternatives.stream().anyMatch(NamePattern::hasWildcard) ? Optional.empty()
                : Optional.of(alternatives);
    }

    /** The only first components that a matching name can have; empty where a wildcard stands in the first one. */
    public Optional<Set<String>> literalFirstComponents() {
        Set<String> firsts = new LinkedHashSet<>();
        for (String alternative : alternatives) {
            int slash = alternative.indexOf('/');
            firsts.add(slash < 0 ? alternative : alternative.substring(0, slash));
        }
        return text.isEmpty() || firsts.stream().anyMatch(NamePattern::hasWildcard) ? Optional.empty()
                : Optional.of(firsts);
    }

    /** The pattern as it was written. */
    @Override
    public String toString() {
        return text;
    }

    /** Two patterns are the same if they are written in the same way. */
    @Override
    public boolean equals(Object other) {
        return other instanceof NamePattern pattern && pattern.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    private static boolean hasWildcard(String alternative) {
        return alternative.chars().anyMatch(c -> WILDCARDS.indexOf(c) >= 0);
    }

    /** Writes out the first pair of braces of {@code rest}, and so on with what comes of it. */
    private static void expand(String done, String rest, List<String> into, String whole) {
        int open = indexOf(rest, '{', 0);
        if (open < 0) {
            add(done + rest, into, whole);
            return;
        }
        int close = closingBrace(rest, open);
        if (close < 0) {
            throw invalid(whole, "a brace is not closed");
        }
        for (String choice : choices(rest.substring(open + 1, close))) {
            expand(done + rest.substring(0, open), choice + rest.substring(close + 1), into, whole);
        }
    }

    private static void add(String alternative, List<String> into, String whole) {
        if (into.size() == MAX_ALTERNATIVES) {
            throw invalid(whole, "more than " + MAX_ALTERNATIVES + " alternatives");
        }
        String problem = PatternToken.problemOf(alternative);
        if (problem != null) {
            throw invalid(whole, problem);
        }
        into.add(alternative);
    }

    private static int closingBrace(String text, int open) {
        int depth = 0;
        for (int i = open; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '{') {
                depth++;
            } else if (c == '}' && --depth == 0) {
                return i;
            }
        }
        return -1;
    }

    private static List<String> choices(String inner) {
        List<String> choices = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < inner.length(); i++) {
            char c = inner.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '{') {
                depth++;
            } else if (c == '}') {
                depth--;
            } else if (c == ',' && depth == 0) {
                choices.add(inner.substring(start, i));
                start = i + 1;
            }
        }
        choices.add(inner.substring(start));
        return choices;
    }

    private static int indexOf(String text, char wanted, int from) {
        for (int i = from; i < text.length(); i++) {
            if (text.charAt(i) == '\\') {
                i++;
            } else if (text.charAt(i) == wanted) {
                return i;
            }
        }
        return -1;
    }

    /** Keeps the set of places in the name that the tokens so far can have reached. */
    private static boolean matches(PatternToken[] tokens, String name) {
        boolean[] reached = new boolean[name.length() + 1];
        reached[0] = true;
        for (PatternToken token : tokens) {
            boolean[] next = new boolean[reached.length];
            token.advance(name, reached, next);
            reached = next;
        }
        return reached[name.length()];
    }

    private static HarborException invalid(String text, String why) {
        return new HarborException(ErrorCode.BAD_REQUEST, "invalid pattern: " + why, text);
    }
}
