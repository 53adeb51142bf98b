// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

import org.harboree.oci.RepositoryName;

/**
 * What is pushed into a repository and may share its transaction with others, see {@link RepositoryWrites}. Closing it
 * settles what it has put in doubt.
 */
abstract sealed class RepositoryWrite implements AutoCloseable permits BlobMount, ManifestPush {
    private final RegistryCaller who;
    private final RepositoryName name;
    private final Doubts doubts = new Doubts();
    private boolean tried;
    private RepositoryRef repository;

    RepositoryWrite(RegistryCaller who, RepositoryName name) {
        this.who = who;
        this.name = name;
    }

    RegistryCaller who() {
        return who;
    }

    RepositoryName name() {
        return name;
    }

    Doubts doubts() {
        return doubts;
    }

    /** Whether this is the first attempt: only that one rests on what is remembered. */
    boolean begin() {
        boolean first = !tried;
        tried = true;
        repository = null;
        return first;
    }

    /** Where it goes in the running attempt. */
    RepositoryRef repository() {
        return repository;
    }

    void goesTo(RepositoryRef place) {
        repository = place;
    }

    @Override
    public void close() {
        doubts.close();
    }
}
