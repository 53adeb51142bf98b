// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.harboree.access.Caller;
import org.harboree.access.ProjectRef;
import org.harboree.database.TestDatabase;
import org.harboree.oci.Manifest;
import org.harboree.project.NewProject;
import org.harboree.project.ProjectKey;
import org.harboree.project.ProjectService;
import org.harboree.statistics.StatisticsService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What {@link StatisticsService#bytesIn} counts of the registry's tables. */
class BytesInProjectsTest {
    @RegisterExtension
    static final TestDatabase DATABASE = TestDatabase.shared();

    private final Registry registry = new Registry(DATABASE);
    private final StatisticsService statistics = registry.beans.get(StatisticsService.class);

    @BeforeEach
    void empty() {
        DATABASE.empty(Registry.TABLES);
    }

    @Test
    void shouldCountABlobOnceAProjectHoweverManyOfItsRepositoriesHaveIt() {
        RepositoryRef first = registry.repository("one/a");
        RepositoryRef second = inProjectOf(first, "one/b");
        RepositoryRef other = registry.repository("two/a");
        ProjectRef empty = registry.project("three");
        BlobRef shared = registry.blob(Registry.digest(1), 1000);
        BlobRef single = registry.blob(Registry.digest(2), 50);
        link(shared, first, second, other);
        link(single, second);
        registry.blob(Registry.digest(3), 7777);
        Manifest image = Registry.image("counted");
        registry.artifact(first, image);

        Map<Long, Long> bytes = statistics.bytesIn(registry.admin(), List.of(project("one"), project("two"), empty));

        assertThat(bytes).isEqualTo(Map.of(project("one").id(), 1050L + image.content().length,
                project("two").id(), 1000L, empty.id(), 0L));
    }

    @Test
    void shouldSayNothingAboutProjectsOfWhichTheCallerMayNotKnowTheQuota() {
        registry.beans.get(ProjectService.class)
                .create(registry.admin(), new NewProject("open", Map.of("public", "true")));

        assertThat(statistics.bytesIn(Caller.anonymous(), List.of(project("open")))).isEmpty();
        assertThat(statistics.bytesIn(Caller.anonymous(), ProjectKey.ofName("open"))).isEmpty();
        assertThat(statistics.bytesIn(registry.admin(), ProjectKey.ofName("open"))).isEqualTo(OptionalLong.of(0));
        assertThat(statistics.bytesIn(registry.admin(), List.of())).isEmpty();
    }

    private RepositoryRef inProjectOf(RepositoryRef neighbour, String name) {
        return registry.work.call(() -> registry.beans.get(RepositoryDao.class)
                .findOrCreate(name, neighbour.projectId()));
    }

    private void link(BlobRef blob, RepositoryRef... repositories) {
        BlobDao blobs = registry.beans.get(BlobDao.class);
        for (RepositoryRef repository : repositories) {
            registry.work.run(() -> blobs.link(repository.id(), blob));
        }
    }

    private ProjectRef project(String name) {
        return registry.beans.get(ProjectService.class).find(name).orElseThrow();
    }
}
