// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Optional;
import org.harboree.it.Product;

/**
 * A registry that replicates with the product.
 *
 * @param adapter how the product speaks to it
 * @param login empty for a registry that knows nobody
 * @param hasProjects whether it is a Harbor, with Harbor's API
 */
record Partner(String adapter, URI url, Optional<Login> login, boolean hasProjects) {
    /** Its administrator. */
    record Login(String user, String password) {
    }

    /** A registry of the Distribution Spec that lets everybody do everything. */
    static Partner open(URI url) {
        return new Partner("docker-registry", url, Optional.empty(), false);
    }

    /** A Harbor, by either adapter. */
    static Partner harbor(String adapter, URI url, String password) {
        return new Partner(adapter, url, Optional.of(new Login("admin", password)), true);
    }

    /** The product itself, as others see it. */
    static Partner product(String adapter) {
        return harbor(adapter, Product.running().url(), Product.running().adminPassword());
    }

    ApiClient client() {
        return login.map(known -> ApiClient.at(url, known.user(), known.password()))
                .orElseGet(() -> ApiClient.anonymousAt(url));
    }

    /** What an endpoint's JSON says of it, beginning with a comma; empty without a login. */
    String credentialJson() {
        return login.map(known -> ",\"credential\":{\"type\":\"basic\",\"access_key\":\"" + known.user()
                + "\",\"access_secret\":\"" + known.password() + "\"}").orElse("");
    }

    /** Whether a push that the product makes finds, or makes, its project by itself. */
    boolean makesProjects() {
        return adapter.equals("harbor") || !hasProjects;
    }

    /** Makes a project, where it has any. */
    void makeProject(String project, boolean isPublic) {
        if (hasProjects) {
            ApiClient.Answer answer = client().post("/projects", "{\"project_name\":\"" + project
                    + "\",\"metadata\":{\"public\":\"" + isPublic + "\"}}");
            assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        }
    }

    /** Whether the project may be read by anybody; empty if there is none of that name. */
    Optional<Boolean> isPublic(String project) {
        for (var found : client().get("/projects?name=" + project).json()) {
            if (found.path("name").asText().equals(project)) {
                return Optional.of(found.at("/metadata/public").asText().equals("true"));
            }
        }
        return Optional.empty();
    }
}
