// SPDX-License-Identifier: Apache-2.0
package org.harboree.oci;

import java.util.ArrayList;
import java.util.List;

/** One step of a {@link NamePattern} without braces: from the places reached in a name to those reached after it. */
interface PatternToken {
    /**
     * @param reached which places in the name the tokens before can end at
     * @param next all false; gets the places that this one can end at
     */
    void advance(String name, boolean[] reached, boolean[] next);

    /** What is wrong with the alternative, or null. */
    static String problemOf(String alternative) {
        for (int i = 0; i < alternative.length(); i++) {
            char c = alternative.charAt(i);
            if (c == '\\') {
                i++;
                if (i == alternative.length()) {
                    return "a backslash stands at the end";
                }
            } else if (c == '[') {
                i = endOfClass(alternative, i);
                if (i < 0) {
                    return "a bracket is not closed";
                }
            }
        }
        return null;
    }

    /** The steps of an alternative that has no problem. */
    static PatternToken[] compile(String alternative) {
        List<PatternToken> tokens = new ArrayList<>();
        int i = 0;
        while (i < alternative.length()) {
            char c = alternative.charAt(i);
            if (isWholeComponent(alternative, i)) {
                boolean last = i + 2 == alternative.length();
                tokens.add(last ? PatternToken::anything : PatternToken::components);
                i += last ? 2 : 3;
            } else if (c == '*') {
                tokens.add(PatternToken::withinComponent);
                i++;
            } else if (c == '?') {
                tokens.add(one(found -> found != '/'));
                i++;
            } else if (c == '[') {
                int end = endOfClass(alternative, i);
                tokens.add(one(CharacterClass.parse(alternative.substring(i + 1, end))));
                i = end + 1;
            } else {
                char literal = c == '\\' ? alternative.charAt(++i) : c;
                tokens.add(one(found -> found == literal));
                i++;
            }
        }
        return tokens.toArray(PatternToken[]::new);
    }

    /** Whether {@code **} stands there between slashes or ends. */
    private static boolean isWholeComponent(String pattern, int i) {
        return pattern.startsWith("**", i) && (i == 0 || pattern.charAt(i - 1) == '/')
                && (i + 2 == pattern.length() || pattern.charAt(i + 2) == '/');
    }

    /** Index of the bracket that closes the class, or -1. */
    private static int endOfClass(String pattern, int open) {
        for (int i = open + 1; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == ']' && i > open + 1) {
                return i;
            }
        }
        return -1;
    }

    private static PatternToken one(CharacterClass wanted) {
        return (name, reached, next) -> {
            for (int i = 0; i < name.length(); i++) {
                next[i + 1] = reached[i] && wanted.has(name.charAt(i));
            }
        };
    }

    private static void withinComponent(String name, boolean[] reached, boolean[] next) {
        boolean open = false;
        for (int i = 0; i < next.length; i++) {
            open = reached[i] || open && name.charAt(i - 1) != '/';
            next[i] = open;
        }
    }

    /** {@code **} and the slash behind it: no component, or some, each with its slash. */
    private static void components(String name, boolean[] reached, boolean[] next) {
        boolean open = false;
        for (int i = 0; i < next.length; i++) {
            next[i] = reached[i] || open && name.charAt(i - 1) == '/';
            open |= reached[i];
        }
    }

    private static void anything(String name, boolean[] reached, boolean[] next) {
        boolean open = false;
        for (int i = 0; i < next.length; i++) {
            open |= reached[i];
            next[i] = open;
        }
    }

    /** Which characters may stand in one place. */
    @FunctionalInterface
    interface CharacterClass {
        boolean has(char c);

        /** Reads what stands between the brackets. */
        static CharacterClass parse(String inner) {
            boolean negated = inner.startsWith("^") || inner.startsWith("!");
            String members = negated ? inner.substring(1) : inner;
            return found -> found != '/' && negated != contains(members, found);
        }

        private static boolean contains(String members, char wanted) {
            int i = 0;
            while (i < members.length()) {
                int low = members.charAt(i) == '\\' && i + 1 < members.length() ? i + 1 : i;
                if (low + 2 < members.length() && members.charAt(low + 1) == '-') {
                    if (members.charAt(low) <= wanted && wanted <= members.charAt(low + 2)) {
                        return true;
                    }
                    i = low + 3;
                } else {
                    if (members.charAt(low) == wanted) {
                        return true;
                    }
                    i = low + 1;
                }
            }
            return false;
        }
    }
}
