// SPDX-License-Identifier: Apache-2.0
package org.harboree.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {

    @TempDir
    Path temporary;

    @Test
    void shouldMakeItsParts() throws IOException {
        try (DataFolder data = DataFolder.open(temporary.resolve("new"))) {
            assertThat(data.logs()).isDirectory();
            assertThat(data.run()).isDirectory();
            assertThat(data.secrets()).isDirectory();
            assertThat(data.server()).isDirectory();
            assertThat(data.root().resolve("blobs")).isDirectory();
            assertThat(data.database()).doesNotExist();
        }
    }

    @Test
    void shouldBelongToOneStartAtATime() throws IOException {
        try (DataFolder first = DataFolder.open(temporary)) {
            assertThatThrownBy(() -> DataFolder.open(temporary))
                    .isInstanceOf(LaunchFailure.class)
                    .hasMessageContainingAll(first.root().toString(), "in use", "" + ProcessHandle.current().pid());
        }
    }

    @Test
    void shouldBeFreeAgainAfterwards() throws IOException {
        DataFolder.open(temporary).close();

        try (DataFolder second = DataFolder.open(temporary)) {
            assertThat(second.root()).isEqualTo(temporary);
        }
    }

    @Test
    void shouldSayInOneLineThatItCannotBeWritten() throws IOException {
        Path file = Files.createFile(temporary.resolve("file"));

        assertThatThrownBy(() -> DataFolder.open(file.resolve("data")))
                .isInstanceOf(LaunchFailure.class).hasMessageContainingAll("cannot be written", "HARBOR_DATA")
                .satisfies(failure -> assertThat(failure.getMessage().lines()).hasSize(1));
    }
}
