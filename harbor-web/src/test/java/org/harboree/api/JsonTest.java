// SPDX-License-Identifier: Apache-2.0
package org.harboree.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    record View(long someId, String name, boolean deleted, List<String> items, Map<String, String> metadata,
            @JsonInclude(JsonInclude.Include.ALWAYS) long repoCount) {
    }

    record Body(String name, Integer number, Boolean flag) {
    }

    @Test
    void shouldLeaveOutWhatIsZeroUnlessTheViewSaysOtherwise() {
        assertThat(Json.write(new View(0, "", false, List.of(), Map.of(), 0))).isEqualTo("{\"repo_count\":0}\n");
        assertThat(Json.write(new View(7, "n", true, List.of("i"), Map.of("k", ""), 1))).isEqualTo(
                "{\"some_id\":7,\"name\":\"n\",\"deleted\":true,\"items\":[\"i\"],\"metadata\":{\"k\":\"\"},"
                        + "\"repo_count\":1}\n");
    }

    @Test
    void shouldWriteAnEmptyListAsAList() {
        assertThat(Json.write(List.of())).isEqualTo("[]\n");
    }

    @Test
    void shouldWriteTimesWithMilliseconds() {
        assertThat(Json.time(Instant.parse("2026-01-02T03:04:05.987654Z"))).isEqualTo("2026-01-02T03:04:05.987Z");
        assertThat(Json.time(Instant.parse("2026-01-02T03:04:05Z"))).isEqualTo("2026-01-02T03:04:05.000Z");
        assertThat(Json.time(Optional.empty())).isEqualTo("0001-01-01T00:00:00.000Z");
    }

    @Test
    void shouldPassOverUnknownFields() throws JsonProcessingException {
        assertThat(Json.MAPPER.readValue("{\"name\":\"n\",\"new\":{\"a\":[1]}}", Body.class).name()).isEqualTo("n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"name\":1}", "{\"name\":true}", "{\"number\":\"1\"}", "{\"number\":1.5}",
        "{\"flag\":\"true\"}", "{\"flag\":1}", "{\"name\":\"a\",\"name\":\"b\"}", "{\"name\":\"a\"}{}", "[]", "{"})
    void shouldRefuseAnotherType(String json) {
        assertThatThrownBy(() -> Json.MAPPER.readValue(json, Body.class)).isInstanceOf(JsonProcessingException.class);
    }
}
