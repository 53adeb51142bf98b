// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

import jakarta.enterprise.context.Dependent;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.PersistenceException;
import jakarta.persistence.Tuple;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;
import org.harboree.error.Reason;
import org.harboree.listing.Page;
import org.harboree.listing.PageRequest;
import org.harboree.listing.Query;
import org.harboree.listing.Sort;
import org.harboree.transaction.Constraints;

/** Rows of {@code tag} for people. */
@Dependent
class TagListDao {
    /** Keys of {@code q}. */
    static final Map<String, Query.Kind> KEYS = Map.of("id", Query.Kind.INTEGER, "name", Query.Kind.TEXT,
            "push_time", Query.Kind.TIME, "pull_time", Query.Kind.TIME);

    static final Map<String, String> COLUMNS = Map.of("id", "t.tag_id", "name", "t.name", "push_time", "t.push_time",
            "pull_time", "t.pull_time");

    static final Sort NEWEST_FIRST = Sort.by(new Sort.Key("push_time", true));

    private static final String SELECT = "SELECT t.tag_id, t.repository_id, t.artifact_id, t.name, "
            + Sql.micros("t.push_time") + ", " + Sql.micros("t.pull_time") + " FROM tag t";

    @PersistenceContext(unitName = "harbor")
    private EntityManager entities;

    Page<TagDetails> page(Where where, Sort sort, PageRequest page) {
        long total = Sql.first(Sql.bind(entities.createNativeQuery(
                        "SELECT COUNT(*) FROM tag t" + where.sql(), Tuple.class), where))
                .map(row -> Sql.number(row, 0)).orElseThrow();
        List<Tuple> rows = Sql.rows(Sql.bind(entities.createNativeQuery(
                SELECT + where.sql() + Where.orderBy(sort, COLUMNS, "t.tag_id DESC"), Tuple.class), where), page);
        return new Page<>(rows.stream().map(TagListDao::details).toList(), total);
    }

    /** All tags of these artifacts, newest first. */
    List<TagDetails> of(Collection<Long> artifactIds) {
        Where where = new Where().in("t.artifact_id", artifactIds);
        return Sql.rows(Sql.bind(entities.createNativeQuery(
                        SELECT + where.sql() + " ORDER BY t.push_time DESC, t.tag_id DESC", Tuple.class), where))
                .stream().map(TagListDao::details).toList();
    }

    /** @throws HarborException CONFLICT if the repository has a tag of that name */
    void insert(long repositoryId, long artifactId, String name) {
        try {
            entities.createNativeQuery("INSERT INTO tag (repository_id, artifact_id, name, push_time)"
                            + " VALUES (?, ?, ?, UTC_TIMESTAMP(6))")
                    .setParameter(1, repositoryId)
                    .setParameter(2, artifactId)
                    .setParameter(3, name)
                    .executeUpdate();
        } catch (PersistenceException e) {
            throw Constraints.refused(e, () -> taken(name));
        }
    }

    /** Removes the tag if it names this artifact; whether it did. */
    boolean delete(long artifactId, String name) {
        return entities.createNativeQuery("DELETE FROM tag WHERE artifact_id = ? AND name = ?")
                        .setParameter(1, artifactId)
                        .setParameter(2, name)
                        .executeUpdate()
                == 1;
    }

    private static HarborException taken(String name) {
        return new HarborException(ErrorCode.CONFLICT, "tag " + name + " already exists")
                .because(Reason.TAG_TAKEN);
    }

    private static TagDetails details(Tuple row) {
        return new TagDetails(Sql.number(row, 0), Sql.number(row, 1), Sql.number(row, 2), Sql.text(row, 3),
                Sql.time(row, 4), Sql.optionalTime(row, 5));
    }
}
