// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.Tuple;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.harboree.oci.Descriptor;
import org.harboree.oci.Digest;
import org.harboree.oci.ManifestParser;
import org.harboree.oci.MediaTypes;

/**
 * Puts together what the artifacts of a page are shown with: one query for each kind of thing, whatever their number.
 * Works in a running unit.
 */
@ApplicationScoped
class ArtifactAssembler {
    /** In a list the entries of a larger index are shown without their platforms: a page must stay small. */
    private static final long MAX_INDEX_BYTES = 256 * 1024;

    /** Harbor's types of accessories by {@code artifactType}. */
    private static final Map<String, String> ACCESSORIES = Map.of(
            "application/vnd.dev.cosign.artifact.sig.v1+json", "signature.cosign",
            "application/vnd.dev.sigstore.bundle.v0.3+json", "signature.cosign",
            "application/vnd.cncf.notary.signature", "signature.notation",
            "application/vnd.goharbor.harbor.sbom.v1", "sbom.harbor",
            "application/vnd.nydus.image.config.v1alpha1+json", "accelerator.nydus");

    @Inject
    private ArtifactListDao artifacts;

    @Inject
    private TagListDao tags;

    List<ArtifactDetails> details(RepositoryRef repository, List<ArtifactListDao.Row> rows,
            ArtifactService.Wanted wanted) {
        List<Long> ids = rows.stream().map(ArtifactListDao.Row::id).toList();
        Map<Long, List<TagDetails>> tagsOf = wanted.tags()
                ? tags.of(ids).stream().collect(Collectors.groupingBy(TagDetails::artifactId)) : Map.of();
        Map<String, List<AccessoryDetails>> accessoriesOf = wanted.accessories()
                ? accessories(repository, rows).stream()
                        .collect(Collectors.groupingBy(AccessoryDetails::subjectDigest)) : Map.of();
        Map<Long, List<ReferenceDetails>> referencesOf = references(rows);
        return rows.stream().map(row -> details(repository, row, referencesOf.getOrDefault(row.id(), List.of()),
                tagsOf.getOrDefault(row.id(), List.of()),
                accessoriesOf.getOrDefault(row.digest(), List.of()))).toList();
    }

    private List<AccessoryDetails> accessories(RepositoryRef repository, List<ArtifactListDao.Row> rows) {
        List<String> digests = rows.stream().map(ArtifactListDao.Row::digest).toList();
        Map<String, Long> ids = rows.stream()
                .collect(Collectors.toMap(ArtifactListDao.Row::digest, ArtifactListDao.Row::id));
        return artifacts.referrers(repository.id(), digests).stream()
                .map(row -> accessory(repository, row, ids.get(row.subjectDigest()))).toList();
    }

    static AccessoryDetails accessory(RepositoryRef repository, ArtifactListDao.Referrer row, long subjectId) {
        return new AccessoryDetails(row.id(), subjectId, row.subjectDigest(), repository.name(), row.size(),
                row.digest(), ACCESSORIES.getOrDefault(row.artifactType().orElse(""), "subject.accessory"),
                row.pushTime());
    }

    private Map<Long, List<ReferenceDetails>> references(List<ArtifactListDao.Row> rows) {
        List<ArtifactListDao.Row> indexes = rows.stream().filter(row -> MediaTypes.isIndex(row.mediaType())).toList();
        if (indexes.isEmpty()) {
            return Map.of();
        }
        Map<Long, List<Descriptor>> descriptors = descriptors(indexes);
        Map<Long, List<ReferenceDetails>> references = new HashMap<>();
        for (Tuple child : artifacts.children(indexes.stream().map(ArtifactListDao.Row::id).toList())) {
            long parent = Sql.number(child, 0);
            List<ReferenceDetails> siblings = references.computeIfAbsent(parent, id -> new ArrayList<>());
            List<Descriptor> entries = descriptors.getOrDefault(parent, List.of());
            siblings.add(reference(child, siblings.size() < entries.size()
                    ? Optional.of(entries.get(siblings.size())) : Optional.empty()));
        }
        return references;
    }

    private Map<Long, List<Descriptor>> descriptors(List<ArtifactListDao.Row> indexes) {
        List<Long> small = indexes.stream()
                .filter(row -> indexes.size() == 1 || row.manifestSize() <= MAX_INDEX_BYTES)
                .map(ArtifactListDao.Row::id).toList();
        Map<Long, byte[]> contents = artifacts.contents(small);
        return indexes.stream().filter(row -> contents.containsKey(row.id()))
                .collect(Collectors.toMap(ArtifactListDao.Row::id, row -> ManifestParser.parse(
                        contents.get(row.id()), row.mediaType(), Digest.parse(row.digest()).algorithm()).children()));
    }

    private static ReferenceDetails reference(Tuple child, Optional<Descriptor> entry) {
        return new ReferenceDetails(Sql.number(child, 0),
                child.get(1) == null ? OptionalLong.empty() : OptionalLong.of(Sql.number(child, 1)),
                Sql.text(child, 2), entry.flatMap(Descriptor::platform),
                entry.map(Descriptor::annotations).orElse(Map.of()), entry.map(Descriptor::urls).orElse(List.of()));
    }

    private static ArtifactDetails details(RepositoryRef repository, ArtifactListDao.Row row,
            List<ReferenceDetails> references, List<TagDetails> tags, List<AccessoryDetails> accessories) {
        Tuple columns = row.columns();
        String mediaType = MediaTypes.isIndex(row.mediaType()) ? row.mediaType() : row.artifactType().orElse("");
        return new ArtifactDetails(row.id(), row.type(), mediaType, row.mediaType(), row.artifactType().orElse(""),
                repository, row.digest(), Sql.number(columns, 5), Sql.time(columns, 6), Sql.optionalTime(columns, 7),
                row.pullCount(), Sql.optionalText(columns, 8), Sql.optionalText(columns, 9), references, tags,
                accessories);
    }
}
