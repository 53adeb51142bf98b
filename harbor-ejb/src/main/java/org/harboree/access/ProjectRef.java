// SPDX-License-Identifier: Apache-2.0
package org.harboree.access;

import java.util.Objects;

/** A live project as far as rights go. */
public record ProjectRef(long id, String name, boolean isPublic) {
    public ProjectRef {
        Objects.requireNonNull(name);
    }
}
