// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.harboree.access.Caller;
import org.harboree.database.TestDatabase;
import org.harboree.oci.Digest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class UploadDaoTest {
    @RegisterExtension
    static final TestDatabase DATABASE = TestDatabase.shared();

    private final Registry registry = new Registry(DATABASE);
    private final UploadDao dao = registry.beans.get(UploadDao.class);
    private RepositoryRef repository;
    private Upload upload;

    @BeforeEach
    void open() {
        DATABASE.empty(Registry.TABLES);
        repository = registry.repository("library/alpine");
        upload = Upload.begin(repository.id(), registry.admin(), Digest.Algorithm.SHA512);
        registry.work.run(() -> dao.insert(upload));
    }

    private boolean advance(long from, long to) {
        return registry.work.call(() -> dao.advance(upload.id(), from, to));
    }

    @Test
    void shouldReadWhatWasWritten() {
        assertThat(dao.find(upload.id())).contains(upload);
        assertThat(dao.find(upload.id().toUpperCase(java.util.Locale.ROOT))).isEmpty();
    }

    @Test
    void shouldAdvanceFromTheRecordedOffsetOnly() {
        assertThat(advance(0, 10)).isTrue();
        assertThat(advance(0, 20)).isFalse();
        assertThat(dao.find(upload.id())).map(Upload::offset).contains(10L);
        assertThat(advance(10, 10)).as("an empty chunk").isTrue();
        assertThat(advance(10, 5_000_000_000L)).isTrue();
        assertThat(dao.find(upload.id())).map(Upload::offset).contains(5_000_000_000L);
    }

    @Test
    void shouldLetOneOfEightWritersAdvance() throws Exception {
        ExecutorService writers = Executors.newFixedThreadPool(8);
        List<Future<Boolean>> results = new ArrayList<>();
        for (int i = 1; i <= 8; i++) {
            int length = i;
            results.add(writers.submit(() -> advance(0, length)));
        }
        int advanced = 0;
        for (Future<Boolean> result : results) {
            advanced += result.get() ? 1 : 0;
        }
        writers.shutdown();
        assertThat(advanced).isEqualTo(1);
    }

    @Test
    void shouldNotAdvanceWhatHasGone() {
        assertThat(registry.work.call(() -> dao.delete(upload.id()))).isTrue();
        assertThat(registry.work.call(() -> dao.delete(upload.id()))).isFalse();
        assertThat(advance(0, 10)).isFalse();
    }

    @Test
    void shouldCountTheSessionsOfOneOwnerInOneRepository() {
        registry.work.run(() -> dao.insert(Upload.begin(repository.id(),
                new Caller(Caller.Kind.USER, 99, "admin", false), Digest.Algorithm.SHA256)));
        assertThat(dao.countOf(repository.id(), upload.owner())).isEqualTo(1);
        assertThat(dao.countOf(repository.id() + 1, upload.owner())).isZero();
    }

    @Test
    void shouldFindWhatNobodyHasTouched() {
        assertThat(dao.untouchedFor(1, 10)).isEmpty();
        DATABASE.execute("UPDATE upload SET touched_time = UTC_TIMESTAMP(6) - INTERVAL 61 MINUTE");
        assertThat(dao.untouchedFor(1, 10)).containsExactly(upload.id());
        advance(0, 1);
        assertThat(dao.untouchedFor(1, 10)).isEmpty();
    }
}
