package org.luoshi.server.imports;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.luoshi.server.matters.Fault;
import org.luoshi.server.matters.Matters;
import org.luoshi.server.matters.types.Field;
import org.luoshi.server.matters.types.MatterType;

/**
 * What a sheet would become: each row with what is wrong with it.
 *
 * @param headings of the columns
 * @param unknown names that the county has not, by the key under which their meaning is remembered
 */
record Look(List<String> headings, List<Seen> rows, Map<String, Unknown> unknown) {

    /** What a row is. */
    enum Kind {
        /** A matter that is not there yet. */
        FRESH,
        /** Brought in before, or made by hand. */
        KNOWN,
        FAULTY,
        /** No matter: a blank row, or a heading between rows. */
        BLANK
    }

    /**
     * A row.
     *
     * @param matter that it became before; null: none
     * @param values checked, of a fresh row
     */
    record Seen(
            SheetFile.Line line,
            Kind kind,
            List<Fault> faults,
            Map<String, String> values,
            @Nullable Identity identity,
            @Nullable Long matter) {}

    /**
     * By what a row is known again.
     *
     * @param key its number in the list, empty: none
     * @param words with a number its title, else what the type's rule for duplicates compares; without blanks
     */
    record Identity(String key, String words) {
        private static final int LONGEST_KEY = 100;
        private static final int LONGEST = 500;
        /** A title of which six tenths are the same is the same finding with a slip of the pen mended. */
        private static final double ALIKE = 0.6;

        Identity {
            key = cut(key.strip(), LONGEST_KEY);
            words = cut(words.replaceAll("\\s", ""), LONGEST);
        }

        private static String cut(String text, int most) {
            return text.length() <= most ? text : text.substring(0, most);
        }

        /** @param sameLead whether the same unit leads both: other lists number alike findings of other units alike */
        boolean isSameAs(Identity other, boolean sameLead) {
            return key.equals(other.key)
                    && (words.equals(other.words)
                            || !key.isEmpty() && sameLead && CellValues.likeness(words, other.words) >= ALIKE);
        }
    }

    /** A name and the rows that hold it. */
    record Unknown(Field field, String name, int rows) {}

    long count(Kind kind) {
        return rows.stream().filter(row -> row.kind() == kind).count();
    }

    List<Seen> of(Kind kind) {
        return rows.stream().filter(row -> row.kind() == kind).toList();
    }

    /** What came in before under some identities, or with their numbers. */
    interface Known {
        List<ImportStore.Before> find(Collection<Identity> identities);
    }

    private record Read(
            SheetFile.Line line, Map<String, String> typed, List<CellValues.Problem> problems, boolean blank) {}

    /** Looks at all rows below the headings. */
    static Look at(
            SheetImport taken,
            MatterType type,
            List<SheetFile.Line> lines,
            CellValues cells,
            Matters matters,
            LocalDate today,
            Known knownBefore) {
        Map<Integer, String> columns = taken.matching().columns();
        List<Read> read = new ArrayList<>();
        Map<String, Unknown> unknown = new LinkedHashMap<>();
        List<String> headings = List.of();
        for (SheetFile.Line line : lines) {
            if (line.row() == taken.head()) {
                headings = line.cells();
            } else if (line.row() > taken.head()) {
                Read one = read(line, columns, type, cells);
                read.add(one);
                one.problems().stream()
                        .filter(problem -> !problem.unknown().isEmpty())
                        .forEach(problem -> unknown.merge(
                                problem.unknown(),
                                new Unknown(
                                        Objects.requireNonNull(type.field(problem.field())),
                                        String.valueOf(problem.arguments().getFirst()),
                                        1),
                                (a, b) -> new Unknown(a.field(), a.name(), a.rows() + b.rows())));
            }
        }
        List<Matters.Checked> checked = matters.check(
                type,
                read.stream().map(Read::typed).toList(),
                taken.matching().past() ? LocalDate.of(1980, 1, 1) : today);
        return new Look(headings, judge(taken, type, read, checked, today, knownBefore), unknown);
    }

    private static Read read(SheetFile.Line line, Map<Integer, String> columns, MatterType type, CellValues cells) {
        Map<String, String> typed = new HashMap<>();
        List<CellValues.Problem> problems = new ArrayList<>();
        columns.forEach((column, key) -> {
            Field field = type.field(key);
            if (field != null) {
                typed.put(key, cells.typed(field, line.cell(column), problems));
            }
        });
        long held =
                line.cells().stream().filter(cell -> !cell.isBlank()).distinct().count();
        // "一、住房保障" alone in its row, or merged over all columns, is a heading and no task; unless a row has no more.
        return new Read(line, typed, problems, columns.size() > 1 ? held <= 1 : held == 0);
    }

