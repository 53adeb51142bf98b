// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import org.harboree.database.TestDatabase;
import org.harboree.listing.PageRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PullCountDaoTest {
    @RegisterExtension
    static final TestDatabase DATABASE = TestDatabase.shared();

    private final Registry registry = new Registry(DATABASE);
    private long artifact;

    @BeforeEach
    void push() {
        DATABASE.empty(Registry.TABLES);
        RepositoryRef repository = registry.repository("library/alpine");
        artifact = registry.artifact(repository, Registry.image("x"));
        registry.work.run(() -> registry.beans.get(TagDao.class).put(repository.id(), "latest", artifact));
    }

    @Test
    void shouldAddPullsToTheRepositoryAndTellTheTime() {
        PullCountDao dao = registry.beans.get(PullCountDao.class);
        registry.work.run(() -> dao.add(artifact, null, 3));
        assertThat(number("SELECT pull_count FROM repository")).isEqualTo(3);
        assertThat(number("SELECT COUNT(*) FROM artifact WHERE pull_time IS NOT NULL")).isEqualTo(1);
        assertThat(number("SELECT COUNT(*) FROM tag WHERE pull_time IS NOT NULL")).isZero();
        registry.work.run(() -> dao.add(artifact, "latest", 2));
        assertThat(number("SELECT pull_count FROM repository")).isEqualTo(5);
        assertThat(number("SELECT pull_count FROM artifact_pull WHERE artifact_id = " + artifact)).isEqualTo(5);
        assertThat(number("SELECT COUNT(*) FROM tag WHERE pull_time IS NOT NULL")).isEqualTo(1);
    }

    @Test
    void shouldTellHowOftenAnArtifactWasPulled() {
        ArtifactListDao artifacts = registry.beans.get(ArtifactListDao.class);
        registry.work.run(() -> registry.beans.get(PullCountDao.class).add(artifact, "latest", 7));
        long other = registry.artifact(registry.repository("other/app"), Registry.image("y"));

        assertThat(registry.work.call(() -> artifacts.page(new Where(), ArtifactListDao.NEWEST_FIRST,
                PageRequest.first()))).extracting(ArtifactListDao.Row::id, ArtifactListDao.Row::pullCount)
                .containsExactlyInAnyOrder(tuple(artifact, 7L), tuple(other, 0L));
    }

    @Test
    void shouldTakeNoNoticeOfAnArtifactThatHasGone() {
        registry.work.run(() -> registry.beans.get(PullCountDao.class).add(artifact + 1, "latest", 2));
        assertThat(number("SELECT COUNT(*) FROM artifact_pull")).isZero();
        assertThat(number("SELECT pull_count FROM repository")).isZero();
    }

    @Test
    void shouldWriteCountedPullsOnce() {
        PullRecorder recorder = registry.beans.get(PullRecorder.class);
        recorder.pulled(artifact, "latest");
        recorder.pulled(artifact, "latest");
        recorder.pulled(artifact, null);
        recorder.flush();
        recorder.flush();
        assertThat(number("SELECT pull_count FROM repository")).isEqualTo(3);
    }

    private static long number(String sql) {
        return ((Number) DATABASE.entityManager().createNativeQuery(sql).getSingleResult()).longValue();
    }
}
