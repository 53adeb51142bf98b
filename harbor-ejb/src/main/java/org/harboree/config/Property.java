// SPDX-License-Identifier: Apache-2.0
package org.harboree.config;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A setting that was changed from its default: one row of {@code properties}. */
@Entity
@Table(name = "properties")
public class Property {
    @Id
    @Column(name = "k")
    private String key;

    @Column(name = "v", nullable = false)
    private String value;

    /** For Hibernate. */
    protected Property() {
    }

    Property(String key, String value) {
        this.key = key;
        this.value = value;
    }

    String value() {
        return value;
    }
}
