// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.launcher;

import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A chunk of an upload that is on its way for as long as the test likes. */
public final class SlowPatch {
    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final int AHEAD = 1 << 20;

    private final PipedOutputStream content;
    private final CompletableFuture<HttpResponse<Void>> answer;

    private SlowPatch(PipedOutputStream content, CompletableFuture<HttpResponse<Void>> answer) {
        this.content = content;
        this.answer = answer;
    }

    /** Returns when the server asks for the content, that is, when it works on the request. */
    public static SlowPatch begin(URI upload, String authorization)
            throws IOException, InterruptedException, ExecutionException, TimeoutException {
        PipedOutputStream content = new PipedOutputStream();
        PipedInputStream source = new PipedInputStream(content, AHEAD);
        CompletableFuture<Void> wanted = new CompletableFuture<>();
        HttpRequest request = HttpRequest.newBuilder(upload).expectContinue(true)
                .header("Authorization", authorization)
                .header("Content-Type", "application/octet-stream")
                .method("PATCH", BodyPublishers.ofInputStream(() -> {
                    wanted.complete(null);
                    return source;
                })).build();
        SlowPatch patch = new SlowPatch(content, HTTP.sendAsync(request, BodyHandlers.discarding()));
        wanted.get(1, TimeUnit.MINUTES);
        return patch;
    }

    /** Sends so many bytes more; not more than a mebibyte in all before the server reads them. */
    public void write(byte[] bytes) throws IOException {
        content.write(bytes);
        content.flush();
    }

    /** The content ends here; the status of the answer. */
    public int end() throws IOException, InterruptedException, ExecutionException, TimeoutException {
        content.close();
        return answer.get(1, TimeUnit.MINUTES).statusCode();
    }
}
