// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.client;

/**
 * How a command ended.
 *
 * @param command the command line, for messages
 * @param status  its exit status
 * @param stdout  what it wrote to its standard output, without white space at the end
 * @param stderr  what it wrote to its standard error, likewise
 */
record Outcome(String command, int status, String stdout, String stderr) {

    /** Everything that it wrote. */
    String output() {
        return stdout + "\n" + stderr;
    }

    boolean succeeded() {
        return status == 0;
    }

    @Override
    public String toString() {
        return command + "\nended with status " + status + "\nstdout: " + stdout + "\nstderr: " + stderr;
    }
}
