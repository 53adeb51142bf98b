// SPDX-License-Identifier: Apache-2.0
package org.harboree.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;
import org.junit.jupiter.api.Test;

class ErrorsTest {
    @Test
    void shouldWriteCodeAndMessage() {
        assertThat(Errors.body(new HarborException(ErrorCode.BLOB_UNKNOWN)))
                .isEqualTo("{\"errors\":[{\"code\":\"BLOB_UNKNOWN\",\"message\":\"blob unknown to registry\"}]}\n");
    }

    @Test
    void shouldWriteTheWireCodeAndTheDetail() {
        assertThat(Errors.body(new HarborException(ErrorCode.TAG_INVALID, "no tag", Map.of("tag", "-a"))))
                .isEqualTo("{\"errors\":[{\"code\":\"MANIFEST_INVALID\",\"message\":\"no tag\","
                        + "\"detail\":{\"tag\":\"-a\"}}]}\n");
    }

    @Test
    void shouldWriteEachEntry() {
        HarborException two = new HarborException(ErrorCode.MANIFEST_BLOB_UNKNOWN, "a", Map.of("digest", "x"))
                .and(ErrorCode.MANIFEST_BLOB_UNKNOWN, "b", null);
        assertThat(Errors.body(two)).isEqualTo("{\"errors\":[{\"code\":\"MANIFEST_BLOB_UNKNOWN\",\"message\":\"a\","
                + "\"detail\":{\"digest\":\"x\"}},{\"code\":\"MANIFEST_BLOB_UNKNOWN\",\"message\":\"b\"}]}\n");
    }

    @Test
    void shouldEscapeWhatAClientSent() {
        assertThat(Errors.body(new HarborException(ErrorCode.NAME_INVALID, "\"</script>\u0000\n\u00e4")))
                .contains("\\\"</script>\\u0000\\n\u00e4");
    }
}
