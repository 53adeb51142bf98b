// SPDX-License-Identifier: Apache-2.0
package org.harboree.remote.distribution;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.harboree.error.HarborException;
import org.harboree.oci.Descriptor;
import org.harboree.oci.Digest;
import org.harboree.oci.ManifestParser;
import org.harboree.oci.MediaTypes;
import org.harboree.oci.Tag;
import org.harboree.remote.RemoteManifest;
import org.harboree.remote.RemoteName;
import org.harboree.remote.RemoteRegistryException;
import org.harboree.remote.RemoteRegistryException.Kind;
import org.harboree.remote.http.RemoteAnswer;
import org.harboree.remote.http.RemoteRequest;

/** Manifests that refer to another, where the registry has an API for them and where it has not. */
final class Referrers {
    /** How registries without the API answer; some have a page for people there. */
    private static final Set<Kind> NO_API = EnumSet.of(Kind.NOT_FOUND, Kind.REFUSED, Kind.MALFORMED);
    /** Of a manifest that is in no repository: a registry with the API has an empty list for it. */
    private static final Digest NOBODY = Digest.parse("sha256:" + "0".repeat(64));
    private static final int MAX_PAGES = 1_000;

    private final RegistryApi api;
    private final OciRegistry registry;
    /** Null until it is known. A registry does not lose or win the API while we look. */
    private volatile Boolean hasApi;

    Referrers(RegistryApi api, OciRegistry registry) {
        this.api = api;
        this.registry = registry;
    }

    List<Descriptor> of(RemoteName repository, Digest subject) throws IOException {
        if (!Boolean.FALSE.equals(hasApi)) {
            Optional<List<Descriptor>> listed = listed(repository, subject);
            if (listed.isPresent()) {
                hasApi = true;
                return listed.get();
            }
        }
        return tagged(repository, subject);
    }

    boolean lackApi(RemoteName repository) throws IOException {
        if (hasApi == null) {
            hasApi = listed(repository, NOBODY).isPresent();
        }
        return !hasApi;
    }

    /** Empty if the registry has no list of referrers here. */
    private Optional<List<Descriptor>> listed(RemoteName repository, Digest subject) throws IOException {
        List<Descriptor> descriptors = new ArrayList<>();
        RemoteRequest request = RemoteRequest.of("GET", api.v2(repository + "/referrers/" + subject),
                RegistryApi.pull(repository)).with("Accept", MediaTypes.OCI_INDEX);
        try {
            Optional<RemoteRequest> next = Optional.of(request);
            for (int pages = 0; next.isPresent() && pages < MAX_PAGES; pages++) {
                next = api.send(next.get(), answer -> {
                    descriptors.addAll(children(answer));
                    return RegistryApi.next(answer).map(uri -> new RemoteRequest("GET", uri, request.headers(),
                            Optional.empty(), request.scopes(), Set.of(), true));
                });
            }
            return Optional.of(descriptors);
        } catch (RemoteRegistryException e) {
            if (NO_API.contains(e.kind()) && descriptors.isEmpty()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static List<Descriptor> children(RemoteAnswer answer) throws IOException {
        byte[] bytes = answer.bytes(ManifestParser.MAX_BYTES);
        try {
            return ManifestParser.parse(bytes, MediaTypes.OCI_INDEX, Digest.Algorithm.SHA256).children();
        } catch (HarborException e) {
            throw answer.malformed("the list of referrers is not an index: " + e.getMessage());
        }
    }

    /** Distribution Spec, "Referrers Tag Schema". */
    private List<Descriptor> tagged(RemoteName repository, Digest subject) throws IOException {
        Optional<RemoteManifest> index = registry.manifest(repository, Tag.ofReferrers(subject));
        if (index.isEmpty() || !MediaTypes.isIndex(index.get().mediaType())) {
            return List.of();
        }
        try {
            return ManifestParser.parse(index.get().bytes(), index.get().mediaType(), Digest.Algorithm.SHA256)
                    .children();
        } catch (HarborException e) {
            return List.of();
        }
    }
}
