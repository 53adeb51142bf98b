// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
import jakarta.persistence.Tuple;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.harboree.oci.Digest;

/** Rows of {@code oci_blob} and of {@code repository_blob}, the link of a blob to a repository. */
@ApplicationScoped
class BlobDao {
    /** How long a promise of existence binds the collector. */
    private static final int LEASE_HOURS = 24;
    private static final String LEASE = "UTC_TIMESTAMP(6) + INTERVAL " + LEASE_HOURS + " HOUR";
    private static final String COLUMNS = "b.blob_id, b.digest, b.size, b.generation";

    @PersistenceContext(unitName = "harbor")
    private EntityManager entities;

    /** The live blob of that digest, in whatever repository. */
    Optional<BlobRef> findLive(Digest digest) {
        return Sql.first(query("SELECT " + COLUMNS + " FROM oci_blob b WHERE b.digest = ? AND b.state = 'LIVE'", digest))
                .map(BlobDao::blob);
    }

    /** The live blob of that digest in this repository. */
    Optional<BlobRef> findIn(long repositoryId, Digest digest) {
        return Sql.first(query("SELECT " + COLUMNS + " FROM oci_blob b JOIN repository_blob l ON l.blob_id = b.blob_id"
                        + " WHERE b.digest = ? AND b.state = 'LIVE' AND l.repository_id = ?", digest)
                .setParameter(2, repositoryId)).map(BlobDao::blob);
    }

    /**
     * The live blobs among these digests that are in this repository. Their rows are locked shared, in the order of
     * the digests, until the transaction ends: the collector cannot take them meanwhile.
     */
    @SuppressWarnings("unchecked")
    Map<Digest, BlobRef> lockIn(long repositoryId, Collection<Digest> digests) {
        Map<Digest, BlobRef> found = new HashMap<>();
        if (digests.isEmpty()) {
            return found;
        }
        Query query = entities.createNativeQuery("SELECT " + COLUMNS + " FROM oci_blob b JOIN repository_blob l"
                + " ON l.blob_id = b.blob_id WHERE l.repository_id = ? AND b.state = 'LIVE' AND b.digest IN ("
                + Sql.placeholders(digests.size()) + ") ORDER BY b.digest LOCK IN SHARE MODE", Tuple.class);
        query.setParameter(1, repositoryId);
        int position = 2;
        for (Digest digest : digests) {
            query.setParameter(position++, digest.toString());
        }
        ((List<Tuple>) query.getResultList()).stream().map(BlobDao::blob).forEach(b -> found.put(b.digest(), b));
        return found;
    }

    /** Locks the row of that digest if it is live and extends its lease. */
    Optional<BlobRef> promise(Digest digest) {
        Optional<BlobRef> blob = Sql.first(
                        query("SELECT " + COLUMNS + " FROM oci_blob b WHERE b.digest = ? AND b.state = 'LIVE' FOR UPDATE", digest))
                .map(BlobDao::blob);
        blob.ifPresent(found -> entities
                .createNativeQuery("UPDATE oci_blob SET lease_until = " + LEASE + " WHERE blob_id = ?")
                .setParameter(1, found.id())
                .executeUpdate());
        return blob;
    }

    /** Extends the lease unless more than half of it is left; false if the blob is not live any more. */
    boolean renewLease(long blobId) {
        Optional<Tuple> row = Sql.first(entities.createNativeQuery(
                        "SELECT lease_until > UTC_TIMESTAMP(6) + INTERVAL " + LEASE_HOURS / 2 + " HOUR AS fresh"
                                + " FROM oci_blob WHERE blob_id = ? AND state = 'LIVE'", Tuple.class)
                .setParameter(1, blobId));
        if (row.isEmpty() || Sql.number(row.get(), 0) == 1) {
            return row.isPresent();
        }
        return entities.createNativeQuery(
                                "UPDATE oci_blob SET lease_until = " + LEASE + " WHERE blob_id = ? AND state = 'LIVE'")
                        .setParameter(1, blobId)
                        .executeUpdate()
                == 1;
    }

