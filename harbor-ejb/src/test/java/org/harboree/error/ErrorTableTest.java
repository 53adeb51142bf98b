// SPDX-License-Identifier: Apache-2.0
package org.harboree.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Holds {@code docs/generated/errors.md} to {@link ErrorCode}; {@code -Dharbor.docs.write=true} writes it anew. */
class ErrorTableTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "generated", "errors.md");

    @Test
    void shouldBeDocumentedAsItIs() throws IOException {
        String table = table();
        if (Boolean.getBoolean("harbor.docs.write")) {
            Files.createDirectories(DOCUMENT.getParent());
            Files.writeString(DOCUMENT, table);
        }
        assertThat(Files.readString(DOCUMENT))
                .as("docs/generated/errors.md is stale; write it with -Dtest=ErrorTableTest -Dharbor.docs.write=true")
                .isEqualTo(table);
    }

    @Test
    void shouldAnswerEachErrorWithAnErrorStatus() {
        assertThat(ErrorCode.values()).allSatisfy(code -> {
            assertThat(code.status()).isBetween(400, 599);
            assertThat(code.wireCode()).matches("[A-Z_]+");
            assertThat(code.message()).isNotBlank().doesNotEndWith(".");
        });
    }

    @Test
    void shouldTellHarborsApiInItsOwnWords() {
        HarborException refusal = new HarborException(ErrorCode.TOO_MANY_REQUESTS, "wait").retryAfter(7).inApi();
        assertThat(refusal.code().wireCode()).isEqualTo("TOO_MANY_REQUEST");
        assertThat(refusal.code().status()).isEqualTo(ErrorCode.TOO_MANY_REQUESTS.status());
        assertThat(refusal.entries()).extracting(HarborException.Entry::message).containsExactly("wait");
        assertThat(refusal.retryAfterSeconds()).isEqualTo(7);
        assertThat(new HarborException(ErrorCode.NOT_FOUND).inApi().code()).isEqualTo(ErrorCode.NOT_FOUND);
    }

    private static String table() {
        StringBuilder table = new StringBuilder("# What a client can be told\n\n"
                + "Generated from `org.harboree.error.ErrorCode`; do not edit. Two rows may share a wire code.\n\n"
                + "| Wire code | Status | Message | Constant |\n|---|---|---|---|\n");
        for (ErrorCode code : ErrorCode.values()) {
            table.append("| `").append(code.wireCode()).append("` | ").append(code.status()).append(" | ")
                    .append(code.message()).append(" | `").append(code.name()).append("` |\n");
        }
        return table.toString();
    }
}
