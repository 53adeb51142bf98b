// SPDX-License-Identifier: Apache-2.0
package org.harboree.oci;

import java.util.function.IntPredicate;

/**
 * What is left of a {@link NamePattern} at some moment of matching, and what it does with the next character.
 *
 * @param step what stands first
 * @param wanted which characters it takes, for {@link Step#ONE}
 * @param next numbers of the states that go on: one, or one for each choice between braces; none at the end
 * @param atEnd state that goes on with the next component where the component ends here, {@link #FINISHED} if nothing
 *     is left then, {@link #NO_END} if more characters have to come
 * @param components whether the first component is {@code **}
 * @param afterComponents state behind that and its slash, {@link #FINISHED} if it stands last
 */
record PatternState(Step step, IntPredicate wanted, int[] next, int atEnd, boolean components, int afterComponents) {
    static final int FINISHED = -1;
    static final int NO_END = -2;

    /** What may stand first. */
    enum Step {
        /** Nothing, or a slash: no further character fits. */
        END,
        /** One character of some kind. */
        ONE,
        /** A star, and more in the same component. */
        STAR,
        /** A star that is the last in its component. */
        LAST_STAR,
        /** Braces. */
        CHOICE
    }
}
