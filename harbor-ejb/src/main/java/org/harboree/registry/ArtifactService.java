// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.harboree.access.Caller;
import org.harboree.access.Permission;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;
import org.harboree.listing.Page;
import org.harboree.listing.PageRequest;
import org.harboree.listing.Query;
import org.harboree.listing.Sort;
import org.harboree.listing.Term;
import org.harboree.oci.Digest;
import org.harboree.oci.MediaTypes;
import org.harboree.oci.Reference;
import org.harboree.oci.Tag;
import org.harboree.transaction.UnitOfWork;

/**
 * Artifacts as people see them. Without the right or the project, {@link org.harboree.project.Projects#resolve}
 * refuses; without the repository it is NOT_FOUND.
 */
@ApplicationScoped
public class ArtifactService {
    @Inject
    private RepositoryDirectory directory;

    @Inject
    private ArtifactListDao artifacts;

    @Inject
    private ArtifactAssembler assembler;

    @Inject
    private ArtifactDeletion deletion;

    @Inject
    private TagDao tags;

    @Inject
    private BlobDao blobs;

    @Inject
    private ArtifactInspector inspector;

    @Inject
    private UnitOfWork work;

    /** What to show beside the artifacts themselves. */
    public record Wanted(boolean tags, boolean accessories) {}

    /**
     * The artifacts of a repository, none if there is no such repository. Children of an index only if they have a tag
     * or {@code base=*} asks for them; accessories are with their subjects.
     *
     * @param q Harbor's filter, with its {@code tags=*}, {@code tags=nil} and {@code tags=~x}; empty for none
     * @param sort Harbor's order, empty for the newest first
     * @throws HarborException BAD_REQUEST for a filter or an order that cannot be read
     */
    public Page<ArtifactDetails> list(Caller caller, String project, String repository, PageRequest page, String q,
            String sort, Wanted wanted) {
        Optional<RepositoryRef> place =
                directory.findRepository(caller, project, repository, Permission.ARTIFACT_LIST);
        Query query = Query.parse(q, ArtifactListDao.KEYS);
        Sort order = Sort.parse(sort, ArtifactListDao.COLUMNS.keySet(), ArtifactListDao.NEWEST_FIRST);
        return place.map(found -> page(found, where(found, query), order, page, wanted))
                .orElseGet(() -> new Page<>(List.of(), 0));
    }

    /** @param reference tag or digest. @throws HarborException NOT_FOUND */
    public ArtifactDetails get(Caller caller, String project, String repository, String reference, Wanted wanted) {
        RepositoryRef place = directory.repository(caller, project, repository, Permission.ARTIFACT_READ);
        return work.call(() -> assembler.details(place, List.of(row(place, reference)), wanted).get(0));
    }

    /** The artifacts that have this one as their subject. @throws HarborException NOT_FOUND */
    public Page<AccessoryDetails> accessories(Caller caller, String project, String repository, String reference,
            PageRequest page) {
        RepositoryRef place = directory.repository(caller, project, repository, Permission.ACCESSORY_LIST);
        return work.call(() -> {
            ArtifactListDao.Row subject = row(place, reference);
            Where where = ArtifactListDao.referrersOf(place.id(), List.of(subject.digest()));
            return new Page<>(artifacts.referrers(place.id(), subject.digest(), page).stream()
                    .map(row -> ArtifactAssembler.accessory(place, row, subject.id())).toList(),
                    artifacts.count(where));
        });
    }

    /**
     * How an image was built, a JSON array as its config has it; empty if that tells nothing.
     *
     * @throws HarborException NOT_FOUND; BAD_REQUEST for what is no image
     */
    public Optional<String> buildHistory(Caller caller, String project, String repository, String reference) {
        RepositoryRef place = directory.repository(caller, project, repository, Permission.ARTIFACT_ADDITION_READ);
        Optional<BlobRef> config = work.call(() -> {
            ArtifactListDao.Row row = row(place, reference);
            if (!row.type().equals("IMAGE") || MediaTypes.isIndex(row.mediaType())) {
                throw new HarborException(ErrorCode.BAD_REQUEST,
                        "addition build_history isn't supported for this artifact");
            }
            return artifacts.configDigest(row.id()).flatMap(digest -> blobs.findIn(place.id(), Digest.parse(digest)));
        });
        return config.flatMap(inspector::history);
    }

