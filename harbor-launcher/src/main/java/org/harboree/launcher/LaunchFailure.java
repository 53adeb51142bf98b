// SPDX-License-Identifier: Apache-2.0
package org.harboree.launcher;

/** Why Harbor EE does not start or run on, in one line for the one who stands before the terminal. */
public final class LaunchFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param line what is wrong and, where that is not plain, what to do; one line */
    public LaunchFailure(String line) {
        super(line);
    }

    /** @param line as above; the cause is for tests and debuggers, it is not printed */
    public LaunchFailure(String line, Throwable cause) {
        super(line, cause);
    }
}
