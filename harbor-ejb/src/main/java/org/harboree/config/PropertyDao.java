// SPDX-License-Identifier: Apache-2.0
package org.harboree.config;

import jakarta.enterprise.context.Dependent;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.Optional;

/** The table {@code properties}. */
@Dependent
public class PropertyDao {
    @PersistenceContext(unitName = "harbor")
    private EntityManager entities;

    /** For the container. */
    public PropertyDao() {
    }

    /** Works with an entity manager that is not the container's. */
    public PropertyDao(EntityManager entities) {
        this.entities = entities;
    }

    Optional<String> find(String key) {
        return Optional.ofNullable(entities.find(Property.class, key)).map(Property::value);
    }

    void put(String key, String value) {
        entities.merge(new Property(key, value));
    }
}
