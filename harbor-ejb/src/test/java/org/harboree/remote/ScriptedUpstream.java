// SPDX-License-Identifier: Apache-2.0
package org.harboree.remote;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.harboree.oci.Digest;
import org.harboree.oci.MediaTypes;

/**
 * A registry in memory that speaks the Distribution Spec over HTTP, does what it is told to do wrong, and remembers
 * what it was asked. Routes of a dialect are added with {@link #on}.
 */
public final class ScriptedUpstream implements AutoCloseable {
    private static final Pattern V2 = Pattern.compile(
            "/v2/(.+)/(manifests|blobs|tags|referrers|blobs/uploads)/([^/]*)");

    /** How the registry wants to be told who asks. */
    public enum Access { ANONYMOUS, BASIC, TOKEN }

    /** What goes wrong with a request. */
    public enum Fault {
        /** No answer, and no end. */
        HANG,
        /** The connection ends without an answer. */
        VANISH,
        /** The answer ends in the middle of its body. */
        TRUNCATE,
        /** The body has other bytes, as many as it should. */
        WRONG_BYTES,
        /** The body is longer than it should be, and says so. */
        TOO_LONG,
        /** The body is shorter than it should be, and says so. */
        TOO_SHORT
    }

    /** A request that was made. */
    public record Asked(String method, URI uri, Map<String, String> headers) {
        public String header(String name) {
            return headers.get(name.toLowerCase());
        }

        @Override
        public String toString() {
            return method + " " + uri;
        }
    }

    /** Answers a route of a dialect. */
    @FunctionalInterface
    public interface Handler {
        void handle(HttpExchange exchange) throws IOException;
    }

    private record Stored(String mediaType, byte[] bytes) {
    }

    private record Trouble(Pattern request, AtomicInteger left, int status, Map<String, String> headers, Fault fault) {
    }

    private record Route(String method, Pattern path, Handler handler) {
    }

    private static final class Repository {
        final Map<String, byte[]> blobs = new ConcurrentHashMap<>();
        final Map<String, Stored> manifests = new ConcurrentSkipListMap<>();
        final Map<String, String> tags = new ConcurrentSkipListMap<>();
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch end = new CountDownLatch(1);
    private final Map<String, Repository> repositories = new ConcurrentSkipListMap<>();
    private final Map<String, byte[]> uploads = new ConcurrentHashMap<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final List<Trouble> troubles = new CopyOnWriteArrayList<>();
    private final List<Route> routes = new CopyOnWriteArrayList<>();
    private final AtomicInteger tokens = new AtomicInteger();
    private volatile Access access = Access.ANONYMOUS;
    private volatile String user = "";
    private volatile String password = "";
    private volatile String validToken = "none";
    private volatile boolean hasReferrersApi = true;
    private volatile boolean hasRanges = true;
    private volatile int page = Integer.MAX_VALUE;
    private volatile long smallestChunk;
    private volatile String blobRedirect;

    public ScriptedUpstream() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        end.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    /** From now on wants a credential, by this kind of challenge. */
    public void protect(Access kind, String name, String secret) {
        access = kind;
        user = name;
        password = secret;
    }

    public void withoutReferrersApi() {
        hasReferrersApi = false;
    }

    public void withoutRanges() {
        hasRanges = false;
    }

    public void pagesOf(int entries) {
        page = entries;
    }

    public void smallestChunk(long bytes) {
        smallestChunk = bytes;
    }

    /** Blobs are to be had there: {@code url} followed by the path. */
    public void redirectBlobsTo(String url) {
        blobRedirect = url;
    }

    /** Tokens that were given out are worth nothing from now on. */
    public void forgetTokens() {
        validToken = "forgotten";
    }

    public void forgetUploads() {
        uploads.clear();
    }

    /** Other bytes are in the open uploads, as many as before. */
    public void spoilUploads() {
        uploads.replaceAll((id, bytes) -> new byte[bytes.length]);
    }

