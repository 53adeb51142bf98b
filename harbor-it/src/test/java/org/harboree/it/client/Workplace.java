// SPDX-License-Identifier: Apache-2.0
package org.harboree.it.client;

import org.harboree.it.Product;
import org.harboree.it.ProjectRole;

/**
 * A new private project and one person who maintains it (pushes, pulls and deletes).
 *
 * @param project  name of the project
 * @param user     name of its maintainer
 * @param password the maintainer's password
 */
record Workplace(String project, String user, String password) {

    private static final String PASSWORD = "Client12345";

    static Workplace create(String stem) {
        Product product = Product.running();
        String project = product.api().newProject(stem);
        String user = product.api().newUser(stem, PASSWORD);
        product.api().addMember(project, user, ProjectRole.MAINTAINER);
        return new Workplace(project, user, PASSWORD);
    }

    /** Host and port of the registry. */
    String registry() {
        return Product.running().registry();
    }

    /** A repository of the project, as the first part of an image reference: registry/project/name. */
    String repository(String name) {
        return registry() + "/" + project + "/" + name;
    }

    /** The same repository without the registry, as it stands in a URL. */
    String repositoryPath(String name) {
        return project + "/" + name;
    }

    /** As many clients take it: user, colon, password. */
    String credentials() {
        return user + ":" + password;
    }
}
