// SPDX-License-Identifier: Apache-2.0
package org.harboree.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** WCAG 2.2, 1.4.3: every text can be read on every ground that it may stand on. */
class ContrastTest {
    private static final Path SHEET = Path.of("src/main/webapp/resources/console/console.css");
    private static final double ENOUGH = 4.5;
    private static final double ENOUGH_FOR_SHAPES = 3;
    private static final List<String> GROUNDS = List.of("ground", "surface", "raised", "hover", "selected");
    private static final List<String> TEXTS =
            List.of("text", "muted", "primary", "primary-hover", "success", "warning", "danger");
    private static final Map<String, String> PAIRS = Map.of("on-primary", "primary", "on-danger", "danger",
            "success", "success-ground", "warning", "warning-ground", "danger", "danger-ground");

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void eachTextShouldBeReadableOnEachGround(String theme) throws IOException {
        Map<String, String> colours = colours(theme);
        for (String ground : GROUNDS) {
            for (String text : TEXTS) {
                assertReadable(colours, text, ground);
            }
        }
        PAIRS.forEach((text, ground) -> assertReadable(colours, text, ground));
        for (String ground : List.of("success-ground", "warning-ground", "danger-ground")) {
            assertReadable(colours, "text", ground);
        }
        assertReadable(colours, "on-primary", "primary-hover");
        assertReadable(colours, "on-danger", "danger-hover");
    }

    /** WCAG 2.2, 1.4.11: how far a bar is, whatever its state. */
    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void eachBarShouldStandOutFromWhatIsLeftOfIt(String theme) throws IOException {
        Map<String, String> colours = colours(theme);
        for (String bar : List.of("primary", "success", "warning", "danger")) {
            assertContrast(colours, bar, "border", ENOUGH_FOR_SHAPES);
        }
    }

    private static void assertReadable(Map<String, String> colours, String text, String ground) {
        assertContrast(colours, text, ground, ENOUGH);
    }

    private static void assertContrast(Map<String, String> colours, String mark, String ground, double enough) {
        double one = luminance(colours.get(mark));
        double other = luminance(colours.get(ground));
        assertThat((Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05)).as(mark + " on " + ground)
                .isGreaterThanOrEqualTo(enough);
    }

    private static Map<String, String> colours(String theme) throws IOException {
        Matcher block = Pattern.compile("\\[data-theme=" + theme + "] \\{([^}]*)}").matcher(Files.readString(SHEET));
        assertThat(block.find()).isTrue();
        Map<String, String> colours = new HashMap<>();
        Pattern.compile("--([a-z-]+): (#[0-9a-f]{6})").matcher(block.group(1)).results()
                .forEach(colour -> colours.put(colour.group(1), colour.group(2)));
        return colours;
    }

    private static double luminance(String colour) {
        return 0.2126 * channel(colour, 1) + 0.7152 * channel(colour, 3) + 0.0722 * channel(colour, 5);
    }

    private static double channel(String colour, int at) {
        double value = Integer.parseInt(colour.substring(at, at + 2), 16) / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
    }
}
