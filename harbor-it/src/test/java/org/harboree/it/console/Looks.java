// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What every page is checked for, as it stands in the browser now: in both themes and at two widths it is accessible,
 * not wider than the window, and kept as a picture in {@code target/screenshots}.
 */
final class Looks {
    private static final Path FOLDER = Path.of("target", "screenshots");
    private static final String AXE = read("/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js");
    private static final String BREACHES = "async () => (await axe.run(document, {resultTypes: ['violations']}))"
            + ".violations.filter(v => ['serious', 'critical'].includes(v.impact))"
            + ".map(v => v.id + ': ' + v.nodes.map(n => n.html + ' ' + (n.any[0] || {}).message).join('; '))";

    private Looks() {
    }

    /** @param name of the picture */
    static void check(Console console, String name) {
        for (String theme : List.of("light", "dark")) {
            for (Map.Entry<String, Integer> width : Map.of("1440", 1440, "390", 390).entrySet()) {
                console.page().setViewportSize(width.getValue(), width.getValue() == 390 ? 844 : 900);
                console.page().evaluate("theme => { document.documentElement.dataset.theme = theme; }", theme);
                console.page().evaluate("() => scrollTo(0, 0)");
                console.page().screenshot(new Page.ScreenshotOptions().setFullPage(true)
                        .setPath(FOLDER.resolve(name + "-" + theme + "-" + width.getKey() + ".png")));
                assertThat(breaches(console)).as(name + ", " + theme + ", " + width.getKey()).isEmpty();
                assertThat((Boolean) console.page().evaluate(
                        "() => document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
                        .as(name + " fits into " + width.getKey()).isTrue();
            }
        }
        console.page().setViewportSize(1440, 900);
    }

    /** One picture more, of a state that is not worth all checks. */
    static void keep(Console console, String name) {
        console.page().screenshot(new Page.ScreenshotOptions().setPath(FOLDER.resolve(name + ".png")));
    }

    private static List<?> breaches(Console console) {
        console.page().evaluate(AXE);
        return (List<?>) console.page().evaluate(BREACHES);
    }

    private static String read(String resource) {
        try (InputStream file = Looks.class.getResourceAsStream(resource)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