    /**
     * Makes the row of a blob whose bytes were published under {@code generation}. Where a live row stands already its
     * generation wins, unless it is {@code broken}: the one whose file is missing or has the wrong size.
     *
     * @return the row as it is now, locked
     */
    BlobRef insertOrRevive(Digest digest, long size, String generation, Optional<String> broken) {
        entities.createNativeQuery("INSERT INTO oci_blob (digest, size, state, generation, lease_until, creation_time)"
                        + " VALUES (?, ?, 'LIVE', ?, " + LEASE + ", UTC_TIMESTAMP(6))"
                        + " ON DUPLICATE KEY UPDATE"
                        + " generation = IF(state <> 'LIVE' OR generation = ?, VALUES(generation), generation),"
                        + " size = VALUES(size), state = 'LIVE', version = version + 1, lease_until = " + LEASE)
                .setParameter(1, digest.toString())
                .setParameter(2, size)
                .setParameter(3, generation)
                .setParameter(4, broken.orElse(""))
                .executeUpdate();
        return findLive(digest).orElseThrow();
    }

    /** Puts the blob into the repository, also for the artifacts there that were pushed without it. */
    void link(long repositoryId, BlobRef blob) {
        entities.createNativeQuery("INSERT INTO repository_blob (repository_id, blob_id, creation_time)"
                        + " VALUES (?, ?, UTC_TIMESTAMP(6)) ON DUPLICATE KEY UPDATE blob_id = VALUES(blob_id)")
                .setParameter(1, repositoryId)
                .setParameter(2, blob.id())
                .executeUpdate();
        int awaited = entities.createNativeQuery("INSERT INTO artifact_blob (artifact_id, blob_id)"
                        + " SELECT a.artifact_id, ? FROM artifact_missing_blob m JOIN artifact a"
                        + " ON a.artifact_id = m.artifact_id WHERE m.digest = ? AND a.repository_id = ?")
                .setParameter(1, blob.id())
                .setParameter(2, blob.digest().toString())
                .setParameter(3, repositoryId)
                .executeUpdate();
        if (awaited > 0) {
            entities.createNativeQuery("DELETE m FROM artifact_missing_blob m JOIN artifact a"
                            + " ON a.artifact_id = m.artifact_id WHERE m.digest = ? AND a.repository_id = ?")
                    .setParameter(1, blob.digest().toString())
                    .setParameter(2, repositoryId)
                    .executeUpdate();
        }
    }

    boolean unlink(long repositoryId, long blobId) {
        return entities.createNativeQuery("DELETE FROM repository_blob WHERE repository_id = ? AND blob_id = ?")
                        .setParameter(1, repositoryId)
                        .setParameter(2, blobId)
                        .executeUpdate()
                == 1;
    }

    /** Whether an artifact of this repository needs the blob. */
    boolean isReferencedIn(long repositoryId, long blobId) {
        return Sql.first(entities.createNativeQuery("SELECT 1 FROM artifact_blob ab JOIN artifact a"
                        + " ON a.artifact_id = ab.artifact_id WHERE ab.blob_id = ? AND a.repository_id = ? LIMIT 1", Tuple.class)
                .setParameter(1, blobId)
                .setParameter(2, repositoryId)).isPresent();
    }

    /** Names of repositories that hold the live blob of this digest; at most {@code limit}. */
    @SuppressWarnings("unchecked")
    List<String> repositoriesOf(Digest digest, int limit) {
        return entities.createNativeQuery("SELECT r.name FROM repository r JOIN repository_blob l"
                        + " ON l.repository_id = r.repository_id JOIN oci_blob b ON b.blob_id = l.blob_id"
                        + " WHERE b.digest = ? AND b.state = 'LIVE'", String.class)
                .setParameter(1, digest.toString())
                .setMaxResults(limit)
                .getResultList();
    }

    private Query query(String sql, Digest digest) {
        return entities.createNativeQuery(sql, Tuple.class).setParameter(1, digest.toString());
    }

    private static BlobRef blob(Tuple row) {
        return new BlobRef(Sql.number(row, 0), Digest.parse(Sql.text(row, 1)), Sql.number(row, 2), Sql.text(row, 3));
    }
}
