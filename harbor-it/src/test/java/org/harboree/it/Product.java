// SPDX-License-Identifier: Apache-2.0
package org.harboree.it;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;

/**
 * The product under test: one for the whole test JVM.
 *
 * <p>With {@code -Dharbor.it.url} and {@code -Dharbor.it.admin.password} the tests use a server that runs already;
 * without, the first test starts one on a free port and an empty data folder, and it is stopped when the tests end.
 */
public final class Product {

    private final URI url;
    private final String adminPassword;
    private final Optional<Path> data;

    private Product(URI url, String adminPassword, Optional<Path> data) {
        this.url = url;
        this.adminPassword = adminPassword;
        this.data = data;
    }

    /** The one product of this JVM, started by the first call; fails if it is not ready in time. */
    public static Product running() {
        return Once.PRODUCT;
    }

    /** Where it answers, without a slash at the end: {@code http://127.0.0.1:8080}. */
    public URI url() {
        return url;
    }

    /** Host and port, as an image reference begins. */
    public String registry() {
        return url.getAuthority();
    }

    /** Password of the user {@code admin}. */
    public String adminPassword() {
        return adminPassword;
    }

    /** Its data folder; empty for a server that runs already, which may be anywhere. */
    public Optional<Path> data() {
        return data;
    }

    /** The REST API as the system administrator. */
    public HarborApi api() {
        return apiAs("admin", adminPassword);
    }

    /** The REST API as one user. */
    public HarborApi apiAs(String user, String password) {
        return new HarborApi(url, user, password);
    }

    /** A lower-case name that no other test uses, so that tests can run against a server with any content. */
    public static String uniqueName(String stem) {
        return stem + "-" + UUID.randomUUID().toString().substring(0, 8);
    }

    private static final class Once {

        private static final Product PRODUCT = findOrStart();

        private static Product findOrStart() {
            String given = System.getProperty("harbor.it.url", "");
            if (!given.isEmpty()) {
                String url = given.endsWith("/") ? given.substring(0, given.length() - 1) : given;
                return new Product(URI.create(url), System.getProperty("harbor.it.admin.password", "Harbor12345"),
                        Optional.empty());
            }
            ProductProcess process = ProductProcess.start();
            return new Product(process.url(), process.adminPassword(), Optional.of(process.data()));
        }
    }
}
