// SPDX-License-Identifier: Apache-2.0
package org.harboree.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.harboree.error.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every word that a page or a bean asks for is there in each language, and none that nobody asks for. */
class MessagesTest {
    private static final Path BUNDLES = Path.of("src/main/resources/org/harboree/console");
    private static final Pattern LITERAL = Pattern.compile("['\"]([a-zA-Z]+(?:\\.[a-zA-Z0-9_]+)+)['\"]");
    /** Keys of which the last part is only known when the page is made. */
    private static final Pattern FAMILY = Pattern.compile("['\"]((?:[a-zA-Z]+\\.)+)['\"]");

    @ParameterizedTest
    @ValueSource(strings = {"messages.properties", "messages_de.properties", "messages_zh.properties"})
    void eachLanguageShouldHaveExactlyTheWordsThatAreAskedFor(String bundle) throws IOException {
        Set<String> keys = keys(bundle);
        String sources = sources();
        Set<String> asked = matches(LITERAL, sources);
        Set<String> families = matches(FAMILY, sources);

        assertThat(keys).isEqualTo(keys("messages.properties"));
        assertThat(asked.stream().filter(key -> Stream.of("msg['", "of(\"", "of('").anyMatch(
                call -> sources.contains(call + key)))).as("missing").isSubsetOf(keys);
        assertThat(keys.stream().filter(key -> !asked.contains(key)
                && families.stream().noneMatch(key::startsWith))).as("unused").isEmpty();
    }

    @Test
    void eachReasonOfTheServicesShouldHaveItsWords() throws IOException {
        assertThat(keys("messages.properties").stream().filter(key -> key.startsWith("reason.")))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(Reason.values()).map(reason -> "reason." + reason).toList());
    }

    private static Set<String> keys(String bundle) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(BUNDLES.resolve(bundle))) {
            properties.load(reader);
        }
        return new TreeSet<>(properties.stringPropertyNames());
    }

    private static Set<String> matches(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(result -> result.group(1)).collect(Collectors.toSet());
    }

    private static String sources() throws IOException {
        StringBuilder text = new StringBuilder();
        for (String root : new String[] {"src/main/java/org/harboree/console", "src/main/webapp"}) {
            try (Stream<Path> files = Files.walk(Path.of(root))) {
                for (Path file : files.filter(path -> path.toString().matches(".*\\.(java|xhtml)")).toList()) {
                    text.append(Files.readString(file));
                }
            }
        }
        return text.toString();
    }
}
