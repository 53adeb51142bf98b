// SPDX-License-Identifier: Apache-2.0
package org.harboree.transaction;

import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.harboree.listing.Page;
import org.harboree.listing.PageRequest;
import org.harboree.listing.Query;
import org.harboree.listing.Sort;
import org.harboree.listing.Term;

/**
 * One page of a list from the database: a DAO's own conditions, a client's {@link Query}, an order, a part of it.
 *
 * <p>The text of the statement consists of the DAO's words only; everything of the client's is bound.
 *
 * @param <T> what a row becomes
 */
public final class ListQuery<T> {
    private final String from;
    private final Map<String, Column> columns;
    private final List<String> conditions = new ArrayList<>();
    private final Map<String, Object> values = new HashMap<>();

    /** What a client's key stands for in the statement. */
    public record Column(String path, Query.Kind kind) {
    }

    /**
     * @param from the DAO's {@code from} clause without the word
     * @param columns by the client's key
     */
    public ListQuery(String from, Map<String, Column> columns) {
        this.from = from;
        this.columns = Map.copyOf(columns);
    }

    /** The keys of a list and their kinds, for {@link Query#parse}. */
    public static Map<String, Query.Kind> kinds(Map<String, Column> columns) {
        Map<String, Query.Kind> kinds = new LinkedHashMap<>();
        columns.forEach((key, column) -> kinds.put(key, column.kind()));
        return kinds;
    }

    /** Adds a condition of the DAO's. */
    public ListQuery<T> where(String condition) {
        conditions.add(condition);
        return this;
    }

    /** Adds a condition with one named parameter. */
    public ListQuery<T> where(String condition, String parameter, Object value) {
        values.put(parameter, value);
        return where(condition);
    }

    /** Adds all conditions of the client's. */
    public ListQuery<T> where(Query query) {
        query.terms().forEach(this::where);
        return this;
    }

    /** Adds a condition: the key's text contains the given one, in whatever case. */
    public ListQuery<T> whereContains(String key, String text) {
        return where(new Term.Fuzzy(key, text));
    }

    /**
     * Reads the page.
     *
     * @param select what a row becomes, in the words of the query language
     * @param lastKey decides between rows that are otherwise in the same place, so that pages do not overlap
     */
    public Page<T> read(EntityManager entities, String select, Class<T> type, Sort sort, String lastKey,
            PageRequest page) {
        String body = " from " + from + (conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions));
        TypedQuery<Long> count = entities.createQuery("select count(*)" + body, Long.class);
        values.forEach(count::setParameter);
        TypedQuery<T> rows = entities.createQuery("select " + select + body + order(sort, lastKey), type);
        values.forEach(rows::setParameter);
        if (!page.isEverything()) {
            rows.setFirstResult(page.offset()).setMaxResults(page.limit());
        }
        return new Page<>(rows.getResultList(), count.getSingleResult());
    }

    private String order(Sort sort, String lastKey) {
        String keys = sort.keys().stream()
                .map(key -> columns.get(key.name()).path() + (key.descending() ? " desc, " : ", "))
                .collect(Collectors.joining());
        return " order by " + keys + lastKey;
    }

    private ListQuery<T> where(Term term) {
        String path = columns.get(term.key()).path();
        if (term instanceof Term.Exact exact) {
            return where(path + " = " + bound(exact.value()));
        } else if (term instanceof Term.Fuzzy fuzzy) {
            return where("lower(cast(" + path + " as string)) like lower(" + bound(fuzzy.likePattern()) + ") escape '"
                    + Term.Fuzzy.LIKE_ESCAPE + "'");
        } else if (term instanceof Term.Range range) {
            range.min().ifPresent(min -> where(path + " >= " + bound(min)));
            range.max().ifPresent(max -> where(path + " <= " + bound(max)));
            return this;
        } else if (term instanceof Term.AnyOf any) {
            return where(path + " in " + bound(any.values()));
        } else if (term instanceof Term.AllOf all) {
            all.values().forEach(value -> where(path + " = " + bound(value)));
            return this;
        }
        throw new IllegalArgumentException("unknown term " + term);
    }

    private String bound(Object value) {
        String name = "v" + values.size();
        values.put(name, value);
        return ":" + name;
    }
}
