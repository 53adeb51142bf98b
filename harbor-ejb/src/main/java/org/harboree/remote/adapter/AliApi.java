// SPDX-License-Identifier: Apache-2.0
package org.harboree.remote.adapter;

import java.io.IOException;
import java.util.Collection;
import org.harboree.remote.RemoteCredential;

/** What Alibaba Cloud's API tells of a registry; the personal and the enterprise edition have one each. */
interface AliApi {
    /** A user name and password of some hours. */
    RemoteCredential login() throws IOException;

    Collection<String> namespaces() throws IOException;

    /** Names with their namespace. */
    Collection<String> repositories(String namespace) throws IOException;
}
