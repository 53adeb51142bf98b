// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.harboree.oci.Digest;
import org.harboree.oci.MediaTypes;
import org.harboree.oci.Reference;
import org.harboree.oci.RepositoryName;
import org.harboree.project.NewProject;
import org.harboree.project.ProjectService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A project that allows sparse content; what comes while the manifest that names it is being pushed. */
class SparseContentTest extends RegistryFixture {
    private static final RepositoryName SPARSE = RepositoryName.parse("sparse/app");
    private static final byte[] CONFIG = Registry.bytes("{}");
    private static final byte[] LAYER = Registry.bytes("layer");
    private static final byte[] IMAGE = Registry.bytes(Registry.image(
            Digest.sha256(CONFIG), CONFIG.length, Digest.sha256(LAYER), LAYER.length, "an image"));
    private static final byte[] INDEX = Registry.bytes("{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_INDEX
            + "\",\"manifests\":["
            + Registry.descriptor(MediaTypes.OCI_MANIFEST, Digest.sha256(IMAGE), IMAGE.length) + "]}");

    /** Long enough for a push to come to where it has to wait. */
    private static final long PUSH_MILLIS = 500;

    private final ExecutorService clients = Executors.newCachedThreadPool();
    private long repository;

    @BeforeEach
    void open() {
        registry.beans.get(ProjectService.class)
                .create(registry.admin(), new NewProject("sparse", Map.of("allow_sparse_index", "true")));
        pushBlob(CONFIG);
        repository = registry.beans.get(Repositories.class).find(SPARSE).orElseThrow().id();
        push("first", Registry.bytes(Registry.image(
                Digest.sha256(CONFIG), CONFIG.length, Digest.sha256(CONFIG), CONFIG.length, "opens the repository")));
    }

    @AfterEach
    void close() {
        clients.shutdownNow();
    }

    private void pushBlob(byte[] blob) {
        registry.beans.get(BlobUploadService.class).push(admin, SPARSE, Digest.sha256(blob), Registry.body(blob));
    }

    private void push(String tag, byte[] manifest) {
        registry.beans.get(ManifestService.class)
                .push(admin, SPARSE, Reference.parse(tag), null, () -> manifest, List.of());
    }

    /** While another transaction holds a row, {@code first} runs into it, and {@code second} does what it can. */
    private void together(String held, Runnable first, Runnable second) throws Exception {
        try (Connection connection = DATABASE.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute(held);
            Future<?> before = started(first);
            assertThat(before.isDone()).as("it waits for the row").isFalse();
            Future<?> after = started(second);
            connection.rollback();
            before.get(30, TimeUnit.SECONDS);
            after.get(30, TimeUnit.SECONDS);
        }
    }

    private Future<?> started(Runnable push) throws InterruptedException {
        Future<?> running = clients.submit(push);
        Thread.sleep(PUSH_MILLIS);
        return running;
    }

    private String artifactRow(byte[] manifest) {
        return "INSERT INTO artifact (repository_id, digest, type, media_type, size, manifest_size, push_time) VALUES ("
                + repository + ", '" + Digest.sha256(manifest) + "', 'x', 'x', 1, 1, UTC_TIMESTAMP(6))";
    }

    private String tagRow() {
        return "UPDATE tag SET push_time = UTC_TIMESTAMP(6) WHERE name = 'first'";
    }

    private void assertAdopted() {
        ArtifactDao artifacts = registry.beans.get(ArtifactDao.class);
        long child = artifacts.find(repository, Digest.sha256(IMAGE)).orElseThrow();
        assertThat(artifacts.isChild(child)).as("the index holds its child").isTrue();
    }

    private void assertReferenced() {
        BlobDao blobs = registry.beans.get(BlobDao.class);
        long layer = blobs.findIn(repository, Digest.sha256(LAYER)).orElseThrow().id();
        assertThat(blobs.isReferencedIn(repository, layer)).as("the image holds its layer").isTrue();
    }

    @Test
    void indexShouldHoldAChildThatComesBeforeTheIndexIsWritten() throws Exception {
        pushBlob(LAYER);
        together(artifactRow(INDEX), () -> push("index", INDEX), () -> push("child", IMAGE));
        assertAdopted();
    }

    @Test
    void indexShouldHoldAChildThatComesBeforeTheIndexIsCommitted() throws Exception {
        pushBlob(LAYER);
        together(tagRow(), () -> push("first", INDEX), () -> push("child", IMAGE));
        assertAdopted();
    }

    @Test
    void imageShouldHoldALayerThatComesBeforeTheImageIsWritten() throws Exception {
        together(artifactRow(IMAGE), () -> push("image", IMAGE), () -> pushBlob(LAYER));
        assertReferenced();
    }

    @Test
    void imageShouldHoldALayerThatComesBeforeTheImageIsCommitted() throws Exception {
        together(tagRow(), () -> push("first", IMAGE), () -> pushBlob(LAYER));
        assertReferenced();
    }

    @Test
    void whatComesLaterShouldBeHeldToo() {
        push("index", INDEX);
        push("image", IMAGE);
        pushBlob(LAYER);
        assertAdopted();
        assertReferenced();
    }
}