    private static List<Seen> judge(
            SheetImport taken,
            MatterType type,
            List<Read> read,
            List<Matters.Checked> checked,
            LocalDate today,
            Known knownBefore) {
        List<@Nullable Identity> identities = new ArrayList<>();
        for (int i = 0; i < read.size(); i++) {
            identities.add(identity(taken, type, read.get(i), checked.get(i).values()));
        }
        Map<String, List<ImportStore.Before>> before = new HashMap<>();
        knownBefore
                .find(identities.stream().filter(Objects::nonNull).toList())
                .forEach(one -> before.computeIfAbsent(at(one.identity()), key -> new ArrayList<>())
                        .add(one));
        Map<Identity, Integer> first = new HashMap<>();
        List<Seen> rows = new ArrayList<>();
        for (int i = 0; i < read.size(); i++) {
            Read one = read.get(i);
            Matters.Checked found = checked.get(i);
            Identity identity = identities.get(i);
            Long matter = identity == null
                    ? null
                    : before.getOrDefault(at(identity), List.of()).stream()
                            .filter(known -> known.identity().isSameAs(identity, isLedBy(known, found.values())))
                            .filter(known -> isStillMeant(known, identity, found.values(), today))
                            .map(ImportStore.Before::matter)
                            .findFirst()
                            .orElse(null);
            matter = matter == null ? found.known() : matter;
            List<Fault> faults = new ArrayList<>();
            one.problems()
                    .forEach(problem ->
                            faults.add(new Fault(problem.field(), problem.key(), List.copyOf(problem.arguments()))));
            Set<String> named = new HashSet<>();
            faults.forEach(fault -> named.add(fault.field()));
            found.faults().stream()
                    .filter(fault -> !named.contains(fault.field()))
                    .forEach(faults::add);
            Integer same = identity == null
                    ? null
                    : first.putIfAbsent(identity, one.line().row());
            if (same != null && !one.blank()) {
                faults.add(new Fault("", "imports.problem.same-row", List.of(same.toString())));
            }
            Kind kind = one.blank()
                    ? Kind.BLANK
                    : matter != null && same == null ? Kind.KNOWN : faults.isEmpty() ? Kind.FRESH : Kind.FAULTY;
            rows.add(new Seen(one.line(), kind, faults, found.values(), identity, matter));
        }
        return rows;
    }

    /**
     * A list begins to number anew with its year: what ended in a year before is another task where its words are others,
     * or where the row is due after that.
     */
    private static boolean isStillMeant(
            ImportStore.Before known, Identity identity, Map<String, String> values, LocalDate today) {
        LocalDate ended = known.ended();
        if (ended == null || known.year() >= today.getYear()) {
            return true;
        }
        String due = values.getOrDefault("due", "");
        return known.identity().words().equals(identity.words())
                && (due.isEmpty() || !LocalDate.parse(due).isAfter(ended));
    }

    private static boolean isLedBy(ImportStore.Before known, Map<String, String> values) {
        String lead = values.getOrDefault("lead", "");
        Long before = known.lead();
        return before == null || lead.isEmpty() || lead.equals(before.toString());
    }

    /** Where identities that may be the same are looked for. */
    private static String at(Identity identity) {
        return identity.key().isEmpty() ? "|" + identity.words() : identity.key();
    }

    private static @Nullable Identity identity(
            SheetImport taken, MatterType type, Read read, Map<String, String> values) {
        String title = values.getOrDefault("title", "");
        if (title.isEmpty()) {
            return null;
        }
        for (Map.Entry<Integer, String> column : taken.matching().columns().entrySet()) {
            if (column.getValue().equals(ColumnWords.KEY)) {
                String key = read.line().cell(column.getKey()).strip();
                if (!key.isEmpty()) {
                    return new Identity(key, title);
                }
            }
        }
        StringBuilder text = new StringBuilder();
        for (String field : type.duplicates().isEmpty() ? List.of("title", "lead", "due") : type.duplicates()) {
            text.append(values.getOrDefault(field, "")).append('|');
        }
        return new Identity("", text.toString());
    }
}
