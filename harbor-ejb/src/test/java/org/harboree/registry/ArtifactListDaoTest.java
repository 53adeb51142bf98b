// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.Map;
import org.harboree.database.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ArtifactListDaoTest {
    @RegisterExtension
    static final TestDatabase DATABASE = TestDatabase.shared();

    private final Registry registry = new Registry(DATABASE);
    private final ArtifactListDao dao = registry.beans.get(ArtifactListDao.class);

    @BeforeEach
    void empty() {
        DATABASE.empty(Registry.TABLES);
    }

    @Test
    void shouldTellWhatWasPushedToAProjectLast() {
        RepositoryRef one = published("library/one");
        RepositoryRef elsewhere = published("other/one");
        RepositoryRef two = registry.work.call(() -> {
            RepositoryDao repositories = registry.beans.get(RepositoryDao.class);
            RepositoryRef made = repositories.findOrCreate("library/two", one.projectId());
            repositories.publish(List.of(made.id()));
            return made;
        });
        registry.artifact(one, Registry.image("first"));
        registry.artifact(two, Registry.image("second"));
        registry.artifact(one, Registry.image("third"));
        registry.artifact(elsewhere, Registry.image("fourth"));

        assertThat(registry.work.call(() -> dao.newest(one.projectId(), 2)))
                .extracting(ArtifactListDao.Pushed::repository, ArtifactListDao.Pushed::digest)
                .containsExactly(
                        tuple("library/one", Registry.image("third").digest().toString()),
                        tuple("library/two", Registry.image("second").digest().toString()));
    }

    @Test
    void shouldCountWhichOtherArtifactsOfTheProjectHaveALayer() {
        RepositoryRef here = published("library/one");
        RepositoryRef elsewhere = published("other/one");
        BlobRef shared = registry.blob(Registry.digest(1), 10);
        BlobRef own = registry.blob(Registry.digest(2), 20);
        long artifact = artifact(here, "first", shared, own);
        artifact(here, "second", shared);
        artifact(here, "third", shared);
        artifact(elsewhere, "fourth", shared, own);

        assertThat(registry.work.call(() -> dao.sharing(here.projectId(), artifact)))
                .isEqualTo(Map.of(shared.digest().toString(), 2L));
    }

    private long artifact(RepositoryRef repository, String note, BlobRef... blobs) {
        long id = registry.artifact(repository, Registry.image(note));
        registry.use(id, blobs);
        return id;
    }

    private RepositoryRef published(String name) {
        RepositoryRef repository = registry.repository(name);
        registry.work.run(() -> registry.beans.get(RepositoryDao.class).publish(List.of(repository.id())));
        return repository;
    }
}
