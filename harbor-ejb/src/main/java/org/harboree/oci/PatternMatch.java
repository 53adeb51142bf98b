// SPDX-License-Identifier: Apache-2.0
package org.harboree.oci;

import java.util.BitSet;

/**
 * One name against the states of a {@link NamePattern}. What was found out for a state and a place in the name is kept,
 * so the work is at most in proportion to the states times the square of the name's length.
 */
final class PatternMatch {
    /** Remembered for "no match", where null means that nobody asked yet. */
    private static final BitSet NONE = new BitSet();

    private final PatternState[] states;
    private final int[][] components;
    private final Boolean[][] fits;
    private final BitSet[][][] memory;

    PatternMatch(PatternState[] states, String name) {
        this.states = states;
        String[] parts = name.split("/", -1);
        this.components = new int[parts.length][];
        for (int i = 0; i < parts.length; i++) {
            components[i] = parts[i].codePoints().toArray();
        }
        this.fits = new Boolean[parts.length][states.length];
        this.memory = new BitSet[parts.length][states.length][];
    }

    /** Whether the components from that one on fit. */
    boolean fits(int state, int component) {
        if (fits[component][state] == null) {
            fits[component][state] = find(state, component);
        }
        return fits[component][state];
    }

    private boolean find(int number, int component) {
        PatternState state = states[number];
        if (state.components()) {
            boolean found = state.afterComponents() == PatternState.FINISHED;
            for (int i = component; i < components.length && !found; i++) {
                found = fits(state.afterComponents(), i);
            }
            return found;
        }
        BitSet rests = rests(number, component, 0);
        boolean last = component == components.length - 1;
        if (rests == null || last) {
            return rests != null && rests.isEmpty();
        }
        return rests.stream().anyMatch(rest -> fits(rest, component + 1));
    }

    /**
     * What is left for the next component when this one has been taken to its end; the empty set means nothing at all,
     * null that it does not fit.
     */
    private BitSet rests(int from, int component, int start) {
        int[] characters = components[component];
        int number = from;
        for (int at = start; at < characters.length; at++) {
            PatternState state = states[number];
            switch (state.step()) {
                case END -> {
                    return null;
                }
                case LAST_STAR -> {
                    return only(state.next().length == 0 ? PatternState.FINISHED : state.next()[0]);
                }
                case STAR, CHOICE -> {
                    return remembered(number, component, at);
                }
                default -> {
                    if (!state.wanted().test(characters[at])) {
                        return null;
                    }
                    number = state.next()[0];
                }
            }
        }
        int atEnd = states[number].atEnd();
        return atEnd == PatternState.NO_END ? null : only(atEnd);
    }

    private BitSet remembered(int number, int component, int at) {
        if (memory[component][number] == null) {
            memory[component][number] = new BitSet[components[component].length];
        }
        BitSet[] known = memory[component][number];
        if (known[at] == null) {
            BitSet found = states[number].step() == PatternState.Step.STAR ? star(number, component, at)
                    : choice(number, component, at);
            known[at] = found == null ? NONE : found;
        }
        return known[at] == NONE ? null : known[at];
    }

    /** The shortest run that the rest of the component fits behind decides, and one character is left for that. */
    private BitSet star(int number, int component, int start) {
        BitSet found = null;
        for (int at = start; at < components[component].length && found == null; at++) {
            found = rests(states[number].next()[0], component, at);
        }
        return found;
    }

    private BitSet choice(int number, int component, int at) {
        BitSet all = null;
        for (int next : states[number].next()) {
            BitSet found = rests(next, component, at);
            if (found != null) {
                all = all == null ? new BitSet() : all;
                all.or(found);
            }
        }
        return all;
    }

    private static BitSet only(int rest) {
        BitSet set = new BitSet();
        if (rest != PatternState.FINISHED) {
            set.set(rest);
        }
        return set;
    }
}
