// SPDX-License-Identifier: Apache-2.0
package org.harboree.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.harboree.config.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChallengeTest {
    private static final String START =
            "Bearer realm=\"https://registry.example.org/service/token\",service=\"harbor-registry\"";
    private static final String DIGEST = "sha256:" + "a".repeat(64);

    private final Challenge challenge = new Challenge(
            new Settings(Map.of("HARBOR_EXTERNAL_URL", "https://registry.example.org"), null, null));

    private String to(String method, String target) {
        return challenge.to(FakeRequest.of(method, target).header("Host", "evil.example.org").build());
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/v2/a/b/manifests/latest,repository:a/b:pull",
        "HEAD,/v2/a/b/manifests/latest,repository:a/b:pull",
        "PUT,/v2/a/b/manifests/latest,'repository:a/b:pull,push'",
        "DELETE,/v2/a/b/manifests/latest,repository:a/b:delete",
        "GET,/v2/a/b/blobs/DIGEST,repository:a/b:pull",
        "DELETE,/v2/a/b/blobs/DIGEST,repository:a/b:delete",
        "POST,/v2/a/b/blobs/uploads/,'repository:a/b:pull,push'",
        "GET,/v2/a/b/blobs/uploads/1-2-3,'repository:a/b:pull,push'",
        "PATCH,/v2/a/b/blobs/uploads/1-2-3,'repository:a/b:pull,push'",
        "DELETE,/v2/a/b/blobs/uploads/1-2-3,'repository:a/b:pull,push'",
        "POST,/v2/a/b/blobs/uploads/?mount=DIGEST&from=c/d,'repository:a/b:pull,push repository:c/d:pull'",
        "POST,/v2/a/b/blobs/uploads/?mount=DIGEST&from=%22c,'repository:a/b:pull,push'",
        "GET,/v2/a/b/tags/list?n=1,repository:a/b:pull",
        "GET,/v2/a/b/referrers/DIGEST,repository:a/b:pull",
        "GET,/v2/a/blobs/b/manifests/latest,repository:a/blobs/b:pull",
        "GET,/v2/_catalog,registry:catalog:*",
    })
    void shouldAskForTheScopeOfTheRequest(String method, String target, String scope) {
        assertThat(to(method, target.replace("DIGEST", DIGEST))).isEqualTo(START + ",scope=\"" + scope + '"');
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v2/", "/v2", "/v2/manifests/x", "/v2/A/B/manifests/x", "/v2/a\"b/manifests/x",
        "/v2/a/b", "/v2/a/../b/manifests/x"})
    void shouldAskForNoScopeWithoutARepository(String target) {
        assertThat(to("GET", target)).isEqualTo(START);
    }

    @Test
    void shouldTellABadTokenFromOneThatIsNotEnough() {
        String token = "Bearer abc";
        assertThat(challenge.to(FakeRequest.of("GET", "/v2/").header("Authorization", token).build()))
                .isEqualTo(START + ",error=\"invalid_token\"");
        assertThat(challenge.to(FakeRequest.of("GET", "/v2/a/b/tags/list").header("Authorization", token).build()))
                .isEqualTo(START + ",scope=\"repository:a/b:pull\",error=\"insufficient_scope\"");
    }
}
