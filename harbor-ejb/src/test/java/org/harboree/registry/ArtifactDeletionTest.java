// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.harboree.access.Caller;
import org.harboree.oci.Digest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ArtifactDeletionTest extends RegistryFixture {
    private ArtifactDeletion deletion;
    private RepositoryRef repository;

    @BeforeEach
    void open() {
        deletion = registry.beans.get(ArtifactDeletion.class);
        repository = registry.repository("other/alpine");
    }

    /** Artifacts of which each has its own subject; one statement, for the tests need many. */
    private void insert(List<Digest> digests, List<Digest> subjects) {
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < digests.size(); i++) {
            rows.add("(" + repository.id() + ", '" + digests.get(i) + "', 'x', 'x', 1, 1, "
                    + (subjects.get(i) == null ? "NULL" : "'" + subjects.get(i) + "'") + ", UTC_TIMESTAMP(6))");
        }
        DATABASE.execute("INSERT INTO artifact (repository_id, digest, type, media_type, size, manifest_size,"
                + " subject_digest, push_time) VALUES " + String.join(", ", rows));
    }

    private void entry(Digest parent, Digest child) {
        ArtifactDao artifacts = registry.beans.get(ArtifactDao.class);
        DATABASE.execute("INSERT INTO artifact_child (parent_id, position, child_id, child_digest) VALUES ("
                + artifacts.find(repository.id(), parent).orElseThrow() + ", 0, "
                + artifacts.find(repository.id(), child).orElseThrow() + ", '" + child + "')");
    }

    private void tag(Digest digest) {
        long id = registry.beans.get(ArtifactDao.class).find(repository.id(), digest).orElseThrow();
        registry.work.run(() -> registry.beans.get(TagDao.class).put(repository.id(), "kept", id));
    }

    @SuppressWarnings("unchecked")
    private List<String> left() {
        return DATABASE.entityManager().createNativeQuery("SELECT digest FROM artifact ORDER BY artifact_id",
                String.class).getResultList();
    }

    /** On a stack that has no room for a thousand calls inside one another; in one transaction, to be quick. */
    @Test
    void shouldDeleteALongChainOfSubjects() throws Exception {
        List<Digest> chain = new ArrayList<>();
        List<Digest> subjects = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            subjects.add(i == 0 ? null : chain.get(i - 1));
            chain.add(Registry.digest(i));
        }
        insert(chain, subjects);
        FutureTask<Boolean> deleted =
                new FutureTask<>(() -> registry.work.call(
                        () -> deletion.delete(repository, chain.get(0), Caller.system())));
        Thread client = new Thread(null, deleted, "small stack", 192 << 10);
        client.start();
        assertThat(deleted.get()).isTrue();
        assertThat(left()).isEmpty();
    }

    @Test
    void shouldDeleteMoreReferrersThanItReadsAtOnceButNoneThatHasATag() {
        Digest subject = Registry.digest(0);
        List<Digest> digests = new ArrayList<>(List.of(subject));
        List<Digest> subjects = new ArrayList<>();
        subjects.add(null);
        for (int i = 1; i <= 250; i++) {
            digests.add(Registry.digest(i));
            subjects.add(subject);
        }
        insert(digests, subjects);
        tag(digests.get(99));
        assertThat(registry.work.call(() -> deletion.delete(repository, subject, Caller.system()))).isTrue();
        assertThat(left()).containsExactly(digests.get(99).toString());
    }

    @Test
    void shouldDeleteTheChildrenOfIndexesAndWhatRefersToThem() {
        List<Digest> digests = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            digests.add(Registry.digest(i));
        }
        List<Digest> subjects = new ArrayList<>(Collections.nCopies(5, null));
        subjects.set(3, digests.get(2));
        subjects.set(4, digests.get(3));
        insert(digests, subjects);
        entry(digests.get(0), digests.get(1));
        entry(digests.get(1), digests.get(2));
        assertThat(deletion.delete(repository, digests.get(0), Caller.system())).isTrue();
        assertThat(left()).isEmpty();
    }

    @Test
    void shouldKeepAChildThatAnotherIndexNeeds() {
        List<Digest> digests = List.of(Registry.digest(0), Registry.digest(1), Registry.digest(2));
        List<Digest> none = new ArrayList<>(Collections.nCopies(3, null));
        insert(digests, none);
        entry(digests.get(0), digests.get(2));
        entry(digests.get(1), digests.get(2));
        assertThat(deletion.delete(repository, digests.get(0), Caller.system())).isTrue();
        assertThat(left()).containsExactly(digests.get(1).toString(), digests.get(2).toString());
    }

    @Test
    void shouldSayThatThereWasNothing() {
        assertThat(deletion.delete(repository, Registry.digest(9), Caller.system())).isFalse();
    }
}
