// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.harboree.it.Product;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** A layer that is much larger than the server's memory goes up and down, and the memory does not grow by it. */
@Tag("load")
@DisabledIfSystemProperty(named = "harbor.it.url", matches = ".+", disabledReason = "its memory cannot be seen")
class LargeLayerIT {
    /** MiB of the layer: 10240 where there is time (-Dharbor.it.large.mib=10240). */
    private static final long LAYER_BYTES = Long.getLong("harbor.it.large.mib", 1024) << 20;
    private static final long SEED = 7;
    /** Resident memory that two transfers may add: buffers of uploads (64 MiB), code, a heap that had been idle. */
    private static final long GROWTH_BYTES = 256L << 20;
    private static final long SAMPLE_NANOS = 200_000_000;

    private final Product product = Product.running();
    private final Registry registry = new Registry(product.url(), product.adminPassword());

    @Test
    void shouldTakeAndGiveALayerLargerThanItsMemory() throws Exception {
        String repository = product.api().newProject("large") + "/app";
        registry.pushConfig(repository);
        String digest = GeneratedBytes.digest(SEED, LAYER_BYTES);
        Path status = Path.of("/proc", Files.readString(
                product.data().orElseThrow().resolve("run").resolve("server.pid")).strip(), "status");
        long before = resident(status);
        AtomicLong peak = new AtomicLong(before);
        AtomicBoolean running = new AtomicBoolean(true);
        Thread sampler = new Thread(() -> sample(status, peak, running), "resident memory");
        sampler.start();
        try {
            String upload = registry.start(repository);
            HttpResponse<String> pushed = registry.send("PUT", upload + "?digest=" + digest,
                    BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(
                            () -> new GeneratedBytes(SEED, LAYER_BYTES)), LAYER_BYTES));
            assertThat(pushed.statusCode()).as(pushed.body()).isEqualTo(201);
            assertThat(registry.pull(repository, digest)).isEqualTo(200);
        } finally {
            running.set(false);
            sampler.join();
            registry.send("DELETE", "/v2/" + repository + "/blobs/" + digest);
        }
        assertThat(peak.get() - before).as("resident bytes added to " + before).isLessThan(GROWTH_BYTES);
    }

    private static void sample(Path status, AtomicLong peak, AtomicBoolean running) {
        while (running.get()) {
            try {
                long now = resident(status);
                peak.accumulateAndGet(now, Math::max);
            } catch (IOException gone) {
                return;
            }
            LockSupport.parkNanos(SAMPLE_NANOS);
        }
    }

    /** Anonymous memory of the process in bytes: pages of files that the kernel maps for it do not count. */
    private static long resident(Path status) throws IOException {
        for (String line : Files.readAllLines(status)) {
            if (line.startsWith("RssAnon:")) {
                return Long.parseLong(line.replaceAll("[^0-9]", "")) << 10;
            }
        }
        throw new IOException("no RssAnon in " + status);
    }
}
