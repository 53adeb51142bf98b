// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

import java.io.ByteArrayInputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.harboree.access.Caller;
import org.harboree.access.Memberships;
import org.harboree.access.ProjectRef;
import org.harboree.config.PropertyDao;
import org.harboree.config.SecretBox;
import org.harboree.config.Settings;
import org.harboree.database.TestBeans;
import org.harboree.database.TestDatabase;
import org.harboree.identity.FirstAdmin;
import org.harboree.identity.Passwords;
import org.harboree.identity.UserDao;
import org.harboree.oci.Digest;
import org.harboree.oci.Manifest;
import org.harboree.oci.ManifestParser;
import org.harboree.project.LiveMemberships;
import org.harboree.project.NewProject;
import org.harboree.project.ProjectContents;
import org.harboree.project.ProjectService;
import org.harboree.storage.BlobStorage;
import org.harboree.storage.filesystem.FilesystemBlobStorage;
import org.harboree.transaction.UnitOfWork;

/** The registry as the container wires it, over a test database and, where a test moves bytes, a folder. */
final class Registry {
    /** All tables that tests of this package fill. */
    static final String[] TABLES = {"tag", "artifact_child", "artifact_blob", "artifact_missing_blob", "artifact_pull",
        "artifact_content", "artifact", "upload", "repository_blob", "oci_blob", "repository", "project_member",
        "project_metadata", "project", "signing_key"};

    final TestBeans beans;
    final UnitOfWork work;

    Registry(TestDatabase database) {
        beans = new TestBeans(database);
        work = beans.get(UnitOfWork.class);
        beans.with(Settings.class, new Settings(Map.of(), beans.get(PropertyDao.class), work));
        beans.with(SecretBox.class, new SecretBox(new byte[32]));
        beans.with(Passwords.class, new Passwords(10, 4, 30));
        beans.with(Memberships.class, beans.get(LiveMemberships.class));
        beans.with(ProjectContents.class, beans.get(RepositoryContents.class));
    }

    Registry(TestDatabase database, Path folder) {
        this(database);
        beans.with(BlobStorage.class, new FilesystemBlobStorage(folder, Runnable::run));
    }

    /** The administrator whom the first start makes. */
    Caller admin() {
        new FirstAdmin(Map.of("HARBOR_ADMIN_PASSWORD", "Secret123"), beans.get(UserDao.class),
                beans.get(Passwords.class), work).ensure();
        return new Caller(Caller.Kind.USER, 1, "admin", true);
    }

    ProjectRef project(String name) {
        return beans.get(ProjectService.class).create(admin(), new NewProject(name, Map.of()));
    }

    RepositoryRef repository(String name) {
        ProjectRef project = project(name.substring(0, name.indexOf('/')));
        return work.call(() -> beans.get(RepositoryDao.class).findOrCreate(name, project.id()));
    }

    /** A live blob with a row, without bytes. */
    BlobRef blob(Digest digest, long size) {
        return work.call(() -> beans.get(BlobDao.class).insertOrRevive(digest, size, generation(1), Optional.empty()));
    }

    long artifact(RepositoryRef repository, Manifest manifest) {
        ArtifactDao dao = beans.get(ArtifactDao.class);
        return work.call(() -> {
            long id = dao.insertAll(List.of(new ArtifactDao.Row(repository.id(), manifest,
                    new ArtifactFacts("IMAGE", null, null)))).get(PullCache.key(repository.id(), manifest.digest()));
            dao.insertContents(Map.of(id, manifest.content()));
            return id;
        });
    }

    /** The artifact needs the blobs. */
    void use(long artifact, BlobRef... blobs) {
        work.run(() -> beans.get(ArtifactDao.class).insertBlobs(
                Stream.of(blobs).map(blob -> new ArtifactDao.Use(artifact, blob.id())).toList()));
    }

    static String generation(int number) {
        return String.format("%032x", number);
    }

    static Digest digest(int seed) {
        return Digest.sha256(new byte[] {(byte) seed, (byte) (seed >> 8)});
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String descriptor(String mediaType, Digest digest, long size) {
        return "{\"mediaType\":\"" + mediaType + "\",\"digest\":\"" + digest + "\",\"size\":" + size + "}";
    }

    /** An image whose config and layer are these blobs; the annotation makes it one of its own. */
    static String image(Digest config, long configSize, Digest layer, long layerSize, String note) {
        return "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\",\"config\":"
                + descriptor("application/vnd.oci.image.config.v1+json", config, configSize) + ",\"layers\":["
                + descriptor("application/vnd.oci.image.layer.v1.tar+gzip", layer, layerSize)
                + "],\"annotations\":{\"note\":\"" + note + "\"}}";
    }

    static Manifest image(String note) {
        return parse(image(digest(1), 1, digest(2), 2, note));
    }

    static Manifest parse(String json) {
        return ManifestParser.parse(bytes(json), null, Digest.Algorithm.SHA256);
    }

    static UploadBody body(byte[] content) {
        return new UploadBody(OptionalLong.of(content.length), Optional.empty(),
                Channels.newChannel(new ByteArrayInputStream(content)));
    }
}
