// SPDX-License-Identifier: Apache-2.0
package org.harboree.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * The version that clients read: Harbor's release whose API this server speaks, then what says that it is another
 * product, and its own version, as a pre-release of semantic versioning: {@code v2.16.0-ee.0.1.0}.
 *
 * <p>Clients compare the first part to choose an API, and all that we know parse it as semantic versioning, in which a
 * pre-release is one or more identifiers of letters, digits and hyphens with dots between.
 */
final class HarborVersion {
    private static final String API_OF = "v2.16.0";
    private static final String CURRENT = API_OF + "-ee." + own();

    private HarborVersion() {
    }

    static String current() {
        return CURRENT;
    }

    private static String own() {
        try (InputStream file = HarborVersion.class.getResourceAsStream("version.properties")) {
            Properties properties = new Properties();
            properties.load(file);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
