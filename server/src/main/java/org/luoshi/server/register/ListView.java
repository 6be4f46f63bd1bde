package org.luoshi.server.register;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.luoshi.server.register.RegisterFilter.Dimension;
import org.luoshi.server.register.RegisterFilter.Fault;
import org.luoshi.server.register.SavedViews.SavedView;

/**
 * The page of the register.
 *
 * @param all entries of the whole register
 * @param total entries that the filter leaves
 * @param first number of the first row shown, from 1
 * @param rows by task; empty in the list by units
 * @param duties by lead unit; empty in the list by tasks
 * @param nobody entries that no unit leads, for the list by units
 * @param tabs the whole register and the saved views
 * @param saved the saved view that is shown, null for none
 * @param ways what to leave out where nothing was found
 * @param mine whether the saved view is the reader's own
 */
public record ListView(
        Address address,
        Labels labels,
        long all,
        long total,
        long first,
        int pages,
        List<Entry> rows,
        List<DutyRow> duties,
        long nobody,
        List<Chip> chips,
        List<Tab> tabs,
        boolean countTabs,
        @Nullable SavedView saved,
        boolean mine,
        List<Fault> faults,
        List<Way> ways,
        @Nullable LetterOf letter) {

    /** A filter that is on: its words and the address without it; {@code href} null for one that is off. */
    public record Chip(
            Dimension dimension, String words, @Nullable String href) {}

    /** A view; {@code count} null until it has been counted. */
    public record Tab(
            String name,
            String href,
            boolean current,
            @Nullable Long count,
            @Nullable String owner) {}

    /** A condition whose removal would leave something. */
    public record Way(Dimension dimension, String words, String href, long count) {}

    /** What a unit answers for, with the addresses of its lists. */
    public record DutyRow(
            long unit,
            String name,
            long lead,
            long joint,
            long overdue,
            long month,
            String leadHref,
            String jointHref,
            String overdueHref,
            String monthHref,
            String letterHref) {}

    /** The unit that the list is filtered by, whose letter of responsibility can be written. */
    public record LetterOf(String unit, String href) {}

    public long last() {
        return first + rows.size() - 1;
    }

    /** A column head that sorts; {@code aria} is null where the list is not sorted by it. */
    public record Column(
            String key, String css, String href, @Nullable String aria) {}

    public List<Column> columns() {
        return List.of(
                column("number", "c-no", RegisterSort.NUMBER),
                column("what", "c-what", RegisterSort.WHAT),
                column("target", "c-target", null),
                column("lead", "c-lead", RegisterSort.LEAD),
                column("joint", "c-joint", RegisterSort.JOINT),
                column("due", "c-due", RegisterSort.DUE),
                column("theme", "c-theme", RegisterSort.THEME),
                column("source", "c-src", RegisterSort.SOURCE),
                column("leader", "c-leader", RegisterSort.LEADER));
    }

    private Column column(String key, String css, @Nullable RegisterSort sort) {
        String aria = sort == null || sort != address.sort() ? null : address.descending() ? "descending" : "ascending";
        return new Column(key, css, sort == null ? "" : address.sorted(sort), aria);
    }

    /** The numbers of pages to offer: the first, the last, and some around the current one; 0 is a gap. */
    public List<Integer> pageNumbers() {
        List<Integer> numbers = new java.util.ArrayList<>();
        for (int n = 1; n <= pages; n++) {
            if (n == 1 || n == pages || Math.abs(n - address.page()) <= 1) {
                numbers.add(n);
            } else if (numbers.getLast() != 0) {
                numbers.add(0);
                n = n < address.page() ? Math.max(n, address.page() - 2) : Math.max(n, pages - 1);
            }
        }
        return numbers;
    }
}
