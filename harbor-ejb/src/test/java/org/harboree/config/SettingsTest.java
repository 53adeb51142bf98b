// SPDX-License-Identifier: Apache-2.0
package org.harboree.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.stream.Stream;
import org.harboree.database.TestDatabase;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SettingsTest {
    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    @TempDir
    Path folder;

    @BeforeEach
    void empty() {
        DATABASE.empty("properties");
    }

    @Test
    void shouldHaveHarborsDefaults() {
        Settings settings = settings(Map.of());

        assertThat(settings.externalUrl()).isEqualTo(URI.create("http://localhost:8080"));
        assertThat(settings.tokenExpirationMinutes()).isEqualTo(30);
        assertThat(settings.tokenAlgorithm()).isEqualTo("ES256");
        assertThat(settings.projectCreationRestriction()).isEqualTo(Settings.ProjectCreators.EVERYONE);
        assertThat(settings.selfRegistration()).isFalse();
        assertThat(settings.readOnly()).isFalse();
        assertThat(settings.dataDirectory()).isAbsolute().endsWithRaw(Path.of("data"));
    }

    @Test
    void shouldPreferTheEnvironmentToTheDatabaseToTheDefault() {
        settings(Map.of()).change(Map.of(Setting.TOKEN_EXPIRATION, "5", Setting.SELF_REGISTRATION, "true"));

        Settings settings = settings(Map.of("HARBOR_TOKEN_EXPIRATION", "7"));

        assertThat(settings.tokenExpirationMinutes()).isEqualTo(7);
        assertThat(settings.selfRegistration()).isTrue();
        assertThat(settings.readOnly()).isFalse();
    }

    @Test
    void shouldSeeAChangeOfAnotherNodeAtOnce() {
        Settings one = settings(Map.of());
        Settings other = settings(Map.of());
        assertThat(other.selfRegistration()).isFalse();

        one.change(Map.of(Setting.SELF_REGISTRATION, "true"));

        assertThat(other.selfRegistration()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"HARBOR_TOKEN_EXPIRATION,0", "HARBOR_TOKEN_EXPIRATION,soon", "HARBOR_READ_ONLY,yes",
            "HARBOR_TOKEN_ALGORITHM,none", "HARBOR_EXTERNAL_URL,ftp://x", "HARBOR_EXTERNAL_URL,https://x/path",
            "HARBOR_PROJECT_CREATION_RESTRICTION,nobody"})
    void shouldRefuseToStartNamingTheVariable(String variable, String value) {
        assertThatThrownBy(() -> settings(Map.of(variable, value))).isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith(variable);
    }

    @Test
    void shouldCutTheSlashOffTheExternalUrl() {
        assertThat(settings(Map.of("HARBOR_EXTERNAL_URL", "https://registry.example.org/")).externalUrl())
                .isEqualTo(URI.create("https://registry.example.org"));
    }

    @Test
    void shouldRefuseAChangeOfAnotherTypeOrWithoutEffect() {
        Settings settings = settings(Map.of("HARBOR_TOKEN_EXPIRATION", "7"));

        assertRefused(settings, Setting.SELF_REGISTRATION, "perhaps");
        assertRefused(settings, Setting.TOKEN_EXPIRATION, "8");
        assertRefused(settings, Setting.TOKEN_ALGORITHM, "RS256");
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    void shouldHaveADefaultOfItsOwnType(Setting setting) {
        assertThat(setting.type().accepts(setting.defaultValue())).isTrue();
        assertThat(setting.description()).isNotBlank();
        assertThat(Setting.of(setting.key())).contains(setting);
        assertThat(Stream.of(Setting.values()).map(Setting::variable)).doesNotHaveDuplicates();
    }

    @Test
    void shouldMakeTheSecretKeyOnceForItsOwnerOnly() throws Exception {
        Settings settings = settings(Map.of("HARBOR_DATA", folder.toString()));

        byte[] key = settings.secretKey();

        assertThat(key).hasSize(32);
        assertThat(settings.secretKey()).isEqualTo(key);
        Path file = folder.resolve("secrets").resolve("secret-key");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
        try (Stream<Path> files = Files.list(file.getParent())) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void shouldReadAKeyInBase64AndRefuseAMissingOrShortOne() throws Exception {
        Path file = folder.resolve("key");
        Settings settings = settings(Map.of("HARBOR_SECRET_KEY_FILE", file.toString()));
        assertThatThrownBy(settings::secretKey).hasMessageContaining("cannot be read");

        Files.writeString(file, "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n");
        assertThat(settings.secretKey()).isEqualTo(new byte[32]);

        Files.writeString(file, "short");
        assertThatThrownBy(settings::secretKey).hasMessageContaining("32 bytes");
    }

    private static void assertRefused(Settings settings, Setting setting, String value) {
        assertThatThrownBy(() -> settings.change(Map.of(setting, value)))
                .isInstanceOfSatisfying(HarborException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_REQUEST));
    }

    private static Settings settings(Map<String, String> environment) {
        return new Settings(environment, new PropertyDao(DATABASE.entityManager()), DATABASE.unitOfWork());
    }
}
