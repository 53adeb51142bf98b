// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.harboree.database.TestDatabase;
import org.harboree.oci.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RepositoryListDaoTest {
    @RegisterExtension
    static final TestDatabase DATABASE = TestDatabase.shared();

    private final Registry registry = new Registry(DATABASE);
    private final RepositoryListDao dao = registry.beans.get(RepositoryListDao.class);

    @BeforeEach
    void empty() {
        DATABASE.empty(Registry.TABLES);
    }

    @Test
    void shouldHaveAnotherVersionAfterEachPushRetagAndDeletion() {
        RepositoryRef repository = registry.repository("library/one");
        Set<String> versions = new HashSet<>();
        versions.add(version(repository));
        long first = registry.artifact(repository, Registry.image("first"));
        versions.add(version(repository));
        long second = registry.artifact(repository, Registry.image("second"));
        versions.add(version(repository));
        TagDao tags = registry.beans.get(TagDao.class);
        registry.work.run(() -> tags.put(repository.id(), "1", first));
        versions.add(version(repository));
        registry.work.run(() -> tags.put(repository.id(), "1", second));
        versions.add(version(repository));
        registry.work.run(() -> registry.beans.get(ArtifactDao.class).delete(first));
        versions.add(version(repository));

        assertThat(versions).hasSize(6);
        assertThat(version(repository)).isEqualTo(version(repository));
    }

    @Test
    void shouldHaveAnotherVersionOfAProjectAfterEachPush() {
        RepositoryRef repository = registry.repository("library/one");
        Set<String> versions = new HashSet<>();
        versions.add(registry.work.call(() -> dao.projectVersion(repository.projectId())));
        registry.work.run(() -> registry.beans.get(RepositoryDao.class).publish(List.of(repository.id())));
        for (String note : List.of("first", "second")) {
            registry.artifact(repository, Registry.image(note));
            versions.add(registry.work.call(() -> dao.projectVersion(repository.projectId())));
        }

        assertThat(versions).hasSize(3);
        assertThat(registry.work.call(() -> dao.lastPushes(List.of(repository.id()))))
                .containsOnlyKeys(repository.id());
    }

    private String version(RepositoryRef repository) {
        return registry.work.call(() -> dao.version(repository.id()));
    }

    @Test
    void shouldCountTheBytesOfLinksAndManifestsOfEachRepository() {
        RepositoryRef one = registry.repository("library/one");
        RepositoryRef other = registry.work.call(
                () -> registry.beans.get(RepositoryDao.class).findOrCreate("library/other", one.projectId()));
        BlobRef shared = registry.blob(Registry.digest(1), 1000);
        BlobRef own = registry.blob(Registry.digest(2), 20);
        registry.work.run(() -> {
            BlobDao blobs = registry.beans.get(BlobDao.class);
            blobs.link(one.id(), shared);
            blobs.link(other.id(), shared);
            blobs.link(one.id(), own);
        });
        Manifest manifest = Registry.image("one");
        registry.artifact(one, manifest);

        assertThat(registry.work.call(() -> dao.bytes(List.of(one.id(), other.id()))))
                .isEqualTo(Map.of(one.id(), 1020L + manifest.content().length, other.id(), 1000L));
        assertThat(registry.work.call(() -> dao.bytes(List.of()))).isEmpty();
    }
}
