// SPDX-License-Identifier: Apache-2.0
package org.harboree.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReturnAddressTest {

    @ParameterizedTest
    @ValueSource(strings = {"/harbor/project-list", "/harbor/project-list?filter=a%2Fb&sort=-name", "/harbor/error"})
    void shouldGoBackToPagesOfOurs(String address) {
        assertThat(ReturnAddress.checked(address)).isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "https://example.org/", "//example.org/", "/\\example.org", "/harbor//example.org",
        "/harbor/../api/v2.0", "/api/v2.0/users", "/harbor/sign-in", "/harbor/a\r\nSet-Cookie: a=b", "javascript:1"})
    void shouldGoNowhereElse(String address) {
        assertThat(ReturnAddress.checked(address)).isEqualTo(ReturnAddress.HOME);
        assertThat(ReturnAddress.checked(null)).isEqualTo(ReturnAddress.HOME);
    }
}
