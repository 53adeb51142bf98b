// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

import java.util.List;
import org.harboree.oci.Manifest;
import org.harboree.oci.RepositoryName;
import org.harboree.oci.Tag;

/** One manifest on its way into a repository, with the tags that move to it. */
final class ManifestPush extends RepositoryWrite {
    private final Manifest manifest;
    private final List<Tag> tags;
    private final ManifestWriter.Facts facts;

    ManifestPush(RegistryCaller who, RepositoryName name, Manifest manifest, List<Tag> tags,
            ManifestWriter.Facts facts) {
        super(who, name);
        this.manifest = manifest;
        this.tags = tags;
        this.facts = facts;
    }

    Manifest manifest() {
        return manifest;
    }

    List<Tag> tags() {
        return tags;
    }

    /** What is to be written in the running attempt. */
    ManifestWriter.Entry entry() {
        return new ManifestWriter.Entry(repository(), manifest, tags, facts, who().caller());
    }
}
