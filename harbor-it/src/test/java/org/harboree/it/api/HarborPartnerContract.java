// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.harboree.it.Product;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds besides where the other registry is a Harbor that is spoken to as one. */
interface HarborPartnerContract extends PartnerContract {
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    default void shouldMakeAProjectThatIsAsPublicAsOurs(boolean isPublic) {
        String project = Product.running().api().newProject("partner", Map.of("public", String.valueOf(isPublic)));
        new Images(ApiClient.admin(), project + "/app").push("v1");
        Replications here = new Replications(ApiClient.admin());

        here.succeed(here.run(here.policy(Replications.to(here.registry(partner())), project + "/**", "")));

        assertThat(partner().isPublic(project)).contains(isPublic);
    }

    @Test
    default void shouldListWithoutKnowingTheProjectsNames() {
        String stem = Product.uniqueName("listed");
        partner().makeProject(stem + "-a", false);
        partner().makeProject(stem + "-b", true);
        String one = new Images(partner().client(), stem + "-a/app").push("v1");
        String other = new Images(partner().client(), stem + "-b/deep/app").push("v1");
        Replications here = new Replications(ApiClient.admin());
        String target = Product.uniqueName("pulled");

        here.succeed(here.run(here.policy(Replications.from(here.registry(partner()), target), stem + "-*/**", "")));

        assertThat(Replications.digest(ApiClient.admin(), target + "/app", "v1")).contains(one);
        assertThat(Replications.digest(ApiClient.admin(), target + "/deep/app", "v1")).contains(other);
    }
}
