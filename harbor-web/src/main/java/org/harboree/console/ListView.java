// SPDX-License-Identifier: Apache-2.0
package org.harboree.console;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.harboree.listing.Page;
import org.harboree.listing.PageRequest;

/**
 * A page with a table. What the table shows stands in the address ({@code filter}, {@code sort}, {@code page},
 * {@code size}, and what the page adds), so that it can be kept, sent, and gone back to; one page of rows is read from
 * the service at each request.
 *
 * @param <T> a row
 */
public abstract class ListView<T> {
    /** Rows of a page where the address names no number. */
    static final int DEFAULT_SIZE = 15;
    private static final List<Integer> SIZES = List.of(DEFAULT_SIZE, 50, PageRequest.MAX_SIZE);

    private String filter;
    private String sort;
    private int page = 1;
    private int size = DEFAULT_SIZE;
    private Page<T> rows;

    /** Calls the service. */
    protected abstract Page<T> read(PageRequest request);

    /** What else the address has to say, by parameter; empty values are left out. */
    protected Map<String, String> parameters() {
        return Map.of();
    }

    /** Reads the rows before anything is written, so that a refusal becomes an error page. */
    public void load() {
        rows = read(new PageRequest(page, size));
        if (rows.items().isEmpty() && rows.total() > 0) {
            page = getPages();
            rows = read(new PageRequest(page, size));
        }
    }

    public List<T> getRows() {
        return loaded().items();
    }

    /** Rows on all pages. */
    public long getTotal() {
        return loaded().total();
    }

    /** Number of the first row on the page, counted from 1. */
    public long getFirst() {
        return (page - 1L) * size + 1;
    }

    public long getLast() {
        return getFirst() + getRows().size() - 1;
    }

    public int getPages() {
        return (int) Math.max(1, (getTotal() + size - 1) / size);
    }

    /** Whether the table is empty because of the filter. */
    public boolean isFiltered() {
        return filter != null;
    }

    /** The address of another page of the same rows. */
    public String pageAddress(int number) {
        return address(Map.of("page", number == 1 ? "" : String.valueOf(number)));
    }

    /** The address of the same rows, so many on a page. */
    public String sizeAddress(int rowsOnPage) {
        return address(Map.of("page", "", "size", rowsOnPage == DEFAULT_SIZE ? "" : String.valueOf(rowsOnPage)));
    }

    /** The address of the rows in the order of that column; in the other direction if they are in its order now. */
    public String sortAddress(String column) {
        return address(Map.of("page", "", "sort", column.equals(sort) ? "-" + column : column));
    }

    /** {@code ascending}, {@code descending} or {@code none}, as {@code aria-sort} has it. */
    public String direction(String column) {
        return column.equals(sort) ? "ascending" : ("-" + column).equals(sort) ? "descending" : "none";
    }

    /** The address of all rows. */
    public String getUnfilteredAddress() {
        return address(Map.of("page", "", "filter", ""));
    }

    /** The address that opens a dialog about a row ({@link Asked}). */
    public String askAddress(String act, Object row) {
        return address(Map.of(Asked.ACT, act, Asked.ROW, String.valueOf(row)));
    }

    /** The address of the page as it is, for going back to it after a change. */
    protected String getAddress() {
        return address(Map.of());
    }

    /** The parameters that a form with the filter has to carry along. */
    public Map<String, String> getKept() {
        Map<String, String> kept = state();
        kept.keySet().removeAll(List.of("filter", "page"));
        return kept;
    }

    /** An address of this page with some parameters replaced; an empty one is left out. */
    protected String address(Map<String, String> replaced) {
        Map<String, String> all = state();
        all.putAll(replaced);
        all.values().removeIf(String::isEmpty);
        return "?" + all.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private Map<String, String> state() {
        Map<String, String> state = new LinkedHashMap<>(parameters());
        state.put("filter", filter == null ? "" : filter);
        state.put("sort", sort == null ? "" : sort);
        state.put("size", size == DEFAULT_SIZE ? "" : String.valueOf(size));
        state.put("page", page == 1 ? "" : String.valueOf(page));
        state.values().removeIf(String::isEmpty);
        return state;
    }

    private Page<T> loaded() {
        if (rows == null) {
            load();
        }
        return rows;
    }

    public List<Integer> getSizes() {
        return SIZES;
    }

    public String getFilter() {
        return filter;
    }

    public void setFilter(String filter) {
        this.filter = filter == null || filter.isBlank() ? null : filter.strip();
    }

    /** As the services take it: a column, with a minus for the other direction; empty for the list's own order. */
    public String getSort() {
        return sort == null ? "" : sort;
    }

    public void setSort(String sort) {
        this.sort = sort;
    }

    public int getPage() {
        return page;
    }

    public void setPage(int page) {
        this.page = Math.max(1, page);
    }

    public int getSize() {
        return size;
    }

    /** Another number than the page offers means the default. */
    public void setSize(int size) {
        this.size = SIZES.contains(size) ? size : DEFAULT_SIZE;
    }
}