    /** The next {@code times} requests whose "METHOD path" is found by the pattern are answered with the status. */
    public void answer(int times, String request, int status, String... headers) {
        Map<String, String> more = new TreeMap<>();
        for (int i = 0; i < headers.length; i += 2) {
            more.put(headers[i], headers[i + 1]);
        }
        troubles.add(new Trouble(Pattern.compile(request), new AtomicInteger(times), status, more, null));
    }

    /** The next {@code times} requests whose "METHOD path" is found by the pattern go wrong. */
    public void fail(int times, String request, Fault fault) {
        troubles.add(new Trouble(Pattern.compile(request), new AtomicInteger(times), 0, Map.of(), fault));
    }

    /** Does right again what it was told to do wrong. */
    public void recover() {
        troubles.clear();
        routes.clear();
    }

    /** Another route; the path is a regular expression, and goes before the registry's own. */
    public void on(String method, String path, Handler handler) {
        routes.add(0, new Route(method, Pattern.compile(path), handler));
    }

    /** What it was asked, "METHOD path?query" by "METHOD path?query". */
    public List<Asked> asked() {
        return List.copyOf(asked);
    }

    /** Requests whose "METHOD path?query" is found by the pattern. */
    public List<Asked> asked(String request) {
        Pattern pattern = Pattern.compile(request);
        return asked.stream().filter(a -> pattern.matcher(a.toString()).find()).toList();
    }

    public void forgetAsked() {
        asked.clear();
    }

    public Digest putBlob(String repository, byte[] bytes) {
        Digest digest = Digest.sha256(bytes);
        repository(repository).blobs.put(digest.value(), bytes);
        return digest;
    }

    public Digest putManifest(String repository, String tagOrNull, String mediaType, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Digest digest = Digest.sha256(bytes);
        repository(repository).manifests.put(digest.value(), new Stored(mediaType, bytes));
        if (tagOrNull != null) {
            repository(repository).tags.put(tagOrNull, digest.value());
        }
        return digest;
    }

    public byte[] blob(String repository, Digest digest) {
        return repository(repository).blobs.get(digest.value());
    }

    public byte[] manifest(String repository, String reference) {
        Repository in = repository(repository);
        Stored stored = in.manifests.get(in.tags.getOrDefault(reference, reference));
        return stored == null ? null : stored.bytes;
    }

    public TreeSet<String> tagsOf(String repository) {
        return new TreeSet<>(repository(repository).tags.keySet());
    }

    public int openUploads() {
        return uploads.size();
    }

    /** How many tokens it has given out. */
    public int tokensGiven() {
        return tokens.get();
    }

    private Repository repository(String name) {
        return repositories.computeIfAbsent(name, n -> new Repository());
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            Map<String, String> headers = new TreeMap<>();
            exchange.getRequestHeaders().forEach((k, v) -> headers.put(k.toLowerCase(), String.join(", ", v)));
            Asked request = new Asked(exchange.getRequestMethod(), exchange.getRequestURI(), headers);
            asked.add(request);
            Fault fault = null;
            for (Trouble trouble : troubles) {
                if (trouble.request.matcher(request.toString()).find() && trouble.left.getAndDecrement() > 0) {
                    if (trouble.fault == null) {
                        trouble.headers.forEach(exchange.getResponseHeaders()::add);
                        error(exchange, trouble.status, "SCRIPTED", "as the script wants it");
                        return;
                    }
                    fault = trouble.fault;
                    break;
                }
            }
            if (fault == Fault.HANG) {
                await();
                return;
            }
            if (fault == Fault.VANISH) {
                // Some of the body was read, as it is when a server dies.
                exchange.getRequestBody().readNBytes(1000);
                return;
            }
            route(exchange, fault);
        }
    }

