// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.harboree.access.Caller;
import org.harboree.access.Permission;
import org.harboree.access.ProjectRef;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;
import org.harboree.listing.Page;
import org.harboree.listing.PageRequest;
import org.harboree.listing.Query;
import org.harboree.listing.Sort;
import org.harboree.listing.Term;
import org.harboree.oci.Descriptor;
import org.harboree.oci.Digest;
import org.harboree.oci.Manifest;
import org.harboree.oci.ManifestParser;
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
    /** Artifacts that one deletion may name. */
    public static final int MAX_AT_ONCE = 100;

    @Inject
    private RepositoryDirectory directory;

    @Inject
    private ArtifactListDao artifacts;

    @Inject
    private ArtifactAssembler assembler;

    @Inject
    private ArtifactDeletion deletion;

    @Inject
    private DeletionPlanner planner;

    @Inject
    private TagDao tags;

    @Inject
    private TagListDao tagLists;

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

    /**
     * What was pushed to a project last, newest first; what lists do not show does not count.
     *
     * @param limit how many at most
     */
    public List<RecentPush> newest(Caller caller, String project, int limit) {
        ProjectRef room = directory.project(caller, project, Permission.ARTIFACT_LIST);
        return work.call(() -> {
            List<ArtifactListDao.Pushed> rows = artifacts.newest(room.id(), limit);
            Map<Long, List<TagDetails>> tagsOf = tagLists.of(rows.stream().map(ArtifactListDao.Pushed::id).toList())
                    .stream().collect(Collectors.groupingBy(TagDetails::artifactId));
            return rows.stream().map(row -> new RecentPush(row.repository().substring(room.name().length() + 1),
                    row.digest(), row.size(), row.pushTime(),
                    tagsOf.getOrDefault(row.id(), List.of()).stream().map(TagDetails::name).toList())).toList();
        });
    }

    /** @param reference tag or digest. @throws HarborException NOT_FOUND */
    public ArtifactDetails get(Caller caller, String project, String repository, String reference, Wanted wanted) {
        RepositoryRef place = directory.repository(caller, project, repository, Permission.ARTIFACT_READ);
        return work.call(() -> assembler.details(place, List.of(row(place, reference)), wanted).get(0));
    }

    /** What the manifest is made of. @param reference tag or digest. @throws HarborException NOT_FOUND */
    public ArtifactContent content(Caller caller, String project, String repository, String reference) {
        RepositoryRef place = directory.repository(caller, project, repository, Permission.ARTIFACT_READ);
        return work.call(() -> {
            ArtifactListDao.Row row = row(place, reference);
            Manifest manifest = ManifestParser.parse(artifacts.contents(List.of(row.id())).get(row.id()),
                    row.mediaType(), Digest.parse(row.digest()).algorithm());
            Map<String, Long> shared = artifacts.sharing(place.projectId(), row.id());
            return new ArtifactContent(row.manifestSize(), manifest.config().map(config -> blob(config, shared)),
                    manifest.layers().stream().map(layer -> blob(layer, shared)).toList());
        });
    }

    private static ArtifactContent.Blob blob(Descriptor part, Map<String, Long> shared) {
        String digest = part.digest().toString();
        return new ArtifactContent.Blob(digest, part.mediaType(), part.size(), shared.getOrDefault(digest, 0L));
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

    /**
     * What {@link #deleteAll} would do; what is not there any more is passed over.
     *
     * @param references tags or digests, at most {@value #MAX_AT_ONCE}
     * @throws HarborException BAD_REQUEST for more
     */
    public DeletionPlan planDeletion(Caller caller, String project, String repository, Collection<String> references) {
        RepositoryRef place = directory.repository(caller, project, repository, Permission.ARTIFACT_DELETE);
        requireFew(references);
        return work.call(() -> planner.plan(rows(place, references)));
    }

    /**
     * Deletes several artifacts, each as {@link #delete} does, an index before what it is made of. What is not there
     * any more is passed over.
     *
     * @throws HarborException as {@link #delete}, with those deleted that came before; BAD_REQUEST for more than
     *     {@value #MAX_AT_ONCE}
     */
    public void deleteAll(Caller caller, String project, String repository, Collection<String> references) {
        RepositoryRef place = directory.repository(caller, project, repository, Permission.ARTIFACT_DELETE);
        requireFew(references);
        work.call(() -> rows(place, references)).stream()
                .sorted(Comparator.comparing(row -> !MediaTypes.isIndex(row.mediaType())))
                .forEach(row -> deletion.delete(place, Digest.parse(row.digest()), caller));
    }

    private List<ArtifactListDao.Row> rows(RepositoryRef place, Collection<String> references) {
        return references.stream().distinct().flatMap(reference -> findRow(place, reference).stream()).toList();
    }

    private static void requireFew(Collection<String> references) {
        if (references.size() > MAX_AT_ONCE) {
            throw new HarborException(ErrorCode.BAD_REQUEST, "at most " + MAX_AT_ONCE + " artifacts at once");
        }
    }

    /** The row behind a tag or a digest, in the running unit. @throws HarborException NOT_FOUND */
    ArtifactListDao.Row row(RepositoryRef place, String reference) {
        return findRow(place, reference).orElseThrow(() -> missing(place, reference));
    }

    private Optional<ArtifactListDao.Row> findRow(RepositoryRef place, String reference) {
        Reference parsed;
        try {
            parsed = Reference.parse(reference);
        } catch (HarborException e) {
            return Optional.empty();
        }
        Optional<String> digest = parsed instanceof Tag tag ? tags.head(place.id(), tag.value())
                : Optional.of(parsed.toString());
        return digest.flatMap(found -> artifacts.find(place.id(), found));
    }

    private Page<ArtifactDetails> page(RepositoryRef place, Where where, Sort order, PageRequest page, Wanted wanted) {
        return work.call(() -> new Page<>(
                assembler.details(place, artifacts.page(where, order, page), wanted), artifacts.count(where)));
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
