// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.Tuple;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.harboree.error.HarborException;
import org.harboree.oci.Digest;
import org.harboree.oci.MediaTypes;
import org.harboree.oci.RepositoryName;
import org.harboree.transaction.UnitOfWork;

/** What refers to a subject (OCI Distribution Spec, "Listing Referrers"): an index of its referrers, page by page. */
@ApplicationScoped
public class ReferrersService {
    /** A page ends before it grows beyond this: an index must stay below the limit of a manifest, 4 MiB. */
    private static final int PAGE_BYTES = 3 << 20;
    private static final int BATCH = 100;
    private static final ObjectMapper JSON = new ObjectMapper();

    @Inject
    private RegistryAccess access;

    @Inject
    private ArtifactDao artifacts;

    @Inject
    private UnitOfWork work;

    /** An OCI index as JSON, and from where the next page goes on, if there is one. */
    public record Referrers(String indexJson, OptionalLong next) {}

    /**
     * @param after goes on behind this referrer; 0 for the first page
     * @throws HarborException UNAUTHORIZED; a subject, and a repository, that is unknown has an empty index
     */
    public Referrers list(
            RegistryCaller who, RepositoryName name, Digest subject, Optional<String> artifactType, long after) {
        Optional<RepositoryRef> repository = access.pullIfPresent(who, name);
        ArrayNode manifests = JSON.createArrayNode();
        OptionalLong next = repository.isEmpty()
                ? OptionalLong.empty()
                : fill(manifests, repository.get().id(), subject, artifactType, after);
        ObjectNode index = JSON.createObjectNode();
        index.put("schemaVersion", 2);
        index.put("mediaType", MediaTypes.OCI_INDEX);
        index.set("manifests", manifests);
        return new Referrers(write(index), next);
    }

    private OptionalLong fill(
            ArrayNode manifests, long repositoryId, Digest subject, Optional<String> artifactType, long after) {
        long last = after;
        long bytes = 0;
        List<Long> sizes;
        int limit;
        do {
            long from = last;
            sizes = work.call(() -> artifacts.referrerBytes(repositoryId, subject, artifactType, from, BATCH));
            if (sizes.isEmpty()) {
                break;
            }
            int fitting = Math.max(1, fitting(sizes, PAGE_BYTES - bytes));
            for (Tuple row : work.call(
                    () -> artifacts.referrers(repositoryId, subject, artifactType, from, fitting))) {
                ObjectNode descriptor = descriptor(row);
                bytes += write(descriptor).getBytes(StandardCharsets.UTF_8).length;
                if (bytes > PAGE_BYTES && !manifests.isEmpty()) {
                    return OptionalLong.of(last);
                }
                manifests.add(descriptor);
                last = Sql.number(row, 0);
            }
            limit = fitting;
        } while (limit < sizes.size() || sizes.size() == BATCH);
        return OptionalLong.empty();
    }

    /** How many of the first fit into so many bytes together. */
    private static int fitting(List<Long> sizes, long bytes) {
        int fitting = 0;
        for (long left = bytes; fitting < sizes.size() && sizes.get(fitting) <= left; fitting++) {
            left -= sizes.get(fitting);
        }
        return fitting;
    }

    private static ObjectNode descriptor(Tuple row) {
        ObjectNode descriptor = JSON.createObjectNode();
        descriptor.put("mediaType", Sql.text(row, 2));
        descriptor.put("digest", Sql.text(row, 1));
        descriptor.put("size", Sql.number(row, 3));
        if (row.get(4) != null) {
            descriptor.put("artifactType", Sql.text(row, 4));
        }
        if (row.get(5) != null) {
            try {
                descriptor.set("annotations", JSON.readTree(Sql.text(row, 5)));
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("annotations of " + Sql.text(row, 1) + " are no JSON", e);
            }
        }
        return descriptor;
    }

    private static String write(ObjectNode node) {
        try {
            return JSON.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree can be written", e);
        }
    }
}
