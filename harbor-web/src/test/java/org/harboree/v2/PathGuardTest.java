// SPDX-License-Identifier: Apache-2.0
package org.harboree.v2;

import static org.assertj.core.api.Assertions.assertThat;

import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathGuardTest {
    @ParameterizedTest
    @ValueSource(strings = {"/v2/", "/v2", "/v2/a/b/manifests/latest", "/v2/a/b/manifests/v1.0_x-y",
        "/v2/a/b/blobs/sha256:aa", "/v2/a/b/blobs/sha256%3Aaa", "/v2/a/b/blobs/sha256%3aaa", "/v2/a/b/blobs/uploads/",
        "/v2/a..b/c/manifests/x", "/v2/.a/manifests/x"})
    void shouldPassWhatMeansOneThing(String path) {
        assertThat(PathGuard.check(path, "a=%2F..;")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/v2//a/manifests/x,PATH_UNKNOWN", "/v2/a//,PATH_UNKNOWN", "/v2/a/../b/manifests/x,PATH_UNKNOWN",
        "/v2/a/./b/manifests/x,PATH_UNKNOWN", "/v2/a/..,PATH_UNKNOWN", "/v2/a/.,PATH_UNKNOWN",
        "/v2/a;x=1/b/manifests/x,PATH_UNKNOWN", "/v2/a\\b/manifests/x,PATH_UNKNOWN",
        "/v2/a%2Fb/manifests/x,PATH_UNKNOWN", "/v2/a%2e%2e/manifests/x,PATH_UNKNOWN",
        "/v2/%61/manifests/x,PATH_UNKNOWN", "/v2/a%253A/manifests/x,PATH_UNKNOWN", "/v2/a%00/manifests/x,NAME_INVALID",
        "/v2/a%C3%A4/manifests/x,NAME_INVALID",
        "/v2/a%/manifests/x,NAME_INVALID", "/v2/a%3,NAME_INVALID", "/v2/a%zz/manifests/x,NAME_INVALID",
        "/v2/a%0a/manifests/x,NAME_INVALID"})
    void shouldRefuseWhatCouldMeanTwo(String path, ErrorCode code) {
        assertThat(PathGuard.check(path, null)).map(HarborException::code).contains(code);
    }

    @Test
    void shouldRefuseWhatIsTooLong() {
        String longest = "/v2/" + "a".repeat(8192 - 4);
        assertThat(PathGuard.check(longest, "q".repeat(8192))).isEmpty();
        assertThat(PathGuard.check(longest + "a", null)).map(HarborException::code).contains(ErrorCode.URI_TOO_LONG);
        assertThat(PathGuard.check("/v2/", "q".repeat(8193))).map(HarborException::code)
                .contains(ErrorCode.URI_TOO_LONG);
    }
}
