// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

import jakarta.enterprise.context.Dependent;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.harboree.oci.Digest;
import org.harboree.registry.PullCache.InRepository;
import org.harboree.transaction.Jdbc;

/** Rows of {@code oci_blob} and of {@code repository_blob}, the link of a blob to a repository. */
@Dependent
class BlobDao {
    /** How long a promise of existence binds the collector. */
    private static final int LEASE_HOURS = 24;
    private static final String LEASE = "UTC_TIMESTAMP(6) + INTERVAL " + LEASE_HOURS + " HOUR";
    private static final String FRESH =
            "b.lease_until > UTC_TIMESTAMP(6) + INTERVAL " + LEASE_HOURS / 2 + " HOUR";
    private static final String COLUMNS = "b.blob_id, b.digest, b.size, b.generation";

    @PersistenceContext(unitName = "harbor")
    private EntityManager entities;

    /** The live blob of that digest, in whatever repository. */
    Optional<BlobRef> findLive(Digest digest) {
        return Jdbc.first(entities, "SELECT " + COLUMNS + " FROM oci_blob b WHERE b.digest = ? AND b.state = 'LIVE'",
                BlobDao::blob, digest.toString());
    }

    /** The live blob of that digest in this repository. */
    Optional<BlobRef> findIn(long repositoryId, Digest digest) {
        return Jdbc.first(entities, "SELECT " + COLUMNS + " FROM oci_blob b JOIN repository_blob l"
                + " ON l.blob_id = b.blob_id WHERE b.digest = ? AND b.state = 'LIVE' AND l.repository_id = ?",
                BlobDao::blob, digest.toString(), repositoryId);
    }

    /**
     * The live blobs among these that are in their repositories. Their rows are locked shared, in the order of the
     * digests, until the transaction ends: the collector cannot take them meanwhile.
     *
     * @param wanted repositories with digests
     */
    Map<InRepository, BlobRef> lockIn(Collection<InRepository> wanted) {
        List<Long> repositories = wanted.stream().map(InRepository::repositoryId).distinct().toList();
        List<String> digests = Jdbc.padded(wanted.stream().map(InRepository::name).distinct().toList());
        if (repositories.size() > 1) {
            return lockLinks(wanted, lockLive(digests));
        }
        Map<InRepository, BlobRef> found = new HashMap<>();
        for (long repository : repositories) {
            Jdbc.list(entities, "SELECT " + COLUMNS + " FROM oci_blob b JOIN repository_blob l"
                    + " ON l.blob_id = b.blob_id WHERE l.repository_id = ? AND b.state = 'LIVE' AND b.digest IN ("
                    + Sql.placeholders(digests.size()) + ") ORDER BY b.digest LOCK IN SHARE MODE", BlobDao::blob,
                    Stream.concat(Stream.of(repository), digests.stream()).toArray())
                    .forEach(blob -> found.put(PullCache.key(repository, blob.digest()), blob));
        }
        return found;
    }

    private Map<String, BlobRef> lockLive(List<String> digests) {
        Map<String, BlobRef> live = new HashMap<>();
        Jdbc.list(entities, "SELECT " + COLUMNS + " FROM oci_blob b WHERE b.digest IN ("
                + Sql.placeholders(digests.size()) + ") AND b.state = 'LIVE' ORDER BY b.digest LOCK IN SHARE MODE",
                BlobDao::blob, digests.toArray()).forEach(blob -> live.put(blob.digest().toString(), blob));
        return live;
    }

