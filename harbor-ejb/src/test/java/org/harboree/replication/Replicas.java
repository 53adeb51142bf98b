// SPDX-License-Identifier: Apache-2.0
package org.harboree.replication;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.harboree.access.Caller;
import org.harboree.access.Memberships;
import org.harboree.config.PropertyDao;
import org.harboree.config.SecretBox;
import org.harboree.config.Settings;
import org.harboree.database.TestBeans;
import org.harboree.database.TestDatabase;
import org.harboree.identity.Accounts;
import org.harboree.identity.Passwords;
import org.harboree.project.LiveMemberships;
import org.harboree.project.ProjectContents;
import org.harboree.remote.RegistryEndpoints;
import org.harboree.remote.RemoteRegistry;
import org.harboree.storage.BlobStorage;
import org.harboree.storage.filesystem.FilesystemBlobStorage;
import org.harboree.transaction.UnitOfWork;

/** Replication's beans over a test database and a folder; the other registries are a test's own. */
final class Replicas {
    static final String[] TABLES = {"tag", "artifact_child", "artifact_blob", "artifact_missing_blob", "artifact_pull",
        "artifact_content", "artifact", "upload", "repository_blob", "oci_blob", "repository", "project_member",
        "project_metadata", "project", "task_log", "task", "execution", "schedule", "replication_policy",
        "harbor_user"};

    final TestBeans beans;
    final UnitOfWork work;
    final Map<Long, RemoteRegistry> others = new HashMap<>();
    final Caller admin;

    Replicas(TestDatabase database, Path folder) {
        database.empty(TABLES);
        admin = new Accounts(database, Map.of()).admin();
        beans = new TestBeans(database);
        work = beans.get(UnitOfWork.class);
        beans.with(Settings.class, new Settings(Map.of(), beans.get(PropertyDao.class), work));
        beans.with(SecretBox.class, new SecretBox(new byte[32]));
        beans.with(Passwords.class, new Passwords(10, 4, 30));
        beans.with(Memberships.class, beans.get(LiveMemberships.class));
        beans.with(ProjectContents.class, (ProjectContents) ids -> Map.of());
        beans.with(BlobStorage.class, new FilesystemBlobStorage(folder, Runnable::run));
        beans.with(RegistryEndpoints.class, new Known(others));
        beans.with(Pause.class, new Pause() {
            @Override
            void second() {
                // nobody waits in a test
            }
        });
    }

    /** This registry as a side of a copy. */
    LocalRegistry local() {
        return beans.get(Sides.class).local(admin);
    }

    /** The registries of the test. */
    private static final class Known extends RegistryEndpoints {
        private final Map<Long, RemoteRegistry> others;

        Known(Map<Long, RemoteRegistry> others) {
            this.others = others;
        }

        @Override
        public boolean hold(long id) {
            return others.containsKey(id);
        }

        @Override
        public RemoteRegistry open(long id) {
            return others.get(id);
        }
    }
}
