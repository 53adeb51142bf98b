// SPDX-License-Identifier: Apache-2.0
package org.harboree.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.GZIPOutputStream;
import org.harboree.database.TestDatabase;
import org.harboree.job.TaskFailedException;
import org.harboree.oci.Digest;
import org.harboree.oci.MediaTypes;
import org.harboree.oci.Tag;
import org.harboree.remote.OutgoingBlob;
import org.harboree.remote.RemoteManifest;
import org.harboree.remote.RemoteName;
import org.harboree.remote.RemoteRegistry;
import org.harboree.remote.ScriptedUpstream;
import org.harboree.remote.ScriptedUpstream.Fault;
import org.harboree.remote.Upstreams;
import org.harboree.remote.adapter.DockerRegistryAdapter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The other registry does all that a registry can do wrong. The task ends as it should (for good, or for another
 * attempt), its log names request and cause, nothing is published; and once the registry is well, the task succeeds.
 */
class ReplicationFaultsTest {
    private static final RemoteName APP = RemoteName.parse("library/app");
    private static final RemoteName COPY = RemoteName.parse("mirror/app");
    private static final Tag TAG = Tag.parse("v1");
    private static final int ALWAYS = 1_000_000;
    private static final byte[] LAYER = "a layer of some bytes".repeat(100).getBytes(StandardCharsets.UTF_8);
    private static final byte[] CONFIG = "{}".getBytes(StandardCharsets.UTF_8);
    private static final String MANIFEST = "{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_MANIFEST
            + "\",\"config\":" + descriptor(MediaTypes.OCI_CONFIG, CONFIG) + ",\"layers\":["
            + descriptor(MediaTypes.OCI_LAYER, LAYER) + "]}";
    private static final byte[] BYTES = MANIFEST.getBytes(StandardCharsets.UTF_8);

    @RegisterExtension
    static final TestDatabase DATABASE = TestDatabase.shared();

    @TempDir
    Path folder;

    private final ScriptedUpstream upstream = new ScriptedUpstream();
    private final FakeTask task = new FakeTask();
    private Replicas replicas;
    private LocalRegistry local;

    @BeforeEach
    void open() throws IOException {
        replicas = new Replicas(DATABASE, folder);
        local = replicas.local();
        replicas.others.put(1L, new DockerRegistryAdapter(Upstreams.connections())
                .open(Upstreams.endpoint(DockerRegistryAdapter.TYPE, upstream)));
    }

    @AfterEach
    void close() {
        upstream.close();
    }

    private static String descriptor(String mediaType, byte[] content) {
        return ScriptedUpstream.descriptor(mediaType, Digest.sha256(content).toString(), content.length);
    }

    /** Has the image there, and a task that is to bring it here. */
    private void pull() {
        upstream.putBlob("library/app", LAYER);
        upstream.putBlob("library/app", CONFIG);
        upstream.putManifest("library/app", "v1", MediaTypes.OCI_MANIFEST, MANIFEST);
        task(OptionalLong.of(1), OptionalLong.empty());
    }

    /** Has the image here, and a task that is to bring it there. */
    private void push() throws IOException {
        local.prepareForPush(List.of(new RemoteRegistry.Destination(APP, false)));
        for (byte[] blob : List.of(LAYER, CONFIG)) {
            local.uploadBlob(APP, OutgoingBlob.of(Digest.sha256(blob), blob.length,
                    offset -> new ByteArrayInputStream(blob)));
        }
        local.putManifest(APP, TAG, new RemoteManifest(MediaTypes.OCI_MANIFEST, Digest.sha256(BYTES), BYTES));
        task(OptionalLong.empty(), OptionalLong.of(1));
    }

    private void task(OptionalLong from, OptionalLong to) {
        long policy = replicas.beans.get(ReplicationPolicyService.class).create(replicas.admin, new PolicySpec("p", "",
                from, to, new DestinationNamespace("mirror", -1), new PolicyFilters(List.of()), PolicyTrigger.MANUAL,
                true, true, true, 0, false, false));
        task.attributes = new TaskSpec(policy, TaskSpec.Operation.COPY, "image", APP, COPY,
                List.of(new TaskSpec.Item(Optional.empty(), List.of(TAG)))).toJson();
    }

    private void run() throws IOException {
        replicas.beans.get(ReplicationJob.class).run(task);
    }

    private void requireEnd(boolean mayHelp, String request, String cause) {
        Throwable end = catchThrowable(this::run);

        assertThat(end).isInstanceOf(mayHelp ? IOException.class : TaskFailedException.class);
        assertThat(task.log).as("the task's log").anyMatch(line -> line.contains(request) && line.contains(cause));
        assertThat(end.getMessage()).contains(request).contains(cause);
    }

    private void requireNothingHere() {
        assertThat(local.tags(COPY)).isEmpty();
        assertThat(local.headManifest(COPY, Digest.sha256(BYTES))).isEmpty();
    }

    private void requireNothingThere() {
        assertThat(upstream.tagsOf("mirror/app")).isEmpty();
        assertThat(upstream.manifest("mirror/app", Digest.sha256(BYTES).toString())).isNull();
    }

    @ParameterizedTest
    @CsvSource({"401,false", "403,false", "404,false", "429,true", "500,true", "503,true"})
    void aPullShouldEndAsTheStatusOfABlobDeserves(int status, boolean mayHelp) throws IOException {
        pull();
        upstream.answer(ALWAYS, "GET .*/blobs/", status);

        requireEnd(mayHelp, "GET " + upstream.url() + "/v2/library/app/blobs/", "answered " + status);

        requireNothingHere();
        upstream.recover();
        run();
        assertThat(local.headManifest(COPY, TAG)).isPresent();
    }