    /**
     * Deletes the artifact with all its tags and accessories, and those children of an index that nothing else needs.
     *
     * @param reference tag or digest
     * @throws HarborException NOT_FOUND; VIOLATE_FOREIGN_KEY_CONSTRAINT if an index needs it
     */
    public void delete(Caller caller, String project, String repository, String reference) {
        RepositoryRef place = directory.repository(caller, project, repository, Permission.ARTIFACT_DELETE);
        String digest = work.call(() -> row(place, reference)).digest();
        if (!deletion.delete(place, Digest.parse(digest), caller)) {
            throw missing(place, reference);
        }
    }

    /** The row behind a tag or a digest, in the running unit. @throws HarborException NOT_FOUND */
    ArtifactListDao.Row row(RepositoryRef place, String reference) {
        String digest = digest(place, reference);
        return artifacts.find(place.id(), digest).orElseThrow(() -> missing(place, reference));
    }

    private Page<ArtifactDetails> page(RepositoryRef place, Where where, Sort order, PageRequest page, Wanted wanted) {
        return work.call(() -> new Page<>(
                assembler.details(place, artifacts.page(where, order, page), wanted), artifacts.count(where)));
    }

    private String digest(RepositoryRef place, String reference) {
        Reference parsed;
        try {
            parsed = Reference.parse(reference);
        } catch (HarborException e) {
            throw missing(place, reference);
        }
        return parsed instanceof Tag tag
                ? tags.head(place.id(), tag.value()).orElseThrow(() -> missing(place, reference))
                : parsed.toString();
    }

    private static HarborException missing(RepositoryRef place, String reference) {
        String separator = Digest.isDigest(reference) ? "@" : ":";
        return new HarborException(ErrorCode.NOT_FOUND,
                "artifact " + place.name() + separator + reference + " not found");
    }

    private static Where where(RepositoryRef place, Query query) {
        Where where = new Where().and("a.repository_id = ?", place.id()).and(query, ArtifactListDao.COLUMNS);
        boolean everything = query.term(ArtifactListDao.BASE)
                .filter(term -> term instanceof Term.Exact exact && exact.value().equals("*")).isPresent();
        where.and(everything ? ArtifactListDao.NO_ACCESSORY : ArtifactListDao.LISTED);
        query.term(ArtifactListDao.TAGS).ifPresent(term -> tagged(where, term));
        // nothing has a label here
        query.term(ArtifactListDao.LABELS).ifPresent(term -> where.and("FALSE"));
        return where;
    }

    private static void tagged(Where where, Term term) {
        String tagged = "EXISTS (SELECT 1 FROM tag t WHERE t.artifact_id = a.artifact_id";
        if (term instanceof Term.Exact exact && exact.value().equals("*")) {
            where.and(tagged + ")");
        } else if (term instanceof Term.Exact exact && exact.value().equals("nil")) {
            where.and("NOT " + tagged + ")");
        } else if (term instanceof Term.Exact exact) {
            where.and(tagged + " AND t.name = ?)", exact.value());
        } else if (term instanceof Term.Fuzzy fuzzy) {
            where.and(tagged + " AND LOWER(t.name) LIKE LOWER(?) ESCAPE '" + Term.Fuzzy.LIKE_ESCAPE + "')",
                    fuzzy.likePattern());
        } else if (term instanceof Term.AnyOf any) {
            where.and(tagged + " AND t.name IN (" + Sql.placeholders(any.values().size()) + "))",
                    any.values().toArray());
        } else {
            throw new HarborException(ErrorCode.BAD_REQUEST, "tags in the query cannot be a range");
        }
    }
}
