// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.persistence.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.harboree.database.TestDatabase;
import org.harboree.oci.Digest;
import org.harboree.oci.Manifest;
import org.harboree.oci.MediaTypes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ArtifactDaoTest {
    @RegisterExtension
    static final TestDatabase DATABASE = TestDatabase.shared();

    private final Registry registry = new Registry(DATABASE);
    private final ArtifactDao dao = registry.beans.get(ArtifactDao.class);
    private RepositoryRef repository;

    @BeforeEach
    void empty() {
        DATABASE.empty(Registry.TABLES);
        repository = registry.repository("library/alpine");
    }

    @Test
    void shouldCountTheSizesOfItsChildrenIntoThatOfAnIndex() {
        RepositoryRef repository = registry.repository("indexes/app");
        Manifest child = Registry.image("child");
        Manifest index = Registry.parse("{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_INDEX
                + "\",\"manifests\":[" + Registry.descriptor(MediaTypes.OCI_MANIFEST, child.digest(),
                        child.content().length) + "]}");
        long childId = registry.artifact(repository, child);
        long indexId = registry.artifact(repository, index);
        registry.work.run(() -> dao.weighIndex(indexId, List.of(childId)));

        assertThat(registry.work.call(() -> Sql.number(registry.beans.get(ArtifactListDao.class)
                .find(repository.id(), index.digest().toString()).orElseThrow().columns(), 5)))
                .isEqualTo(index.content().length + child.totalSize());
    }

    @Test
    void shouldGiveTheContentBackByteForByte() {
        String json = Registry.image(Registry.digest(1), 1, Registry.digest(2), 2, "\u00e4\ud83d\ude00");
        Manifest image = Registry.parse(" " + json + "\n\n");
        long id = registry.artifact(repository, image);
        StoredManifest stored = dao.findContent(repository.id(), image.digest().toString()).orElseThrow();
        assertThat(stored.artifactId()).isEqualTo(id);
        assertThat(stored.mediaType()).isEqualTo(MediaTypes.OCI_MANIFEST);
        assertThat(stored.content()).isEqualTo(image.content());
        assertThat(dao.find(repository.id(), image.digest())).contains(id);
        assertThat(dao.findContent(repository.id() + 1, image.digest().toString())).isEmpty();
    }

    @Test
    void shouldNotTakeTheSameArtifactTwice() {
        Manifest image = Registry.image("same");
        registry.artifact(repository, image);
        assertThatThrownBy(() -> registry.artifact(repository, image)).isInstanceOf(RuntimeException.class);
        RepositoryRef other = registry.repository("other/alpine");
        assertThat(registry.artifact(other, image)).isPositive();
    }

    @Test
    void shouldLockTheChildrenThatAreInTheRepository() {
        Manifest child = Registry.image("child");
        long id = registry.artifact(repository, child);
        Map<Digest, ArtifactDao.Child> children = registry.work.call(() ->
                dao.lockChildren(repository.id(), List.of(child.digest(), Registry.digest(9))));
        assertThat(children).isEqualTo(Map.of(child.digest(),
                new ArtifactDao.Child(id, child.content().length, MediaTypes.OCI_MANIFEST)));
        assertThat(registry.work.call(() -> dao.lockChildren(repository.id(), List.of()))).isEmpty();
    }

    @Test
    void shouldAdoptAChildThatComesLater() {
        Manifest child = Registry.image("child");
        Manifest index = index(child);
        long parent = registry.artifact(repository, index);
        RepositoryRef other = registry.repository("other/alpine");
        long foreignParent = registry.artifact(other, index);
        registry.work.run(() -> {
            dao.insertChildren(parent, index.children(), Map.of());
            dao.insertChildren(foreignParent, index.children(), Map.of());
        });
        long id = registry.artifact(repository, child);
        assertThat(dao.isChild(id)).isFalse();
        PullCache.InRepository key = PullCache.key(repository.id(), child.digest());
        registry.work.run(() -> dao.adopt(Set.of(key), Map.of(key, id)));
        assertThat(dao.isChild(id)).isTrue();
        assertThat(adoptedBy(id)).as("both entries of this index, none of the other's").isEqualTo(2);
    }

    @Test
    void shouldTakeContentAndReferencesAwayWithTheArtifact() {
        Manifest child = Registry.image("child");
        Manifest index = index(child);
        long childId = registry.artifact(repository, child);
        long parent = registry.artifact(repository, index);
        BlobRef blob = registry.blob(Registry.digest(1), 1);
        registry.work.run(() -> {
            Map<Digest, ArtifactDao.Child> present = dao.lockChildren(repository.id(), List.of(child.digest()));
            dao.insertChildren(parent, index.children(), present);
            dao.insertMissingBlobs(childId, List.of(Registry.digest(2)));
        });
        registry.use(childId, blob);
        assertThat(dao.isChild(childId)).isTrue();
        registry.work.run(() -> dao.delete(parent));
        assertThat(dao.isChild(childId)).isFalse();
        registry.work.run(() -> dao.delete(childId));
        assertThat(dao.findContent(repository.id(), child.digest().toString())).isEmpty();
        assertThat(registry.beans.get(BlobDao.class).isReferencedIn(repository.id(), blob.id())).isFalse();
    }

    @Test
    void shouldPageThroughReferrersOldestFirst() {
        Digest subject = Registry.digest(7);
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ids.add(registry.artifact(repository, referrer(subject, i % 2 == 0 ? "text/a" : "text/b", i)));
        }
        registry.artifact(repository, referrer(Registry.digest(8), "text/a", 0));
        registry.artifact(registry.repository("other/alpine"), referrer(subject, "text/a", 0));
        assertThat(referrers(subject, Optional.empty(), 0, 10)).isEqualTo(ids);
        assertThat(referrers(subject, Optional.empty(), 0, 2)).isEqualTo(ids.subList(0, 2));
        assertThat(referrers(subject, Optional.empty(), ids.get(1), 10)).isEqualTo(ids.subList(2, 5));
        assertThat(referrers(subject, Optional.of("text/b"), 0, 10)).containsExactly(ids.get(1), ids.get(3));
        assertThat(referrers(subject, Optional.of("TEXT/B"), 0, 10)).isEmpty();
    }

    private List<Long> referrers(Digest subject, Optional<String> type, long after, int limit) {
        List<Tuple> rows = dao.referrers(repository.id(), subject, type, after, limit);
        return rows.stream().map(row -> Sql.number(row, 0)).toList();
    }

    private long adoptedBy(long child) {
        return ((Number) DATABASE.entityManager()
                .createNativeQuery("SELECT COUNT(*) FROM artifact_child WHERE child_id = " + child)
                .getSingleResult()).longValue();
    }

    /** Names the child twice, for two platforms. */
    private static Manifest index(Manifest child) {
        String entry = Registry.descriptor(MediaTypes.OCI_MANIFEST, child.digest(), child.content().length);
        return Registry.parse("{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_INDEX + "\",\"manifests\":["
                + entry + "," + entry + "]}");
    }

    private static Manifest referrer(Digest subject, String type, int number) {
        String empty = Registry.descriptor(MediaTypes.OCI_EMPTY, Registry.digest(1), 2);
        return Registry.parse("{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_MANIFEST
                + "\",\"artifactType\":\"" + type + "\",\"config\":" + empty + ",\"layers\":[" + empty
                + "],\"subject\":" + Registry.descriptor(MediaTypes.OCI_MANIFEST, subject, 5)
                + ",\"annotations\":{\"n\":\"" + number + "\"}}");
    }
}