    /** Each pair by the primary key: a join of two lists would let the database read all links of a popular blob. */
    private Map<InRepository, BlobRef> lockLinks(Collection<InRepository> wanted, Map<String, BlobRef> live) {
        Map<InRepository, BlobRef> found = new HashMap<>();
        List<InRepository> pairs = Jdbc.padded(wanted.stream().filter(key -> live.containsKey(key.name())).toList());
        if (pairs.isEmpty()) {
            return found;
        }
        Map<Long, BlobRef> byId = new HashMap<>();
        live.values().forEach(blob -> byId.put(blob.id(), blob));
        Jdbc.list(entities, "SELECT repository_id, blob_id FROM repository_blob WHERE "
                + Sql.pairs("repository_id", "blob_id", pairs.size()) + " LOCK IN SHARE MODE",
                row -> found.put(PullCache.key(row.getLong(1), byId.get(row.getLong(2)).digest()),
                        byId.get(row.getLong(2))),
                pairs.stream().flatMap(key -> Stream.of(key.repositoryId(), live.get(key.name()).id())).toArray());
        return found;
    }

    /** The live blobs that an artifact needs, in the order of their digests. */
    List<BlobRef> ofArtifact(long artifactId) {
        return Jdbc.list(entities, "SELECT " + COLUMNS + " FROM artifact_blob ab JOIN oci_blob b"
                + " ON b.blob_id = ab.blob_id WHERE ab.artifact_id = ? AND b.state = 'LIVE' ORDER BY b.digest",
                BlobDao::blob, artifactId);
    }

    /** As {@link #promise(Collection)}, for one. */
    Optional<BlobRef> promise(Digest digest) {
        return Optional.ofNullable(promise(List.of(digest)).get(digest));
    }

    /**
     * Locks the rows of these digests that are live and sees to it that at least half of a lease is left. Shared where
     * that is so already: whoever mounts a popular layer does not wait for others who do.
     */
    Map<Digest, BlobRef> promise(Collection<Digest> digests) {
        Map<Digest, BlobRef> promised = new HashMap<>();
        if (digests.isEmpty()) {
            return promised;
        }
        List<String> asked = digests.stream().map(Digest::toString).distinct().sorted().toList();
        List<String> padded = Jdbc.padded(asked);
        Jdbc.list(entities, "SELECT " + COLUMNS + " FROM oci_blob b WHERE b.digest IN ("
                + Sql.placeholders(padded.size()) + ") AND b.state = 'LIVE' AND " + FRESH
                + " ORDER BY b.digest LOCK IN SHARE MODE", BlobDao::blob, padded.toArray())
                .forEach(blob -> promised.put(blob.digest(), blob));
        asked.stream().map(Digest::parse).filter(digest -> !promised.containsKey(digest)).forEach(digest ->
                lock(digest).ifPresent(blob -> promised.put(digest, blob)));
        return promised;
    }

    /** Locks the row of that digest against everybody if it is live, and extends its lease. */
    Optional<BlobRef> lock(Digest digest) {
        Optional<BlobRef> blob = Jdbc.first(entities, "SELECT " + COLUMNS
                + " FROM oci_blob b WHERE b.digest = ? AND b.state = 'LIVE' FOR UPDATE", BlobDao::blob,
                digest.toString());
        blob.ifPresent(found -> Jdbc.update(entities,
                "UPDATE oci_blob SET lease_until = " + LEASE + " WHERE blob_id = ?", found.id()));
        return blob;
    }

    /** Extends the lease unless more than half of it is left; false if the blob is not live any more. */
    boolean renewLease(long blobId) {
        Optional<Boolean> fresh = Jdbc.first(entities, "SELECT " + FRESH
                + " FROM oci_blob b WHERE b.blob_id = ? AND b.state = 'LIVE'", row -> row.getBoolean(1), blobId);
        if (fresh.isEmpty() || fresh.get()) {
            return fresh.isPresent();
        }
        return Jdbc.update(entities, "UPDATE oci_blob SET lease_until = " + LEASE
                + " WHERE blob_id = ? AND state = 'LIVE'", blobId) == 1;
    }

