// SPDX-License-Identifier: Apache-2.0
package org.harboree.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PullCommandsTest {
    private static final String DIGEST = "sha256:" + "ab".repeat(32);

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "docker|1.0|false|docker pull reg.example/library/app:1.0",
        "docker|@|true|docker pull reg.example/library/app@@",
        "podman|1.0|true|podman pull --tls-verify=false reg.example/library/app:1.0",
        "skopeo|1.0|false|skopeo copy docker://reg.example/library/app:1.0 oci:app:1.0",
        "skopeo|@|true|skopeo copy --src-tls-verify=false docker://reg.example/library/app@@ oci:app",
        "helm|1.0.0_build|false|helm pull oci://reg.example/library/app --version 1.0.0+build",
        "helm|@|true|helm pull --plain-http oci://reg.example/library/app@@",
        "oras|1.0|true|oras pull --plain-http reg.example/library/app:1.0"})
    void shouldBeWhatOneTypes(String tool, String reference, boolean plain, String command) {
        assertThat(PullCommands.command(tool, "reg.example/library/app", reference.replace("@", DIGEST), plain))
                .isEqualTo(command.replace("@@", "@" + DIGEST));
    }
}
