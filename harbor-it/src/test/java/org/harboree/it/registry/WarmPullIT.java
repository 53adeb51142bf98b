// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.harboree.it.HarborApi;
import org.harboree.it.Product;
import org.harboree.it.ProjectRole;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A pull for which everything is in memory is answered before JAX-RS; a query string sends the same pull the long way
 * (docs/adr/0003). Both must say the same, and a change must show in both at once.
 */
class WarmPullIT {
    private static final String LONG_WAY = "?x=1";
    private static final Set<String> OF_EACH_ANSWER = Set.of("x-request-id", "date", "connection");

    private final Product product = Product.running();
    private final HarborApi api = product.api();
    private final Docker admin = new Docker(product.url(), "admin", product.adminPassword());
    private String repository;
    private String user;
    private Docker docker;
    private byte[] manifest;
    private String token;

    @BeforeEach
    void push() {
        String project = api.newProject("warm");
        user = api.newUser("warm", "Secret123");
        api.addMember(project, user, ProjectRole.DEVELOPER);
        docker = new Docker(product.url(), user, "Secret123");
        repository = project + "/image";
        manifest = admin.pushImage(repository, "latest", "1");
        token = docker.token(repository, "pull");
    }

    private String manifests(String reference) {
        return "/v2/" + repository + "/manifests/" + reference;
    }

    private HttpResponse<byte[]> pull(String path) {
        return docker.send("GET", path, token, new byte[0]);
    }

    /** The answer once all that it needs is in memory. */
    private HttpResponse<byte[]> warm(String method, String path) {
        docker.send("GET", path, token, new byte[0]);
        docker.send("GET", path, token, new byte[0]);
        return docker.send(method, path, token, new byte[0]);
    }

    private static Map<String, List<String>> headers(HttpResponse<?> answer) {
        Map<String, List<String>> headers = new TreeMap<>(answer.headers().map());
        headers.keySet().removeAll(OF_EACH_ANSWER);
        return headers;
    }

    private void assertEqualBothWays(String method, String path) {
        HttpResponse<byte[]> warm = warm(method, path);
        HttpResponse<byte[]> longWay = docker.send(method, path + LONG_WAY, token, new byte[0]);
        assertThat(warm.statusCode()).isEqualTo(longWay.statusCode()).isEqualTo(200);
        assertThat(headers(warm)).isEqualTo(headers(longWay));
        assertThat(warm.body()).isEqualTo(longWay.body());
        assertThat(warm.headers().firstValue("X-Request-Id")).isPresent();
    }

    @Test
    void shouldAnswerAManifestTheSameBothWays() {
        for (String method : List.of("GET", "HEAD")) {
            assertEqualBothWays(method, manifests("latest"));
            assertEqualBothWays(method, manifests(Docker.digest(manifest)));
        }
        assertThat(pull(manifests("latest")).body()).isEqualTo(manifest);
    }

    @Test
    void shouldAnswerASmallBlobTheSameBothWays() {
        byte[] config = "{\"note\":\"1\"}".getBytes(StandardCharsets.UTF_8);
        String path = "/v2/" + repository + "/blobs/" + Docker.digest(config);
        assertEqualBothWays("GET", path);
        assertThat(pull(path).body()).isEqualTo(config);
        assertEqualBothWays("HEAD", path);
    }

    @Test
    void shouldShowATagThatMovedAtOnce() {
        for (int i = 2; i < 12; i++) {
            warm("GET", manifests("latest"));
            byte[] moved = admin.pushImage(repository, "latest", String.valueOf(i));
            HttpResponse<byte[]> answer = pull(manifests("latest"));
            assertThat(answer.body()).isEqualTo(moved);
            assertThat(answer.headers().firstValue("Docker-Content-Digest")).contains(Docker.digest(moved));
        }
    }

    @Test
    void shouldNotFindADeletedTagFromTheNextRequestOn() {
        warm("GET", manifests("latest"));
        admin.delete(manifests("latest"));
        assertThat(pull(manifests("latest")).statusCode()).isEqualTo(404);
        assertThat(warm("GET", manifests(Docker.digest(manifest))).statusCode()).isEqualTo(200);
    }

    @Test
    void shouldNotFindADeletedImageNorItsTagWhenItComesBack() {
        String digest = Docker.digest(manifest);
        warm("GET", manifests("latest"));
        warm("GET", manifests(digest));
        admin.delete(manifests(digest));
        assertThat(pull(manifests("latest")).statusCode()).isEqualTo(404);
        assertThat(pull(manifests(digest)).statusCode()).isEqualTo(404);
        admin.pushImage(repository, "other", "1");
        assertThat(pull(manifests(digest)).statusCode()).isEqualTo(200);
        assertThat(pull(manifests("latest")).statusCode()).isEqualTo(404);
    }

    @Test
    void shouldRefuseTheTokenOfADeletedUserAtOnce() {
        assertThat(warm("GET", manifests("latest")).statusCode()).isEqualTo(200);
        long id = api.get("/users?q=username%3D" + user).get(0).get("user_id").asLong();
        assertThat(api.send("DELETE", "/users/" + id, "").statusCode()).isEqualTo(200);
        assertThat(pull(manifests("latest")).statusCode()).isEqualTo(401);
        assertThat(pull(manifests("latest") + LONG_WAY).statusCode()).isEqualTo(401);
    }

    @Test
    void shouldRefuseATokenForAnotherRepositoryOrForNothing() {
        warm("GET", manifests("latest"));
        String elsewhere = docker.token(repository + "2", "pull");
        for (String other : List.of(elsewhere, docker.token(repository, "push"), "Bearer x")) {
            for (String path : List.of(manifests("latest"), manifests(Docker.digest(manifest)))) {
                for (int i = 0; i < 2; i++) {
                    assertThat(docker.send("GET", path, other, new byte[0]).statusCode()).isEqualTo(401);
                }
            }
        }
    }
}
