// SPDX-License-Identifier: Apache-2.0
package org.harboree.remote;

import jakarta.enterprise.context.Dependent;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.PersistenceException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;
import org.harboree.error.Reason;
import org.harboree.listing.Page;
import org.harboree.listing.PageRequest;
import org.harboree.listing.Query;
import org.harboree.listing.Query.Kind;
import org.harboree.listing.Sort;
import org.harboree.transaction.Constraints;
import org.harboree.transaction.ListQuery;
import org.harboree.transaction.ListQuery.Column;

/** The table {@code registry}. */
@Dependent
public class RegistryEndpointDao {
    /** What a list of registries can be filtered and sorted by. */
    static final Map<String, Column> COLUMNS = Map.of(
            "id", new Column("r.id", Kind.INTEGER),
            "name", new Column("r.name", Kind.TEXT),
            "type", new Column("r.type", Kind.TEXT),
            "url", new Column("r.url", Kind.TEXT),
            "description", new Column("r.description", Kind.TEXT),
            "insecure", new Column("r.insecure", Kind.FLAG),
            "status", new Column("r.health", Kind.TEXT),
            "creation_time", new Column("r.creationTime", Kind.TIME),
            "update_time", new Column("r.updateTime", Kind.TIME));

    @PersistenceContext(unitName = "harbor")
    private EntityManager entities;

    /** For the container. */
    public RegistryEndpointDao() {
    }

    /** Works with an entity manager that is not the container's. */
    public RegistryEndpointDao(EntityManager entities) {
        this.entities = entities;
    }

    Optional<RegistryEndpoint> find(long id) {
        return Optional.ofNullable(entities.find(RegistryEndpoint.class, id));
    }

    /** The row, locked against everybody until the transaction ends. */
    Optional<RegistryEndpoint> lock(long id) {
        return Optional.ofNullable(entities.find(RegistryEndpoint.class, id, LockModeType.PESSIMISTIC_WRITE));
    }

    /** The row, locked against deletion until the transaction ends; any number may hold it so. */
    Optional<RegistryEndpoint> hold(long id) {
        return Optional.ofNullable(entities.find(RegistryEndpoint.class, id, LockModeType.PESSIMISTIC_READ));
    }

    Page<RegistryEndpoint> list(Optional<String> partOfName, Query filter, Sort sort, PageRequest page) {
        ListQuery<RegistryEndpoint> query = new ListQuery<RegistryEndpoint>("RegistryEndpoint r", COLUMNS)
                .where(filter);
        partOfName.ifPresent(part -> query.whereContains("name", part));
        return query.read(entities, "r", RegistryEndpoint.class, sort, "r.id", page);
    }

    /** @return the new id. @throws HarborException CONFLICT if the name is in use */
    long insert(RegistryEndpoint endpoint) {
        try {
            entities.persist(endpoint);
            entities.flush();
            return endpoint.id();
        } catch (PersistenceException e) {
            throw translated(e, endpoint);
        }
    }

    /** Writes what was changed now. @throws HarborException CONFLICT if the name is in use */
    void update(RegistryEndpoint endpoint) {
        try {
            entities.flush();
        } catch (PersistenceException e) {
            throw translated(e, endpoint);
        }
        entities.createNativeQuery("UPDATE registry SET update_time = UTC_TIMESTAMP(6),"
                + " check_time = UTC_TIMESTAMP(6) WHERE registry_id = ?").setParameter(1, endpoint.id())
                .executeUpdate();
    }

    void delete(RegistryEndpoint endpoint) {
        entities.remove(endpoint);
    }

    /** Ids of those whose last check is that many seconds ago, the oldest first. */
    List<Long> due(int seconds, int limit) {
        return entities.createNativeQuery("SELECT registry_id FROM registry"
                        + " WHERE check_time <= UTC_TIMESTAMP(6) - INTERVAL ? SECOND ORDER BY check_time LIMIT ?",
                        Long.class)
                .setParameter(1, seconds).setParameter(2, limit).getResultList();
    }

    /** Marks one as checked, if no other node has done so first. */
    boolean claim(long id, int seconds) {
        return entities.createNativeQuery("UPDATE registry SET check_time = UTC_TIMESTAMP(6) WHERE registry_id = ?"
                        + " AND check_time <= UTC_TIMESTAMP(6) - INTERVAL ? SECOND")
                .setParameter(1, id).setParameter(2, seconds).executeUpdate() == 1;
    }

    /** Unless the endpoint is another one by now. */
    void setHealth(long id, long version, String health) {
        entities.createNativeQuery("UPDATE registry SET health = ? WHERE registry_id = ? AND version = ?")
                .setParameter(1, health).setParameter(2, id).setParameter(3, version).executeUpdate();
    }

    private static RuntimeException translated(PersistenceException e, RegistryEndpoint endpoint) {
        return Constraints.refused(e, () -> new HarborException(ErrorCode.CONFLICT,
                "registry " + endpoint.name() + " already exists").because(Reason.REGISTRY_TAKEN));
    }
}
