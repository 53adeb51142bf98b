// SPDX-License-Identifier: Apache-2.0
package org.harboree.config;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.harboree.transaction.UnitOfWork;

/**
 * Which blob storage belongs to this database. Recorded at the first start; from then on a storage without this id (a
 * disk that was not mounted, the storage of another installation) is refused.
 */
@ApplicationScoped
public class InstallationId {
    private static final String KEY = "installation_id";

    @Inject
    private PropertyDao properties;

    @Inject
    private UnitOfWork work;

    /** Empty before the first start has recorded it. */
    public Optional<String> recorded() {
        return work.call(() -> properties.find(KEY));
    }

    public void record(String id) {
        work.run(() -> properties.put(KEY, id));
    }
}
