// SPDX-License-Identifier: Apache-2.0
package org.harboree.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {

    @TempDir
    Path folder;

    @Test
    void shouldMakeAnAdministratorsPasswordThatHarborAccepts() throws IOException {
        String password = Files.readString(new Secrets(folder).adminPassword()).strip();

        assertThat(password).matches("[A-Za-z0-9]{24}").matches(".*[A-Z].*").matches(".*[a-z].*").matches(".*[0-9].*");
    }

    @Test
    void shouldMakeAKeyOf32Bytes() throws IOException {
        String key = Files.readString(new Secrets(folder).secretKey()).strip();

        assertThat(Base64.getDecoder().decode(key)).hasSize(32);
    }

    @Test
    void shouldKeepWhatItHasMade() throws IOException {
        String key = Files.readString(new Secrets(folder).secretKey());
        String password = new Secrets(folder).databasePassword();

        assertThat(Files.readString(new Secrets(folder).secretKey())).isEqualTo(key);
        assertThat(new Secrets(folder).databasePassword()).isEqualTo(password);
    }

    @Test
    void shouldLetOnlyTheOwnerRead() throws IOException {
        Path file = new Secrets(folder).secretKey();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
    }
}
