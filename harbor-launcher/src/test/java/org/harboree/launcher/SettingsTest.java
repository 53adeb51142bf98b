// SPDX-License-Identifier: Apache-2.0
package org.harboree.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

    private static final Path HERE = Path.of("/somewhere");

    @Test
    void shouldHaveDefaultsForAll() {
        Settings settings = parse(Map.of());

        assertThat(settings.bind()).isEqualTo("127.0.0.1");
        assertThat(settings.httpPort()).isEqualTo(8080);
        assertThat(settings.externalUrl()).isEqualTo(URI.create("http://localhost:8080"));
        assertThat(settings.data()).isEqualTo(Path.of("/somewhere/data"));
        assertThat(settings.database()).isEmpty();
        assertThat(settings.adminPassword()).isEmpty();
        assertThat(settings.javaOptions()).isEmpty();
    }

    @Test
    void shouldReadEachVariable() {
        Settings settings = parse(Map.of("HARBOR_BIND", "0.0.0.0", "HARBOR_HTTP_PORT", "9090",
                "HARBOR_EXTERNAL_URL", "https://registry.example.com/", "HARBOR_DATA", "/var/lib/harbor",
                "HARBOR_ADMIN_PASSWORD", "Harbor12345", "HARBOR_JAVA_OPTS", "-Xmx2g"));

        assertThat(settings.bind()).isEqualTo("0.0.0.0");
        assertThat(settings.httpPort()).isEqualTo(9090);
        assertThat(settings.externalUrl()).isEqualTo(URI.create("https://registry.example.com"));
        assertThat(settings.data()).isEqualTo(Path.of("/var/lib/harbor"));
        assertThat(settings.adminPassword()).contains("Harbor12345");
        assertThat(settings.javaOptions()).isEqualTo("-Xmx2g");
    }

    @Test
    void shouldNameThePortInTheExternalUrl() {
        assertThat(parse(Map.of("HARBOR_HTTP_PORT", "9090")).externalUrl())
                .isEqualTo(URI.create("http://localhost:9090"));
    }

    @Test
    void shouldTakeEmptyVariablesForAbsentOnes() {
        assertThat(parse(Map.of("HARBOR_HTTP_PORT", "", "HARBOR_DB_URL", " "))).isEqualTo(parse(Map.of()));
    }

    @Test
    void shouldTakeADatabaseThatIsRunElsewhere() {
        assertThat(parse(Map.of("HARBOR_DB_URL", "jdbc:mysql://db/harbor", "HARBOR_DB_USER", "me",
                "HARBOR_DB_PASSWORD", "secret")).database())
                .contains(new DatabaseAddress("jdbc:mysql://db/harbor", "me", "secret"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "65536", "-1", "http", "80.5"})
    void shouldRefuseWhatIsNoPort(String port) {
        assertRefused("HARBOR_HTTP_PORT", port);
    }

    @ParameterizedTest
    @ValueSource(strings = {"registry.example.com", "ftp://registry.example.com", "http://", "http://a b"})
    void shouldRefuseAnExternalUrlThatIsNoHttpAddress(String url) {
        assertRefused("HARBOR_EXTERNAL_URL", url);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Short1", "nouppercase1", "NOLOWERCASE1", "NoDigitHere"})
    void shouldRefuseAnAdministratorsPasswordAgainstHarborsRule(String password) {
        assertThatThrownBy(() -> parse(Map.of("HARBOR_ADMIN_PASSWORD", password)))
                .isInstanceOf(LaunchFailure.class).hasMessageContaining("HARBOR_ADMIN_PASSWORD")
                .hasMessageNotContaining(password);
    }

    @ParameterizedTest
    @CsvSource({"jdbc:mariadb://db/harbor", "mysql://db/harbor"})
    void shouldRefuseAnotherDriversUrl(String url) {
        assertRefused("HARBOR_DB_URL", url);
    }

    @Test
    void shouldNeverPrintThePasswordOfTheDatabase() {
        assertThat(new DatabaseAddress("jdbc:mysql://db/harbor", "me", "secret")).asString().doesNotContain("secret");
    }

    private static void assertRefused(String name, String value) {
        assertThatThrownBy(() -> parse(Map.of(name, value)))
                .isInstanceOf(LaunchFailure.class).hasMessageContainingAll(name, value);
    }

    private static Settings parse(Map<String, String> environment) {
        return Settings.parse(environment, HERE);
    }
}