    /**
     * Makes the row of a blob whose bytes were published under {@code generation}. Where a live row stands already its
     * generation wins, unless it is {@code broken}: the one whose file is missing or has the wrong size.
     *
     * @return the row as it is now, locked
     */
    BlobRef insertOrRevive(Digest digest, long size, String generation, Optional<String> broken) {
        Jdbc.update(entities, "INSERT INTO oci_blob (digest, size, state, generation, lease_until, creation_time)"
                + " VALUES (?, ?, 'LIVE', ?, " + LEASE + ", UTC_TIMESTAMP(6)) ON DUPLICATE KEY UPDATE"
                + " generation = IF(state <> 'LIVE' OR generation = ?, VALUES(generation), generation),"
                + " size = VALUES(size), state = 'LIVE', version = version + 1, lease_until = " + LEASE,
                digest.toString(), size, generation, broken.orElse(""));
        return findLive(digest).orElseThrow();
    }

    /** A blob that is to be in a repository. */
    record Link(long repositoryId, BlobRef blob) {}

    /** Puts the blob into the repository, also for the artifacts there that were pushed without it. */
    void link(long repositoryId, BlobRef blob) {
        List<Link> link = List.of(new Link(repositoryId, blob));
        linkAll(link);
        giveToWaiting(link);
    }

    /** Only the links: {@link #giveToWaiting} has to follow for repositories that others know. */
    void linkAll(Collection<Link> links) {
        Jdbc.insertAll(entities, "INSERT INTO repository_blob (repository_id, blob_id, creation_time) VALUES",
                "(?, ?, UTC_TIMESTAMP(6))", " ON DUPLICATE KEY UPDATE blob_id = VALUES(blob_id)",
                links.stream().sorted(Comparator.comparingLong(Link::repositoryId)
                        .thenComparingLong(link -> link.blob().id()))
                        .map(link -> new Object[] {link.repositoryId(), link.blob().id()}).toList());
    }

    /**
     * A reference for each artifact there that was pushed without the blob; waits for those being pushed just now.
     *
     * @param links what is in the repositories now
     */
    void giveToWaiting(Collection<Link> links) {
        if (links.isEmpty()) {
            return;
        }
        Map<InRepository, BlobRef> come = new HashMap<>();
        links.forEach(link -> come.put(PullCache.key(link.repositoryId(), link.blob().digest()), link.blob()));
        List<String> digests = Jdbc.padded(come.keySet().stream().map(InRepository::name).distinct().toList());
        record Waiting(long artifactId, String digest) {}
        List<Waiting> waiting = Jdbc.list(entities, "SELECT artifact_id, digest FROM artifact_missing_blob"
                + " FORCE INDEX (PRIMARY) WHERE digest IN (" + Sql.placeholders(digests.size()) + ") FOR UPDATE",
                row -> new Waiting(row.getLong(1), row.getString(2)), digests.toArray());
        for (Waiting found : waiting) {
            long repository = Sql.repositoryOf(entities, found.artifactId());
            Optional.ofNullable(come.get(PullCache.key(repository, found.digest()))).ifPresent(blob -> {
                Jdbc.update(entities, "INSERT INTO artifact_blob (artifact_id, blob_id) VALUES (?, ?)",
                        found.artifactId(), blob.id());
                Jdbc.update(entities, "DELETE FROM artifact_missing_blob WHERE digest = ? AND artifact_id = ?",
                        found.digest(), found.artifactId());
            });
        }
    }

    boolean unlink(long repositoryId, long blobId) {
        return Jdbc.update(entities, "DELETE FROM repository_blob WHERE repository_id = ? AND blob_id = ?",
                repositoryId, blobId) == 1;
    }

    /** Whether an artifact of this repository needs the blob. */
    boolean isReferencedIn(long repositoryId, long blobId) {
        return Jdbc.exists(entities, "SELECT 1 FROM artifact_blob ab JOIN artifact a ON a.artifact_id = ab.artifact_id"
                + " WHERE ab.blob_id = ? AND a.repository_id = ? LIMIT 1", blobId, repositoryId);
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

    private static BlobRef blob(ResultSet row) throws SQLException {
        return new BlobRef(row.getLong(1), Digest.parse(row.getString(2)), row.getLong(3), row.getString(4));
    }
}
