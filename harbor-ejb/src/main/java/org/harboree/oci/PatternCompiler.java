// SPDX-License-Identifier: Apache-2.0
package org.harboree.oci;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/**
 * Reads a {@link NamePattern} into states, once for each text that can be left of it.
 *
 * <p>The readings are those of the Go library doublestar 1.3.4, which Harbor's rules are written for, down to its
 * corners: whether a slash or a bracket is escaped is asked of the character before it only, and braces are written out
 * into the rest of the pattern before that is read on.
 */
final class PatternCompiler {
    private static final int MAX_STATES = 4096;

    private final Map<String, Integer> numbers = new HashMap<>();
    private final Deque<String> waiting = new ArrayDeque<>();
    private final List<PatternState> states = new ArrayList<>();

    /** What is wrong with a pattern. */
    static final class Problem extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Problem(String message) {
            super(message, null, false, false);
        }
    }

    private PatternCompiler() {
    }

    /**
     * The states of a pattern; the first is that of the whole.
     *
     * @throws Problem if it is malformed, or there would be more than 4096
     */
    static PatternState[] compile(String pattern) {
        PatternCompiler compiler = new PatternCompiler();
        compiler.number(pattern);
        while (!compiler.waiting.isEmpty()) {
            compiler.states.add(compiler.state(compiler.waiting.remove()));
        }
        return compiler.states.toArray(PatternState[]::new);
    }

    private int number(String text) {
        Integer known = numbers.get(text);
        if (known != null) {
            return known;
        }
        if (numbers.size() == MAX_STATES) {
            throw new Problem("too many alternatives");
        }
        numbers.put(text, numbers.size());
        waiting.add(text);
        return numbers.size() - 1;
    }

    private PatternState state(String text) {
        int slash = indexOf(text, '/', 0);
        boolean components = (slash < 0 ? text : text.substring(0, slash)).equals("**");
        int afterComponents = slash < 0 ? PatternState.FINISHED : number(text.substring(slash + 1));
        int atEnd = atEnd(text, slash);
        if (text.isEmpty() || text.charAt(0) == '/') {
            return new PatternState(PatternState.Step.END, null, new int[0], atEnd, components, afterComponents);
        }
        int first = text.codePointAt(0);
        int after = Character.charCount(first);
        PatternState.Step step = PatternState.Step.ONE;
        IntPredicate wanted = found -> found == first;
        int[] next;
        switch (first) {
            case '\\' -> {
                if (after == text.length()) {
                    throw new Problem("a backslash stands at the end");
                }
                int literal = text.codePointAt(after);
                wanted = found -> found == literal;
                next = new int[] {number(text.substring(after + Character.charCount(literal)))};
            }
            case '?' -> {
                wanted = found -> true;
                next = new int[] {number(text.substring(after))};
            }
            case '[' -> {
                int close = indexOf(text, ']', after);
                if (close < 0) {
                    throw new Problem("a bracket is not closed");
                }
                wanted = characterClass(text.substring(after, close));
                next = new int[] {number(text.substring(close + 1))};
            }
            case '*' -> {
                boolean last = after == text.length() || text.charAt(after) == '/';
                step = last ? PatternState.Step.LAST_STAR : PatternState.Step.STAR;
                next = after == text.length() ? new int[0] : new int[] {number(text.substring(last ? 2 : 1))};
            }
            case '{' -> {
                step = PatternState.Step.CHOICE;
                int close = closingBrace(text, after);
                if (close < 0) {
                    throw new Problem("a brace is not closed");
                }
                String rest = text.substring(close + 1);
                next = choices(text.substring(after, close)).stream().mapToInt(choice -> number(choice + rest))
                        .toArray();
            }
            default -> next = new int[] {number(text.substring(after))};
        }
        return new PatternState(step, wanted, next, atEnd, components, afterComponents);
    }

    private int atEnd(String text, int slash) {
        if (!mayBeNothing(slash < 0 ? text : text.substring(0, slash))) {
            return PatternState.NO_END;
        }
        return slash < 0 ? PatternState.FINISHED : number(text.substring(slash + 1));
    }

    /** Whether a rest of a component stands for no character; braces that the component's end cuts through do not. */
    private static boolean mayBeNothing(String rest) {
        if (rest.isEmpty() || rest.equals("*") || rest.equals("**")) {
            return true;
        }
        int close = rest.charAt(0) == '{' ? closingBrace(rest, 1) : -1;
        return close >= 0 && mayBeNothing(rest.substring(close + 1))
                && choices(rest.substring(1, close)).stream().anyMatch(PatternCompiler::mayBeNothing);
    }

    /** The first one that has no backslash before it. */
    private static int indexOf(String text, char wanted, int from) {
        int start = from;
        while (true) {
            int found = text.indexOf(wanted, start);
            if (found <= start || text.charAt(found - 1) != '\\') {
                return found;
            }
            start = found + 1;
        }
    }

    private static int closingBrace(String text, int from) {
        int depth = 1;
        for (int i = from; i < text.length(); i++) {
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

    private static IntPredicate characterClass(String inner) {
        int[] members = inner.codePoints().toArray();
        if (members.length == 0) {
            throw new Problem("a bracket holds nothing");
        }
        boolean negated = members[0] == '^';
        List<int[]> ranges = new ArrayList<>();
        int at = negated ? 1 : 0;
        while (at < members.length) {
            int[] place = {at};
            int low = member(members, place);
            int high = low;
            if (place[0] < members.length && members[place[0]] == '-') {
                place[0]++;
                high = member(members, place);
            }
            ranges.add(new int[] {low, high});
            at = place[0];
        }
        return found -> negated != ranges.stream().anyMatch(range -> range[0] <= found && found <= range[1]);
    }

    /** The character at that place, without its backslash; moves the place on. */
    private static int member(int[] members, int[] place) {
        if (place[0] < members.length && members[place[0]] == '\\') {
            place[0]++;
        } else if (place[0] < members.length && members[place[0]] == '-') {
            throw new Problem("a hyphen between brackets stands for itself behind a backslash only");
        }
        if (place[0] == members.length) {
            throw new Problem("a bracket ends too early");
        }
        return members[place[0]++];
    }
}
