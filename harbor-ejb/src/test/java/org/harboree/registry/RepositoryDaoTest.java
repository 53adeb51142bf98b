// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.harboree.access.ProjectRef;
import org.harboree.database.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RepositoryDaoTest {
    @RegisterExtension
    static final TestDatabase DATABASE = TestDatabase.shared();

    private final Registry registry = new Registry(DATABASE);
    private final RepositoryDao dao = registry.beans.get(RepositoryDao.class);

    @BeforeEach
    void empty() {
        DATABASE.empty(Registry.TABLES);
    }

    private RepositoryRef findOrCreate(String name, ProjectRef project) {
        return registry.work.call(() -> dao.findOrCreate(name, project.id()));
    }

    @Test
    void shouldMakeARepositoryOnceAndUnpublished() {
        ProjectRef project = registry.project("library");
        RepositoryRef made = findOrCreate("library/alpine", project);
        assertThat(made).isEqualTo(new RepositoryRef(made.id(), project.id(), "library/alpine", false));
        assertThat(findOrCreate("library/alpine", project)).isEqualTo(made);
        assertThat(dao.find("library/alpine")).contains(made);
        assertThat(dao.find("library/Alpine")).isEmpty();
    }

    @Test
    void shouldSayOnceThatARepositoryGetsItsFirstArtifact() {
        long id = findOrCreate("library/alpine", registry.project("library")).id();
        assertThat(registry.work.call(() -> dao.publish(List.of(id)))).isEqualTo(1);
        assertThat(registry.work.call(() -> dao.publish(List.of(id)))).isZero();
        assertThat(dao.find("library/alpine")).map(RepositoryRef::published).contains(true);
    }

    @Test
    void shouldMakeOneRepositoryForEightFirstPushesAtOnce() throws Exception {
        ProjectRef project = registry.project("library");
        ExecutorService pushes = Executors.newFixedThreadPool(8);
        List<Future<RepositoryRef>> made = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            made.add(pushes.submit(() -> findOrCreate("library/alpine", project)));
        }
        for (Future<RepositoryRef> one : made) {
            assertThat(one.get()).isEqualTo(made.get(0).get());
        }
        pushes.shutdown();
    }

    @Test
    void shouldReplaceTheRowThatADeletedProjectLeft() {
        ProjectRef before = registry.project("library");
        RepositoryRef old = findOrCreate("library/alpine", before);
        BlobRef blob = registry.blob(Registry.digest(1), 10);
        BlobDao blobs = registry.beans.get(BlobDao.class);
        registry.work.run(() -> blobs.link(old.id(), blob));
        ProjectRef after = registry.project("other");
        RepositoryRef taken = findOrCreate("library/alpine", after);
        assertThat(taken.projectId()).isEqualTo(after.id());
        assertThat(taken.id()).isNotEqualTo(old.id());
        assertThat(dao.find("library/alpine")).contains(taken);
        assertThat(blobs.findIn(old.id(), blob.digest())).isEmpty();
        assertThat(blobs.findIn(taken.id(), blob.digest())).isEmpty();
        assertThat(blobs.findLive(blob.digest())).contains(blob);
    }

    @Test
    void shouldListWhatHoldsAnArtifactInByteOrder() {
        ProjectRef project = registry.project("p");
        for (String name : List.of("p/b", "p/a-b", "p/a/b", "p/a.b", "p/a_b", "p/a0", "p/a")) {
            RepositoryRef repository = findOrCreate(name, project);
            registry.artifact(repository, Registry.image("x"));
            registry.work.run(() -> dao.publish(List.of(repository.id())));
        }
        RepositoryRef emptied = findOrCreate("p/emptied", project);
        registry.work.run(() -> dao.publish(List.of(emptied.id())));
        findOrCreate("p/uploads-only", project);
        List<String> all = dao.catalog("", 100);
        assertThat(all).containsExactly("p/a", "p/a-b", "p/a.b", "p/a/b", "p/a0", "p/a_b", "p/b");
        assertThat(dao.catalog("p/a.b", 2)).containsExactly("p/a/b", "p/a0");
        assertThat(dao.catalog("p/a.", 1)).containsExactly("p/a.b");
        assertThat(dao.catalog("p/b", 10)).isEmpty();
    }

    @Test
    void shouldDeleteWhatWasNeverPublishedWithItsLinksAndUploads() {
        ProjectRef project = registry.project("library");
        RepositoryRef unpublished = findOrCreate("library/uploads", project);
        RepositoryRef published = findOrCreate("library/image", project);
        BlobRef blob = registry.blob(Registry.digest(1), 10);
        registry.work.run(() -> {
            dao.publish(List.of(published.id()));
            registry.beans.get(BlobDao.class).link(unpublished.id(), blob);
            registry.beans.get(UploadDao.class).insert(
                    Upload.begin(unpublished.id(), registry.admin(), blob.digest().algorithm()));
            dao.deleteUnpublished(project.id());
        });
        assertThat(dao.find("library/uploads")).isEqualTo(Optional.empty());
        assertThat(dao.find("library/image")).map(RepositoryRef::published).contains(true);
    }
}
