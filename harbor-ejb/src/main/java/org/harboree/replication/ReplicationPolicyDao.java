// SPDX-License-Identifier: Apache-2.0
package org.harboree.replication;

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

/** Rows of {@code replication_policy}. */
@Dependent
class ReplicationPolicyDao {
    static final Map<String, Column> COLUMNS = Map.of(
            "id", new Column("p.id", Kind.INTEGER),
            "name", new Column("p.name", Kind.TEXT),
            "description", new Column("p.description", Kind.TEXT),
            "src_registry_id", new Column("p.sourceId", Kind.INTEGER),
            "dest_registry_id", new Column("p.destinationId", Kind.INTEGER),
            "dest_namespace", new Column("p.namespace", Kind.TEXT),
            "enabled", new Column("p.enabled", Kind.FLAG),
            "override", new Column("p.override", Kind.FLAG),
            "creation_time", new Column("p.creationTime", Kind.TIME),
            "update_time", new Column("p.updateTime", Kind.TIME));

    private static final String EVENT_BASED = "select p from ReplicationPolicy p where p.enabled = true"
            + " and p.triggerType = :type and p.sourceId is null order by p.id";

    @PersistenceContext(unitName = "harbor")
    private EntityManager entities;

    /** @throws HarborException CONFLICT if the name is in use */
    void insert(ReplicationPolicy policy, String name) {
        orConflict(name, () -> entities.persist(policy));
    }

    /** Writes what was changed. @throws HarborException CONFLICT if the name is in use */
    void flush(String name) {
        orConflict(name, entities::flush);
    }

    private static void orConflict(String name, Runnable write) {
        try {
            write.run();
        } catch (PersistenceException e) {
            throw Constraints.refused(e, () -> new HarborException(ErrorCode.CONFLICT,
                    "replication policy " + name + " already exists").because(Reason.RULE_TAKEN));
        }
    }

    Optional<ReplicationPolicy> find(long id) {
        return Optional.ofNullable(entities.find(ReplicationPolicy.class, id));
    }

    /** The row, locked against everybody until the transaction ends. */
    Optional<ReplicationPolicy> lock(long id) {
        return entities.createQuery("select p from ReplicationPolicy p where p.id = :id", ReplicationPolicy.class)
                .setParameter("id", id).setLockMode(LockModeType.PESSIMISTIC_WRITE).getResultStream().findFirst();
    }

    Page<ReplicationPolicy> list(Optional<String> name, Query query, Sort sort, PageRequest page) {
        ListQuery<ReplicationPolicy> list =
                new ListQuery<ReplicationPolicy>("ReplicationPolicy p", COLUMNS).where(query);
        name.ifPresent(part -> list.whereContains("name", part));
        return list.read(entities, "p", ReplicationPolicy.class, sort, "p.id", page);
    }

    /** Enabled policies that wait for what happens here. */
    List<ReplicationPolicy> eventBased() {
        return entities.createQuery(EVENT_BASED, ReplicationPolicy.class)
                .setParameter("type", PolicyTrigger.Type.EVENT_BASED.wireName()).getResultList();
    }

    boolean existsWith(long registryId) {
        return entities.createQuery("select count(p) from ReplicationPolicy p where p.sourceId = :id"
                        + " or p.destinationId = :id", Long.class)
                .setParameter("id", registryId).getSingleResult() > 0;
    }

    void delete(ReplicationPolicy policy) {
        entities.remove(policy);
    }
}