    @ParameterizedTest
    @CsvSource({"401,false", "403,false", "429,true", "500,true", "502,true"})
    void aPullShouldEndAsTheStatusOfAManifestDeserves(int status, boolean mayHelp) throws IOException {
        pull();
        upstream.answer(ALWAYS, "GET .*/manifests/", status);

        requireEnd(mayHelp, "GET " + upstream.url() + "/v2/library/app/manifests/", "answered " + status);

        requireNothingHere();
        upstream.recover();
        run();
        assertThat(local.headManifest(COPY, TAG)).isPresent();
    }

    @ParameterizedTest
    @CsvSource({"HANG,true,Read timed out", "VANISH,true,failed to respond", "TRUNCATE,true,Premature end",
        "WRONG_BYTES,false,another digest", "TOO_LONG,false,bytes", "TOO_SHORT,false,bytes"})
    void aPullShouldEndAsTheFaultOfABlobDeserves(Fault fault, boolean mayHelp, String cause) throws IOException {
        pull();
        upstream.fail(ALWAYS, "GET .*/blobs/", fault);

        requireEnd(mayHelp, "GET " + upstream.url() + "/v2/library/app/blobs/", cause);

        requireNothingHere();
        assertThat(local.blobSize(COPY, Digest.sha256(LAYER))).isEmpty();
        upstream.recover();
        run();
        assertThat(local.headManifest(COPY, TAG)).isPresent();
    }

    @ParameterizedTest
    @CsvSource({"POST .*/uploads/,401,false", "POST .*/uploads/,403,false", "POST .*/uploads/,404,false",
        "POST .*/uploads/,429,true", "PUT .*/uploads/,400,false", "PUT .*/uploads/,500,true",
        "PUT .*/manifests/,401,false", "PUT .*/manifests/,403,false", "PUT .*/manifests/,404,false",
        "PUT .*/manifests/,429,true", "PUT .*/manifests/,500,true", "PUT .*/manifests/,503,true"})
    void aPushShouldEndAsTheStatusDeserves(String request, int status, boolean mayHelp) throws IOException {
        push();
        upstream.answer(ALWAYS, request, status);

        requireEnd(mayHelp, upstream.url() + "/v2/mirror/app/", "answered " + status);

        requireNothingThere();
        assertThat(upstream.openUploads()).isZero();
        upstream.recover();
        run();
        assertThat(upstream.manifest("mirror/app", "v1")).isEqualTo(BYTES);
    }

    @ParameterizedTest
    @CsvSource({"PUT .*/uploads/,HANG,Read timed out", "PUT .*/uploads/,VANISH,failed to respond",
        "PUT .*/manifests/,HANG,Read timed out", "PUT .*/manifests/,VANISH,failed to respond"})
    void aPushShouldBeTriedAgainWhereTheRegistryVanishes(String request, Fault fault, String cause)
            throws IOException {
        push();
        upstream.fail(ALWAYS, request, fault);

        requireEnd(true, upstream.url() + "/v2/mirror/app/", cause);

        requireNothingThere();
        upstream.recover();
        run();
        assertThat(upstream.manifest("mirror/app", "v1")).isEqualTo(BYTES);
    }

    @Test
    void aPullShouldTakeNoPageForAManifest() throws IOException {
        pull();
        garbage("text/html", "<html>Welcome to the proxy</html>".getBytes(StandardCharsets.UTF_8));

        requireEnd(false, "/v2/library/app/manifests/", "not JSON");
        requireNothingHere();
    }

    @Test
    void aPullShouldTakeNoManifestThatIsPackedThoughNobodyAskedForIt() throws IOException {
        pull();
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(BYTES);
        }
        upstream.on("GET", "/v2/library/app/manifests/.*", exchange -> {
            exchange.getResponseHeaders().add("Content-Encoding", "gzip");
            send(exchange, MediaTypes.OCI_MANIFEST, packed.toByteArray());
        });

        requireEnd(false, "/v2/library/app/manifests/", "the manifest has the digest");
        requireNothingHere();
    }

    @Test
    void aPullShouldTakeNoManifestOfAnotherKind() throws IOException {
        pull();
        garbage("application/json", "{\"hello\":\"world\"}".getBytes(StandardCharsets.UTF_8));

        requireEnd(false, "library/app", "MANIFEST_INVALID");
        requireNothingHere();
    }

    @Test
    void aPullShouldNotReadAManifestWithoutEnd() {
        pull();
        upstream.on("GET", "/v2/library/app/manifests/.*", exchange -> endless(exchange, MediaTypes.OCI_MANIFEST));

        requireEnd(false, "/v2/library/app/manifests/", "more than");
        requireNothingHere();
    }

    @Test
    void aPullShouldNotReadABlobWithoutEnd() {
        pull();
        upstream.on("GET", "/v2/library/app/blobs/.*", exchange -> endless(exchange, "application/octet-stream"));

        requireEnd(false, "/v2/library/app/blobs/", "the blob has more than");
        requireNothingHere();
    }

    private void garbage(String mediaType, byte[] body) {
        upstream.on("HEAD", "/v2/library/app/manifests/.*", exchange -> {
            exchange.getResponseHeaders().add("Content-Type", mediaType);
            exchange.sendResponseHeaders(200, -1);
        });
        upstream.on("GET", "/v2/library/app/manifests/.*", exchange -> send(exchange, mediaType, body));
    }

    private static void send(HttpExchange exchange, String mediaType, byte[] body) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", mediaType);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
    }

    /** In chunks, until the client has had enough. */
    private static void endless(HttpExchange exchange, String mediaType) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", mediaType);
        exchange.sendResponseHeaders(200, 0);
        byte[] spaces = " ".repeat(1 << 16).getBytes(StandardCharsets.UTF_8);
        while (true) {
            exchange.getResponseBody().write(spaces);
        }
    }
}
