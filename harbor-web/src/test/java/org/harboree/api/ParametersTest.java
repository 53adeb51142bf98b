// SPDX-License-Identifier: Apache-2.0
package org.harboree.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;
import org.junit.jupiter.api.Test;

class ParametersTest {

    @Test
    void namesShouldBeDecodedOnceMore() {
        assertThat(Parameters.decodedAgain("a%2Fb")).isEqualTo("a/b");
        assertThat(Parameters.decodedAgain("a/b")).isEqualTo("a/b");
        assertThat(Parameters.decodedAgain("a+b")).isEqualTo("a+b");
        assertThat(Parameters.decodedAgain("a%2B+")).isEqualTo("a++");
    }

    @Test
    void aNameThatCannotBeDecodedShouldBeRefused() {
        assertThatThrownBy(() -> Parameters.decodedAgain("a%zz"))
                .isInstanceOfSatisfying(HarborException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_REQUEST));
    }

    @Test
    void anIdShouldBeANumber() {
        assertThat(Parameters.id("mid", "12")).isEqualTo(12);
        assertThatThrownBy(() -> Parameters.id("mid", "x")).isInstanceOfSatisfying(HarborException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.UNPROCESSABLE_ENTITY);
            assertThat(e).hasMessage("validation failure list:\nmid in path must be of type int64: \"x\"");
        });
    }
}
