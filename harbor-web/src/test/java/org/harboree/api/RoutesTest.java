// SPDX-License-Identifier: Apache-2.0
package org.harboree.api;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Application;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of rights that the black-box tests call has a row for each route, and none without one. */
class RoutesTest {
    private static final java.nio.file.Path TABLE = java.nio.file.Path.of("../harbor-it/src/test/resources/rights.txt");

    @Test
    void eachRouteShouldStandInTheTableOfRights() throws IOException {
        List<String> table;
        try (Stream<String> lines = Files.lines(TABLE)) {
            table = lines.filter(line -> !line.isBlank() && !line.startsWith("#")).map(RoutesTest::row).sorted()
                    .toList();
        }
        List<String> routes = Stream.of(new ApiApplication(), new VersionApplication()).flatMap(RoutesTest::routes)
                .sorted().toList();
        assertThat(table).isEqualTo(routes);
    }

    private static String row(String line) {
        String[] cells = line.split("\\|");
        String path = cells[1].strip().replaceAll("\\?.*", "");
        return cells[0].strip() + " " + normal(path.startsWith("/api") ? path : "/api/v2.0" + path);
    }

    private static Stream<String> routes(Application application) {
        String root = application.getClass().getAnnotation(ApplicationPath.class).value();
        return application.getClasses().stream().filter(type -> type.isAnnotationPresent(Path.class))
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()).flatMap(method -> route(root, type, method)));
    }

    private static Stream<String> route(String root, Class<?> type, Method method) {
        String path = root + "/" + type.getAnnotation(Path.class).value()
                + Optional.ofNullable(method.getAnnotation(Path.class)).map(own -> "/" + own.value()).orElse("");
        return Arrays.stream(method.getAnnotations())
                .flatMap(annotation -> Stream.ofNullable(annotation.annotationType().getAnnotation(HttpMethod.class)))
                .map(verb -> verb.value() + " " + normal(path));
    }

    private static String normal(String path) {
        String named = path.replaceAll("\\{[^}]*}", "{}");
        return named.endsWith("/") ? named.substring(0, named.length() - 1) : named;
    }
}
