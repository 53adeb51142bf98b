// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.harboree.database.TestDatabase;
import org.harboree.oci.Digest;
import org.harboree.oci.Manifest;
import org.harboree.transaction.Jdbc;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class BlobDaoTest {
    @RegisterExtension
    static final TestDatabase DATABASE = TestDatabase.shared();

    private static final Digest DIGEST = Registry.digest(1);

    private final Registry registry = new Registry(DATABASE);
    private final BlobDao dao = registry.beans.get(BlobDao.class);
    private RepositoryRef repository;

    @BeforeEach
    void empty() {
        DATABASE.empty(Registry.TABLES);
        repository = registry.repository("library/alpine");
    }

    private BlobRef insert(int generation, Optional<String> broken) {
        return registry.work.call(() -> dao.insertOrRevive(DIGEST, 10, Registry.generation(generation), broken));
    }

    @Test
    void shouldFindABlobWhereItIsLinkedOnly() {
        BlobRef blob = insert(1, Optional.empty());
        assertThat(dao.findLive(DIGEST)).contains(blob);
        assertThat(dao.findIn(repository.id(), DIGEST)).isEmpty();
        registry.work.run(() -> dao.link(repository.id(), blob));
        registry.work.run(() -> dao.link(repository.id(), blob));
        assertThat(dao.findIn(repository.id(), DIGEST)).contains(blob);
        assertThat(dao.repositoriesOf(DIGEST, 5)).containsExactly("library/alpine");
        assertThat(registry.work.call(() -> dao.unlink(repository.id(), blob.id()))).isTrue();
        assertThat(registry.work.call(() -> dao.unlink(repository.id(), blob.id()))).isFalse();
        assertThat(dao.findIn(repository.id(), DIGEST)).isEmpty();
    }

    @Test
    void shouldKeepTheGenerationOfALiveBlob() {
        BlobRef first = insert(1, Optional.empty());
        assertThat(insert(2, Optional.empty())).isEqualTo(first);
        assertThat(insert(3, Optional.of(Registry.generation(9)))).isEqualTo(first);
    }

    @Test
    void shouldReplaceTheGenerationWhoseFileIsBroken() {
        BlobRef first = insert(1, Optional.empty());
        BlobRef repaired = insert(2, Optional.of(first.generation()));
        assertThat(repaired).isEqualTo(new BlobRef(first.id(), DIGEST, 10, Registry.generation(2)));
        assertThat(insert(3, Optional.of(first.generation()))).as("a second repair of the same").isEqualTo(repaired);
    }

    @Test
    void shouldReviveABlobThatIsBeingCollectedUnderANewGeneration() {
        BlobRef first = insert(1, Optional.empty());
        DATABASE.execute("UPDATE oci_blob SET state = 'DELETING'");
        assertThat(dao.findLive(DIGEST)).isEmpty();
        assertThat(registry.work.call(() -> dao.promise(DIGEST))).isEmpty();
        assertThat(registry.work.call(() -> dao.renewLease(first.id()))).isFalse();
        assertThat(insert(2, Optional.empty()).generation()).isEqualTo(Registry.generation(2));
    }

    @Test
    void shouldPromiseABlobToManyAtOnceWhileMostOfTheLeaseIsLeft() {
        BlobRef blob = insert(1, Optional.empty());
        registry.work.run(() -> {
            assertThat(dao.promise(DIGEST)).contains(blob);
            assertThat(CompletableFuture.supplyAsync(() -> registry.work.call(() -> dao.promise(DIGEST))).join())
                    .as("another, before the first has ended").contains(blob);
        });
    }

    @Test
    void shouldRenewALeaseThatIsHalfOverWithThePromise() {
        BlobRef blob = insert(1, Optional.empty());
        DATABASE.execute("UPDATE oci_blob SET lease_until = UTC_TIMESTAMP(6) + INTERVAL 11 HOUR");
        assertThat(registry.work.call(() -> dao.promise(DIGEST))).contains(blob);
        assertThat(registry.work.call(() -> Jdbc.exists(DATABASE.entityManager(),
                "SELECT 1 FROM oci_blob WHERE lease_until > UTC_TIMESTAMP(6) + INTERVAL 23 HOUR"))).isTrue();
    }

    @Test
    void shouldAgreeOnOneGenerationAmongEightPushesAtOnce() throws Exception {
        ExecutorService pushes = Executors.newFixedThreadPool(8);
        for (int round = 0; round < 5; round++) {
            DATABASE.empty("repository_blob", "oci_blob");
            CyclicBarrier together = new CyclicBarrier(8);
            List<Future<BlobRef>> results = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                String name = Registry.generation(i + 1);
                results.add(pushes.submit(() -> {
                    together.await();
                    return registry.work.call(() -> {
                        BlobRef blob = dao.insertOrRevive(DIGEST, 10, name, Optional.empty());
                        dao.link(repository.id(), blob);
                        return blob;
                    });
                }));
            }
            BlobRef winner = dao.findLive(DIGEST).orElse(results.get(0).get());
            for (Future<BlobRef> result : results) {
                assertThat(result.get()).isEqualTo(winner);
            }
        }
        pushes.shutdown();
    }

    @Test
    void shouldExtendTheLeaseWithAPromise() {
        BlobRef blob = insert(1, Optional.empty());
        DATABASE.execute("UPDATE oci_blob SET lease_until = UTC_TIMESTAMP(6)");
        assertThat(registry.work.call(() -> dao.promise(DIGEST))).contains(blob);
        assertThat(hoursLeft()).isBetween(23L, 24L);
    }

    @Test
    void shouldRenewALeaseThatIsHalfOver() {
        BlobRef blob = insert(1, Optional.empty());
        DATABASE.execute("UPDATE oci_blob SET lease_until = UTC_TIMESTAMP(6) + INTERVAL 11 HOUR");
        assertThat(registry.work.call(() -> dao.renewLease(blob.id()))).isTrue();
        assertThat(hoursLeft()).isBetween(23L, 24L);
        DATABASE.execute("UPDATE oci_blob SET lease_until = UTC_TIMESTAMP(6) + INTERVAL 13 HOUR");
        assertThat(registry.work.call(() -> dao.renewLease(blob.id()))).isTrue();
        assertThat(hoursLeft()).as("fresh enough").isBetween(12L, 13L);
        assertThat(registry.work.call(() -> dao.renewLease(blob.id() + 1))).isFalse();
    }

    private long hoursLeft() {
        return ((Number) DATABASE.entityManager()
                .createNativeQuery("SELECT TIMESTAMPDIFF(HOUR, UTC_TIMESTAMP(6), lease_until) FROM oci_blob")
                .getSingleResult()).longValue();
    }

    @Test
    void shouldLockTheBlobsOfTheRepositoryAmongThoseAsked() {
        BlobRef here = insert(1, Optional.empty());
        BlobRef elsewhere = registry.blob(Registry.digest(2), 5);
        registry.work.run(() -> dao.link(repository.id(), here));
        assertThat(registry.work.call(() -> dao.lockIn(List.of(key(repository, elsewhere.digest()),
                key(repository, DIGEST), key(repository, Registry.digest(3))))))
                .isEqualTo(Map.of(key(repository, DIGEST), here));
        assertThat(registry.work.call(() -> dao.lockIn(List.of()))).isEmpty();
    }

    @Test
    void shouldLockTheBlobsOfSeveralRepositories() {
        BlobRef one = insert(1, Optional.empty());
        BlobRef two = registry.blob(Registry.digest(2), 5);
        RepositoryRef other = registry.repository("other/alpine");
        registry.work.run(() -> dao.linkAll(List.of(new BlobDao.Link(other.id(), two),
                new BlobDao.Link(repository.id(), one), new BlobDao.Link(other.id(), one))));
        assertThat(registry.work.call(() -> dao.lockIn(List.of(key(repository, DIGEST), key(other, DIGEST),
                key(repository, two.digest()), key(other, two.digest()), key(other, Registry.digest(3))))))
                .isEqualTo(Map.of(key(repository, DIGEST), one, key(other, DIGEST), one,
                        key(other, two.digest()), two));
        assertThat(registry.work.call(() -> dao.lockIn(List.of(key(repository, Registry.digest(3)),
                key(other, Registry.digest(3)))))).isEmpty();
    }

    @Test
    void shouldPromiseTheLiveBlobsOfSeveralDigests() {
        BlobRef one = insert(1, Optional.empty());
        BlobRef two = registry.blob(Registry.digest(2), 5);
        DATABASE.execute("UPDATE oci_blob SET lease_until = UTC_TIMESTAMP(6) WHERE blob_id = " + one.id());
        assertThat(registry.work.call(() -> dao.promise(List.of(Registry.digest(3), two.digest(), DIGEST, DIGEST))))
                .isEqualTo(Map.of(DIGEST, one, two.digest(), two));
        assertThat(registry.work.call(() -> dao.promise(List.of()))).isEmpty();
    }

    private static PullCache.InRepository key(RepositoryRef repository, Digest digest) {
        return PullCache.key(repository.id(), digest);
    }

    @Test
    void shouldGiveTheBlobToTheArtifactsThatWerePushedWithoutIt() {
        Manifest image = Registry.image("sparse");
        long artifact = registry.artifact(repository, image);
        RepositoryRef other = registry.repository("other/alpine");
        long elsewhere = registry.artifact(other, image);
        ArtifactDao artifacts = registry.beans.get(ArtifactDao.class);
        registry.work.run(() -> {
            artifacts.insertMissingBlobs(artifact, List.of(DIGEST, Registry.digest(2)));
            artifacts.insertMissingBlobs(elsewhere, List.of(DIGEST));
        });
        BlobRef blob = insert(1, Optional.empty());
        registry.work.run(() -> dao.link(repository.id(), blob));
        assertThat(dao.isReferencedIn(repository.id(), blob.id())).isTrue();
        assertThat(dao.isReferencedIn(other.id(), blob.id())).isFalse();
        assertThat(DATABASE.entityManager()
                .createNativeQuery("SELECT COUNT(*) FROM artifact_missing_blob").getSingleResult()).isEqualTo(2L);
    }
}
