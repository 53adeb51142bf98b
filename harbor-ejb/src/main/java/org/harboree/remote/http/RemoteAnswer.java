// SPDX-License-Identifier: Apache-2.0
package org.harboree.remote.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.http.Header;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.harboree.remote.RemoteRegistryException;
import org.harboree.remote.RemoteRegistryException.Kind;

/** What a registry answered. Closing it gives the connection back, or cuts it if the body was not read to its end. */
public final class RemoteAnswer implements Closeable {
    /** Bytes of the largest JSON document that is read: a page of a listing. */
    public static final int MAX_JSON = 16 << 20;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final RemoteRequest request;
    private final URI uri;
    private final CloseableHttpResponse response;

    RemoteAnswer(RemoteRequest request, URI uri, CloseableHttpResponse response) {
        this.request = request;
        this.uri = uri;
        this.response = response;
    }

    public int status() {
        return response.getStatusLine().getStatusCode();
    }

    /** Where it came from in the end. */
    public URI uri() {
        return uri;
    }

    /** The first header of that name. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(response.getFirstHeader(name)).map(Header::getValue);
    }

    /** All headers of that name. */
    public List<String> headers(String name) {
        return Arrays.stream(response.getHeaders(name)).map(Header::getValue).toList();
    }

    /** {@code Content-Length}, -1 where there is none. Of a {@code HEAD} it is what {@code GET} would have. */
    public long contentLength() {
        try {
            return header("Content-Length").map(String::strip).map(Long::valueOf).orElse(-1L);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    /** The body as it comes, once. */
    public InputStream body() throws IOException {
        return response.getEntity() == null ? InputStream.nullInputStream() : response.getEntity().getContent();
    }

    /**
     * The whole body.
     *
     * @throws RemoteRegistryException MALFORMED if it has more than {@code max} bytes
     */
    public byte[] bytes(int max) throws IOException {
        byte[] bytes = body().readNBytes(max + 1);
        if (bytes.length > max) {
            throw malformed("the answer has more than " + max + " bytes");
        }
        return bytes;
    }

    /** @throws RemoteRegistryException MALFORMED if the body is not JSON, or larger than {@link #MAX_JSON} */
    public JsonNode json() throws IOException {
        try {
            return JSON.readTree(bytes(MAX_JSON));
        } catch (JsonProcessingException e) {
            throw malformed("the answer is not JSON: " + e.getOriginalMessage());
        }
    }

    /** A failure of this exchange: the registry answered, but not what the protocol says. */
    public RemoteRegistryException malformed(String why) {
        return failure(Kind.MALFORMED, why);
    }

    /** A failure of this exchange. */
    public RemoteRegistryException failure(Kind kind, String why) {
        return new RemoteRegistryException(kind, request.describe(), status(), why, Optional.empty(), null);
    }

    @Override
    public void close() throws IOException {
        response.close();
    }

    RemoteRequest request() {
        return request;
    }
}
