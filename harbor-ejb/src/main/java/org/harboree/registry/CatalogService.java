// SPDX-License-Identifier: Apache-2.0
package org.harboree.registry;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import org.harboree.error.ErrorCode;
import org.harboree.error.HarborException;
import org.harboree.oci.RepositoryName;
import org.harboree.transaction.UnitOfWork;

/** The two catalogues: repositories of the registry and tags of a repository, in byte order, page by page. */
@ApplicationScoped
public class CatalogService {
    /** Names on one page of the catalog; a page is never longer, whatever is asked. */
    public static final int MAX_REPOSITORIES = 1000;
    /** Tags on one page; without {@code n} a client gets this many and a link to the rest. */
    public static final int MAX_TAGS = 10_000;
    /** Tags that one query asks for. */
    private static final int MAX_HEADS = 1000;

    @Inject
    private RegistryAccess access;

    @Inject
    private RepositoryDao repositories;

    @Inject
    private TagDao tags;

    @Inject
    private UnitOfWork work;

    /** Names after the one that was asked; {@code more} if there are others behind them. */
    public record Names(List<String> names, boolean more) {}

    /**
     * Repositories that hold an artifact. Only for system administrators, as Harbor has it.
     *
     * @throws HarborException UNAUTHORIZED
     */
    public Names catalog(RegistryCaller who, OptionalInt n, String last) {
        boolean allowed = access.liveCaller(who).sysadmin()
                && who.token().map(token -> token.catalog()).orElse(true);
        if (!allowed) {
            throw new HarborException(ErrorCode.UNAUTHORIZED, "unauthorized to list catalog: unauthorized to list catalog");
        }
        int limit = Math.min(n.orElse(MAX_REPOSITORIES), MAX_REPOSITORIES);
        return page(limit, count -> repositories.catalog(last, count));
    }

    /** @throws HarborException UNAUTHORIZED, NAME_UNKNOWN */
    public Names tags(RegistryCaller who, RepositoryName name, OptionalInt n, String last) {
        RepositoryRef repository = access.pull(who, name);
        int limit = Math.min(n.orElse(MAX_TAGS), MAX_TAGS);
        return page(limit, count -> tags.list(repository.id(), last, count));
    }

    /**
     * What a tag names.
     *
     * @param size bytes of the manifest
     * @param referred whether another artifact of the repository has it as its subject
     */
    public record TagHead(String digest, String mediaType, long size, boolean referred) {
    }

    /**
     * What each of these tags names; one that is not there is missing. From the database, in as few queries as it
     * takes.
     *
     * @throws HarborException UNAUTHORIZED, NAME_UNKNOWN
     */
    public Map<String, TagHead> heads(RegistryCaller who, RepositoryName name, List<String> wanted) {
        RepositoryRef repository = access.pull(who, name);
        Map<String, TagHead> heads = new HashMap<>();
        for (int from = 0; from < wanted.size(); from += MAX_HEADS) {
            List<String> some = wanted.subList(from, Math.min(wanted.size(), from + MAX_HEADS));
            work.call(() -> tags.heads(repository.id(), some)).forEach(row -> heads.put(Sql.text(row, 0),
                    new TagHead(Sql.text(row, 1), Sql.text(row, 2), Sql.number(row, 3), Sql.flag(row, 4))));
        }
        return heads;
    }

    private Names page(int limit, IntFunction<List<String>> query) {
        if (limit == 0) {
            return new Names(List.of(), false);
        }
        List<String> names = work.call(() -> query.apply(limit + 1));
        return names.size() > limit ? new Names(names.subList(0, limit), true) : new Names(names, false);
    }
}
