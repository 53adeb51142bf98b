// SPDX-License-Identifier: Apache-2.0
package org.harboree.v2;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.harboree.error.ErrorCode;
import org.junit.jupiter.api.Test;

/** The routes of {@code /v2} as one table, and the resources held to it. */
class V2RoutesTest {
    private static final String NAME = "/v2/{name}";
    private static final String MANIFEST = NAME + "/manifests/{reference}";
    private static final String BLOB = NAME + "/blobs/{digest}";
    private static final String UPLOAD = NAME + "/blobs/uploads/{upload}";

    /**
     * @param endpoint id in the OCI Distribution Spec 1.1.1, "Endpoints"; empty for what only Docker's has
     * @param codes wire codes of the answers that are not good, beside UNAUTHORIZED, UNSUPPORTED and UNKNOWN
     */
    private record Route(String method, String path, String endpoint, List<String> codes) {
        String key() {
            return method + ' ' + path;
        }
    }

    private static final List<Route> ROUTES = List.of(
            route("GET", "/v2", "end-1"),
            route("GET", "/v2/_catalog", ""),
            route("GET", BLOB, "end-2", "NAME_INVALID", "NAME_UNKNOWN", "DIGEST_INVALID", "BLOB_UNKNOWN"),
            route("HEAD", BLOB, "end-2", "NAME_INVALID", "NAME_UNKNOWN", "DIGEST_INVALID", "BLOB_UNKNOWN"),
            route("GET", MANIFEST, "end-3", "NAME_INVALID", "NAME_UNKNOWN", "MANIFEST_INVALID", "MANIFEST_UNKNOWN"),
            route("HEAD", MANIFEST, "end-3", "NAME_INVALID", "NAME_UNKNOWN", "MANIFEST_INVALID", "MANIFEST_UNKNOWN"),
            route("POST", NAME + "/blobs/uploads", "end-4a end-4b end-11", "NAME_INVALID", "DIGEST_INVALID",
                    "SIZE_INVALID", "TOOMANYREQUESTS", "BLOB_UPLOAD_INVALID", "DENIED"),
            route("PATCH", UPLOAD, "end-5", "NAME_INVALID", "BLOB_UPLOAD_UNKNOWN", "BLOB_UPLOAD_INVALID",
                    "SIZE_INVALID", "DENIED"),
            route("PUT", UPLOAD, "end-6", "NAME_INVALID", "BLOB_UPLOAD_UNKNOWN", "BLOB_UPLOAD_INVALID",
                    "DIGEST_INVALID", "SIZE_INVALID", "DENIED"),
            route("PUT", MANIFEST, "end-7", "NAME_INVALID", "MANIFEST_INVALID", "MANIFEST_BLOB_UNKNOWN",
                    "DIGEST_INVALID", "SIZE_INVALID", "DENIED"),
            route("GET", NAME + "/tags/list", "end-8a end-8b", "NAME_INVALID", "NAME_UNKNOWN"),
            route("DELETE", MANIFEST, "end-9", "NAME_INVALID", "MANIFEST_UNKNOWN", "MANIFEST_INVALID", "DENIED"),
            route("DELETE", BLOB, "end-10", "NAME_INVALID", "BLOB_UNKNOWN", "DIGEST_INVALID", "DENIED"),
            route("GET", NAME + "/referrers/{digest}", "end-12a end-12b", "NAME_INVALID", "DIGEST_INVALID"),
            route("GET", UPLOAD, "end-13", "NAME_INVALID", "BLOB_UPLOAD_UNKNOWN"),
            route("DELETE", UPLOAD, "end-14", "NAME_INVALID", "BLOB_UPLOAD_UNKNOWN", "DENIED"));

    private static Route route(String method, String path, String endpoint, String... codes) {
        return new Route(method, path, endpoint, List.of(codes));
    }

    @Test
    void shouldServeTheTableAndNothingElse() {
        assertThat(served()).containsExactlyInAnyOrderElementsOf(ROUTES.stream().map(Route::key).toList());
    }

    @Test
    void shouldServeEachEndpointOfTheSpecification() {
        assertThat(ROUTES.stream().flatMap(route -> Stream.of(route.endpoint().split(" "))).filter(id -> !id.isEmpty()))
                .contains("end-1", "end-2", "end-3", "end-4a", "end-4b", "end-5", "end-6", "end-7", "end-8a", "end-8b",
                        "end-9", "end-10", "end-11", "end-12a", "end-12b", "end-13");
    }

    @Test
    void shouldNameWireCodesThatThereAre() {
        List<String> known = Arrays.stream(ErrorCode.values()).map(ErrorCode::wireCode).toList();
        assertThat(ROUTES.stream().flatMap(route -> route.codes().stream())).isSubsetOf(known);
    }

    private static List<String> served() {
        return new RegistryApplication().getClasses().stream()
                .filter(type -> type.isAnnotationPresent(Path.class))
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods())
                        .flatMap(method -> verb(method).map(verb -> verb + ' ' + path(type, method)).stream()))
                .toList();
    }

    private static Optional<String> verb(Method method) {
        for (Annotation annotation : method.getAnnotations()) {
            HttpMethod verb = annotation.annotationType().getAnnotation(HttpMethod.class);
            if (verb != null) {
                return Optional.of(verb.value());
            }
        }
        return Optional.empty();
    }

    private static String path(Class<?> type, Method method) {
        String path = "/v2/" + type.getAnnotation(Path.class).value();
        if (method.isAnnotationPresent(Path.class)) {
            path += '/' + method.getAnnotation(Path.class).value();
        }
        return path.replace("{name: .+}", "{name}").replaceAll("/$", "");
    }
}