    private void await() {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void route(HttpExchange exchange, Fault fault) throws IOException {
        String path = exchange.getRequestURI().getRawPath();
        for (Route route : routes) {
            if (route.method.equals(exchange.getRequestMethod()) && route.path.matcher(path).matches()) {
                route.handler.handle(exchange);
                return;
            }
        }
        if (path.equals("/token")) {
            token(exchange);
            return;
        }
        if (!path.startsWith("/v2/") || !isAllowed(exchange)) {
            return;
        }
        if (path.equals("/v2/")) {
            json(exchange, 200, "{}");
            return;
        }
        if (path.equals("/v2/_catalog")) {
            names(exchange, "repositories", repositories.keySet().stream().toList());
            return;
        }
        Matcher v2 = V2.matcher(path);
        if (!v2.matches()) {
            error(exchange, 404, "NOT_FOUND", "no such page");
            return;
        }
        String name = v2.group(1);
        if (name.endsWith("/blobs") && v2.group(2).equals("uploads") || v2.group(2).equals("blobs/uploads")
                || name.endsWith("/blobs")) {
            upload(exchange, name.replaceFirst("/blobs$", ""), v2.group(3));
            return;
        }
        switch (v2.group(2)) {
            case "manifests" -> manifest(exchange, name, v2.group(3), fault);
            case "blobs" -> blob(exchange, name, v2.group(3), fault);
            case "tags" -> tags(exchange, name);
            default -> referrers(exchange, name, v2.group(3));
        }
    }

    private boolean isAllowed(HttpExchange exchange) throws IOException {
        String proof = exchange.getRequestHeaders().getFirst("Authorization");
        if (access == Access.ANONYMOUS) {
            return true;
        }
        if (access == Access.BASIC && basic().equals(proof) || access == Access.TOKEN && validToken.equals(proof)) {
            return true;
        }
        String challenge = access == Access.BASIC ? "Basic realm=\"scripted\""
                : "Bearer realm=\"" + url() + "/token\",service=\"scripted service\",scope=\"repository:x:pull\"";
        exchange.getResponseHeaders().add("WWW-Authenticate", challenge);
        error(exchange, 401, "UNAUTHORIZED", "authentication required");
        return false;
    }

    private String basic() {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    private void token(HttpExchange exchange) throws IOException {
        String proof = exchange.getRequestHeaders().getFirst("Authorization");
        if (!user.isEmpty() && !basic().equals(proof)) {
            error(exchange, 401, "UNAUTHORIZED", "incorrect username or password");
            return;
        }
        validToken = validToken.equals("none") || validToken.equals("forgotten")
                ? "Bearer token-" + tokens.incrementAndGet() : validToken;
        json(exchange, 200, "{\"token\":\"" + validToken.substring("Bearer ".length()) + "\",\"expires_in\":300}");
    }

    private void tags(HttpExchange exchange, String name) throws IOException {
        if (!repositories.containsKey(name)) {
            error(exchange, 404, "NAME_UNKNOWN", "repository name not known to registry");
            return;
        }
        names(exchange, "tags", new ArrayList<>(repository(name).tags.keySet()));
    }

    private void names(HttpExchange exchange, String field, List<String> all) throws IOException {
        Map<String, String> query = query(exchange.getRequestURI());
        String last = query.getOrDefault("last", "");
        int limit = Math.min(page, Integer.parseInt(query.getOrDefault("n", "100")));
        List<String> rest = all.stream().filter(name -> name.compareTo(last) > 0).toList();
        List<String> some = rest.subList(0, Math.min(limit, rest.size()));
        if (some.size() < rest.size()) {
            exchange.getResponseHeaders().add("Link", "<" + exchange.getRequestURI().getRawPath() + "?n=" + limit
                    + "&last=" + some.get(some.size() - 1) + ">; rel=\"next\"");
        }
        json(exchange, 200, "{\"name\":\"x\",\"" + field + "\":"
                + some.stream().map(name -> "\"" + name + "\"").collect(Collectors.joining(",", "[", "]")) + "}");
    }

    private void manifest(HttpExchange exchange, String name, String reference, Fault fault) throws IOException {
        Repository in = repository(name);
        String digest = in.tags.getOrDefault(reference, reference);
        switch (exchange.getRequestMethod()) {
            case "PUT" -> {
                byte[] bytes = exchange.getRequestBody().readAllBytes();
                String named = Digest.sha256(bytes).value();
                in.manifests.put(named, new Stored(exchange.getRequestHeaders().getFirst("Content-Type"), bytes));
                if (!reference.contains(":")) {
                    in.tags.put(reference, named);
                }
                exchange.getResponseHeaders().add("Docker-Content-Digest",
                        fault == Fault.WRONG_BYTES ? Digest.sha256(new byte[] {1}).value() : named);
                exchange.sendResponseHeaders(201, -1);
            }
            case "DELETE" -> {
                if (!in.manifests.containsKey(digest)) {
                    error(exchange, 404, "MANIFEST_UNKNOWN", "manifest unknown");
                    return;
                }
                if (reference.contains(":")) {
                    in.manifests.remove(digest);
                    in.tags.values().removeIf(digest::equals);
                } else {
                    in.tags.remove(reference);
                }
                exchange.sendResponseHeaders(202, -1);
            }
            default -> {
                Stored stored = in.manifests.get(digest);
                if (stored == null) {
                    error(exchange, 404, "MANIFEST_UNKNOWN", "manifest unknown");
                    return;
                }
                exchange.getResponseHeaders().add("Docker-Content-Digest", digest);
                exchange.getResponseHeaders().add("Content-Type", stored.mediaType + "; charset=utf-8");
                content(exchange, 200, stored.bytes, 0, fault);
            }
        }
    }

    private void blob(HttpExchange exchange, String name, String digest, Fault fault) throws IOException {
        byte[] bytes = repository(name).blobs.get(digest);
        if (bytes == null) {
            error(exchange, 404, "BLOB_UNKNOWN", "blob unknown to registry");
            return;
        }
        if (blobRedirect != null) {
            exchange.getResponseHeaders().add("Location", blobRedirect + exchange.getRequestURI().getRawPath());
            exchange.sendResponseHeaders(307, -1);
            return;
        }
        String range = exchange.getRequestHeaders().getFirst("Range");
        int from = range == null || !hasRanges ? 0
                : Integer.parseInt(range.substring("bytes=".length(), range.indexOf('-')));
        if (from > 0) {
            exchange.getResponseHeaders().add("Content-Range",
                    "bytes " + from + "-" + (bytes.length - 1) + "/" + bytes.length);
        }
        content(exchange, from > 0 ? 206 : 200, bytes, from, fault);
    }

    private void content(HttpExchange exchange, int status, byte[] all, int from, Fault fault) throws IOException {
        byte[] bytes = Arrays.copyOfRange(all, from, all.length);
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().add("Content-Length", String.valueOf(bytes.length));
            exchange.sendResponseHeaders(status, -1);
            return;
        }
        if (fault == Fault.WRONG_BYTES) {
            bytes[bytes.length / 2] ^= 1;
        } else if (fault == Fault.TOO_LONG) {
            bytes = Arrays.copyOf(bytes, bytes.length + 1);
        } else if (fault == Fault.TOO_SHORT) {
            bytes = Arrays.copyOf(bytes, bytes.length - 1);
        }
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        OutputStream out = exchange.getResponseBody();
        if (fault == Fault.TRUNCATE) {
            // The end of the exchange ends the connection, too, for the body has not come to its end.
            out.write(bytes, 0, bytes.length / 2);
            out.flush();
        } else {
            out.write(bytes);
            out.close();
        }
    }

    private void upload(HttpExchange exchange, String name, String id) throws IOException {
        Map<String, String> query = query(exchange.getRequestURI());
        Headers headers = exchange.getResponseHeaders();
        if (exchange.getRequestMethod().equals("POST")) {
            String mount = query.get("mount");
            Optional<byte[]> found = mount == null ? Optional.empty() : find(query.get("from"), mount);
            if (found.isPresent()) {
                repository(name).blobs.put(mount, found.get());
                exchange.sendResponseHeaders(201, -1);
                return;
            }
            String fresh = UUID.randomUUID().toString();
            uploads.put(fresh, new byte[0]);
            headers.add("Location", "/v2/" + name + "/blobs/uploads/" + fresh + "?state=opaque");
            if (smallestChunk > 0) {
                headers.add("OCI-Chunk-Min-Length", String.valueOf(smallestChunk));
            }
            exchange.sendResponseHeaders(202, -1);
            return;
        }
        byte[] have = uploads.get(id);
        if (have == null) {
            error(exchange, 404, "BLOB_UPLOAD_UNKNOWN", "blob upload unknown to registry");
            return;
        }
        headers.add("Location", "/v2/" + name + "/blobs/uploads/" + id + "?state=opaque" + have.length);
        switch (exchange.getRequestMethod()) {
            case "GET" -> acknowledge(exchange, 204, have);
            case "DELETE" -> {
                uploads.remove(id);
                exchange.sendResponseHeaders(204, -1);
            }
            case "PATCH" -> {
                String range = exchange.getRequestHeaders().getFirst("Content-Range");
                if (!range.startsWith(have.length + "-")) {
                    acknowledge(exchange, 416, have);
                    return;
                }
                acknowledge(exchange, 202, append(id, have, exchange));
            }
            default -> {
                byte[] all = append(id, have, exchange);
                if (!Digest.sha256(all).value().equals(query.get("digest"))) {
                    error(exchange, 400, "DIGEST_INVALID", "provided digest did not match uploaded content");
                    return;
                }
                uploads.remove(id);
                repository(name).blobs.put(query.get("digest"), all);
                exchange.sendResponseHeaders(201, -1);
            }
        }
    }

    /** In that repository, or in any where none is named. */
    private Optional<byte[]> find(String from, String digest) {
        return repositories.entrySet().stream().filter(room -> from == null || from.equals(room.getKey()))
                .map(room -> room.getValue().blobs.get(digest)).filter(Objects::nonNull).findFirst();
    }

    private byte[] append(String id, byte[] have, HttpExchange exchange) throws IOException {
        byte[] more = exchange.getRequestBody().readAllBytes();
        byte[] all = Arrays.copyOf(have, have.length + more.length);
        System.arraycopy(more, 0, all, have.length, more.length);
        uploads.put(id, all);
        return all;
    }

    private static void acknowledge(HttpExchange exchange, int status, byte[] have) throws IOException {
        exchange.getResponseHeaders().add("Range", "0-" + Math.max(have.length - 1, 0));
        exchange.sendResponseHeaders(status, -1);
    }

    private void referrers(HttpExchange exchange, String name, String subject) throws IOException {
        if (!hasReferrersApi) {
            error(exchange, 404, "NOT_FOUND", "no such page");
            return;
        }
        String children = repository(name).manifests.entrySet().stream()
                .filter(m -> new String(m.getValue().bytes, StandardCharsets.UTF_8)
                        .replaceAll("\\s", "").matches("(?s).*\"subject\":\\{[^}]*" + subject + ".*"))
                .map(m -> descriptor(m.getValue().mediaType, m.getKey(), m.getValue().bytes.length))
                .collect(Collectors.joining(","));
        exchange.getResponseHeaders().add("Content-Type", MediaTypes.OCI_INDEX);
        byte[] body = index(children).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
    }

    /** An index with these children. */
    public static String index(String children) {
        return "{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_INDEX + "\",\"manifests\":[" + children + "]}";
    }

    public static String descriptor(String mediaType, String digest, long size) {
        return "{\"mediaType\":\"" + mediaType + "\",\"digest\":\"" + digest + "\",\"size\":" + size + "}";
    }

    /** Sends a JSON document. */
    public static void json(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        boolean isHead = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, isHead || bytes.length == 0 ? -1 : bytes.length);
        if (!isHead) {
            exchange.getResponseBody().write(bytes);
        }
    }

    /** Sends an error as the Distribution Spec writes it. */
    public static void error(HttpExchange exchange, int status, String code, String message) throws IOException {
        json(exchange, status, "{\"errors\":[{\"code\":\"" + code + "\",\"message\":\"" + message + "\"}]}");
    }

    /** The parameters of a request, each once. */
    public static Map<String, String> query(URI uri) {
        Map<String, String> parameters = new TreeMap<>();
        if (uri.getRawQuery() != null) {
            for (String pair : uri.getRawQuery().split("&")) {
                int equals = pair.indexOf('=');
                parameters.put(pair.substring(0, equals),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return parameters;
    }
}
