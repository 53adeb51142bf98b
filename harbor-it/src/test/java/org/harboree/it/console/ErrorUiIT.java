// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("ui")
class ErrorUiIT {

    @Test
    void shouldLookRight() {
        try (Console console = Console.admin()) {
            assertThat(console.open("nothing-here")).isEqualTo(404);
            assertThat(console.heading()).isEqualTo("There is nothing here");

            Looks.check(console, "error");
        }
    }

    @Test
    void shouldShowWhatTheServiceRefusesInTheFrameWithARequestId() {
        try (Console console = Console.anonymous()) {
            assertThat(console.open("project-list?sort=password")).isEqualTo(400);
            assertThat(console.heading()).isEqualTo("This address is not understood");
            assertThat(console.page().locator(".request-id code").innerText()).hasSize(36);
            assertThat(console.page().content()).doesNotContain("Exception");
        }
    }
}
