// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.harboree.database.TestDatabase;
import org.harboree.oci.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TagDaoTest {
    @RegisterExtension
    static final TestDatabase DATABASE = TestDatabase.shared();

    private final Registry registry = new Registry(DATABASE);
    private final TagDao dao = registry.beans.get(TagDao.class);
    private final Manifest oldImage = Registry.image("old");
    private final Manifest newImage = Registry.image("new");
    private RepositoryRef repository;
    private long oldId;
    private long newId;

    @BeforeEach
    void push() {
        DATABASE.empty(Registry.TABLES);
        repository = registry.repository("library/alpine");
        oldId = registry.artifact(repository, oldImage);
        newId = registry.artifact(repository, newImage);
    }

    private void put(String tag, long artifact) {
        registry.work.run(() -> dao.put(repository.id(), tag, artifact));
    }

    @Test
    void shouldMoveATag() {
        put("latest", oldId);
        assertThat(dao.head(repository.id(), "latest")).contains(oldImage.digest().toString());
        put("latest", newId);
        assertThat(dao.head(repository.id(), "latest")).contains(newImage.digest().toString());
        assertThat(dao.namesOf(oldId)).isEmpty();
        assertThat(dao.namesOf(newId)).containsExactly("latest");
    }

    @Test
    void shouldTellTagsApartByCase() {
        put("V1", oldId);
        put("v1", newId);
        assertThat(dao.head(repository.id(), "V1")).contains(oldImage.digest().toString());
        assertThat(dao.head(repository.id(), "v1")).contains(newImage.digest().toString());
        assertThat(registry.work.call(() -> dao.delete(repository.id(), "V1"))).isTrue();
        assertThat(dao.head(repository.id(), "v1")).isPresent();
    }

    @Test
    void shouldListInByteOrderPageByPage() {
        List.of("b", "a.b", "a_b", "a-b", "B", "_x", "a0", "a", "1").forEach(tag -> put(tag, oldId));
        assertThat(dao.list(repository.id(), "", 100))
                .containsExactly("1", "B", "_x", "a", "a-b", "a.b", "a0", "a_b", "b");
        assertThat(dao.list(repository.id(), "a", 2)).containsExactly("a-b", "a.b");
        assertThat(dao.list(repository.id(), "a/", 1)).as("a name that is not there").containsExactly("a0");
        assertThat(dao.list(repository.id(), "b", 2)).isEmpty();
        assertThat(dao.list(repository.id() + 1, "", 2)).isEmpty();
    }

    @Test
    void shouldDeleteATagOnceAndAllTagsOfAnArtifact() {
        put("a", oldId);
        put("b", oldId);
        put("c", newId);
        assertThat(registry.work.call(() -> dao.delete(repository.id(), "a"))).isTrue();
        assertThat(registry.work.call(() -> dao.delete(repository.id(), "a"))).isFalse();
        registry.work.run(() -> dao.deleteOf(oldId));
        assertThat(dao.list(repository.id(), "", 10)).containsExactly("c");
    }
}
