// SPDX-License-Identifier: Apache-2.0
package org.harboree.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A page, its bean and its test in a browser have one stem. */
class PagesTest {
    private static final Path TESTS = Path.of("../harbor-it/src/test/java/org/harboree/it/console");

    @Test
    void eachPageShouldHaveItsBeanAndItsTest() throws IOException {
        for (String stem : stems()) {
            assertThat(Path.of("src/main/java/org/harboree/console", stem + "View.java")).exists();
            assertThat(TESTS.resolve(stem + "UiIT.java")).exists().content()
                    .contains("@Tag(\"ui\")").contains("Looks.check(");
        }
    }

    private static List<String> stems() throws IOException {
        try (Stream<Path> pages = Files.list(Path.of("src/main/webapp/harbor"))) {
            return pages.map(page -> page.getFileName().toString().replace(".xhtml", "")).map(PagesTest::stem).toList();
        }
    }

    private static String stem(String page) {
        StringBuilder stem = new StringBuilder();
        for (String word : page.split("-")) {
            stem.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
        }
        return stem.toString();
    }
}
