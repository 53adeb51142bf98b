// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.harboree.oci.Digest;
import org.harboree.oci.RepositoryName;
import org.harboree.storage.BlobKey;
import org.harboree.storage.BlobStorage;
import org.junit.jupiter.api.Test;

class BlobPublisherTest extends RegistryFixture {
    private static final byte[] CONTENT = Registry.bytes("a blob of some bytes");
    private static final Digest DIGEST = Digest.sha256(CONTENT);

    private BlobRef push(String name) {
        return registry.beans.get(BlobUploadService.class)
                .push(admin, RepositoryName.parse(name), DIGEST, Registry.body(CONTENT));
    }

    /** The files that hold the blob: one for each generation. */
    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).filter(file -> file.toString().contains(DIGEST.hex())).toList();
        }
    }

    @Test
    void shouldStoreTheSameBlobOnceForTwoRepositories() throws IOException {
        BlobRef first = push("library/alpine");
        assertThat(push("library/busybox")).isEqualTo(first);
        assertThat(push("library/alpine")).isEqualTo(first);
        assertThat(files()).hasSize(1);
        assertThat(registry.beans.get(BlobDao.class).repositoriesOf(DIGEST, 5))
                .containsExactlyInAnyOrder("library/alpine", "library/busybox");
    }

    @Test
    void shouldRepairABlobWhoseFileIsMissing() throws IOException {
        BlobRef broken = push("library/alpine");
        Files.delete(files().get(0));
        BlobRef repaired = push("library/alpine");
        assertThat(repaired.id()).isEqualTo(broken.id());
        assertThat(repaired.generation()).isNotEqualTo(broken.generation());
        assertThat(Files.readAllBytes(files().get(0))).isEqualTo(CONTENT);
        assertThat(registry.beans.get(PullService.class).blob(admin, NAME, DIGEST)).isEqualTo(repaired);
    }

    @Test
    void shouldKeepOneFileWhereAnotherPushEndedBetweenACrashAndTheNextTry() throws IOException {
        BlobUploadService uploads = registry.beans.get(BlobUploadService.class);
        Upload upload = uploads.start(admin, NAME, Digest.Algorithm.SHA256);
        uploads.append(admin, NAME, upload.id(), Registry.body(CONTENT));
        registry.beans.get(BlobStorage.class).publish(upload.id(), CONTENT.length,
                BlobKey.ofUpload(upload.id(), "sha256", DIGEST.hex()));
        BlobRef other = push("library/alpine");
        assertThat(uploads.finish(admin, NAME, upload.id(), DIGEST, Registry.body(new byte[0]))).isEqualTo(other);
        assertThat(files()).singleElement()
                .satisfies(file -> assertThat(file.toString()).contains(other.generation()));
    }

    @Test
    void shouldServeARepairedBlobAtOnceWhereTheBrokenOneIsRemembered() throws IOException {
        push("library/alpine");
        push("library/busybox");
        PullService pulls = registry.beans.get(PullService.class);
        RepositoryName other = RepositoryName.parse("library/busybox");
        pulls.blob(admin, other, DIGEST);
        Files.delete(files().get(0));
        BlobRef repaired = push("library/alpine");
        assertThat(pulls.blob(admin, other, DIGEST)).isEqualTo(repaired);
    }

    @Test
    void shouldRepairABlobWhoseFileHasTheWrongSize() throws IOException {
        BlobRef broken = push("library/alpine");
        Path file = files().get(0);
        file.toFile().setWritable(true);
        Files.write(file, new byte[3]);
        BlobRef repaired = push("library/alpine");
        assertThat(repaired.generation()).isNotEqualTo(broken.generation());
        assertThat(files()).anySatisfy(written -> assertThat(Files.readAllBytes(written)).isEqualTo(CONTENT));
    }

    @Test
    void shouldAgreeOnOneFileAmongFourPushesAtOnce() throws Exception {
        ExecutorService pushes = Executors.newFixedThreadPool(4);
        CyclicBarrier together = new CyclicBarrier(4);
        List<Future<BlobRef>> results = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            String name = "library/r" + i;
            results.add(pushes.submit(() -> {
                together.await();
                return push(name);
            }));
        }
        for (Future<BlobRef> result : results) {
            assertThat(result.get()).isEqualTo(results.get(0).get());
        }
        pushes.shutdown();
        assertThat(files()).singleElement()
                .satisfies(file -> assertThat(file.toString()).contains(results.get(0).get().generation()));
    }
}
