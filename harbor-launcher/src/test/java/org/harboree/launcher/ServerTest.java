// SPDX-License-Identifier: Apache-2.0
package org.harboree.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerTest {
    @ParameterizedTest
    @CsvSource({"17,false", "17.0.8,false", "17.0.9,true", "17.0.15+6,true", "18.0.2,false", "20.0.2,false", "21,false",
        "21.0.1,true", "22,true", "25,true", "25.0.1,true"})
    void shouldTrimTheNativeHeapWhereTheJvmKnowsHow(String version, boolean known) {
        assertThat(Server.trimsNativeHeap(Runtime.Version.parse(version))).isEqualTo(known);
    }
}
