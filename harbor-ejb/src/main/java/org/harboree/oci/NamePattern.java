// SPDX-License-Identifier: Apache-2.0
package org.harboree.oci;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;
import org.harboree.error.Reason;

/**
 * A pattern over names of repositories or tags, as Harbor's rules write it ("doublestar").
 *
 * <p>{@code *} stands for any characters but the slash, {@code ?} for one of them, {@code **} as a whole component for
 * any number of components, <code>{a,b}</code> for either, {@code [a-z]} and {@code [^a-z]} for one character of a
 * class or outside of it, a backslash takes the next character as it is. The empty pattern matches everything.
 *
 * <p>What matches is what the Go library doublestar 1.3.4 matches, which Harbor uses, so that a rule taken over from a
 * Harbor means the same here; with two differences. What is malformed is refused when the pattern is read, whether or
 * not a name would come that far; and braces with a slash in them are no error for a name that ends before them.
 */
public final class NamePattern {
    private static final int MAX_LENGTH = 1024;
    private static final int MAX_LITERALS = 1000;
    /** Characters of which none may stand in a pattern that names its names. */
    private static final String WILDCARDS = "*?[\\]^";

    private final String text;
    private final PatternState[] states;

    private NamePattern(String text) {
        this.text = text;
        this.states = PatternCompiler.compile(text);
    }

    /**
     * Reads a pattern.
     *
     * @throws HarborException BAD_REQUEST for an open bracket or brace, an empty bracket or one with a bare hyphen, a
     *     backslash at the end, more than 1024 characters, or braces that make more than 4096 states
     */
    public static NamePattern parse(String text) {
        if (text.length() > MAX_LENGTH) {
            throw invalid(text.substring(0, MAX_LENGTH), "it has more than " + MAX_LENGTH + " characters");
        }
        try {
            return new NamePattern(text);
        } catch (PatternCompiler.Problem problem) {
            throw invalid(text, problem.getMessage());
        }
    }

    /** The pattern that matches every name. */
    public static NamePattern everything() {
        return parse("");
    }

    /** Whether the whole name has the pattern's form. */
    public boolean matches(String name) {
        return text.isEmpty() || new PatternMatch(states, name).fits(0, 0);
    }

    /**
     * The only names that can match, in the pattern's order; empty where that cannot be told at once: a wildcard, more
     * than one pair of braces in a component, more than 1000 names.
     */
    public Optional<List<String>> literalNames() {
        List<String> names = List.of("");
        for (String component : text.split("/", -1)) {
            Optional<List<String>> choices = literalComponent(component);
            if (choices.isEmpty() || (long) names.size() * choices.get().size() > MAX_LITERALS) {
                return Optional.empty();
            }
            List<String> longer = new ArrayList<>();
            names.forEach(name -> choices.get().forEach(choice -> longer.add(name + '/' + choice)));
            names = longer;
        }
        return Optional.of(names.stream().map(name -> name.substring(1)).filter(this::matches).distinct().toList());
    }

    /** The only first components that a matching name can have; empty where that cannot be told at once. */
    public Optional<Set<String>> literalFirstComponents() {
        int slash = text.indexOf('/');
        return literalComponent(slash < 0 ? text : text.substring(0, slash)).map(LinkedHashSet::new);
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

    private static Optional<List<String>> literalComponent(String component) {
        if (component.isEmpty() || component.chars().anyMatch(c -> WILDCARDS.indexOf(c) >= 0)) {
            return Optional.empty();
        }
        int open = component.indexOf('{');
        int close = component.indexOf('}');
        if (open < 0 && close < 0) {
            return Optional.of(List.of(component));
        }
        if (open < 0 || close < open || component.lastIndexOf('{') > open || component.lastIndexOf('}') > close) {
            return Optional.empty();
        }
        List<String> choices = new ArrayList<>();
        for (String choice : component.substring(open + 1, close).split(",", -1)) {
            choices.add(component.substring(0, open) + choice + component.substring(close + 1));
        }
        return choices.contains("") ? Optional.empty() : Optional.of(choices);
    }

    private static HarborException invalid(String text, String why) {
        return new HarborException(ErrorCode.BAD_REQUEST, "invalid pattern: " + why, text)
                .because(Reason.PATTERN_INVALID);
    }
}
