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
            String identity,
            @Nullable Long matter) {}

    /** A name and the rows that hold it. */
    record Unknown(Field field, String name, int rows) {}

    long count(Kind kind) {
        return rows.stream().filter(row -> row.kind() == kind).count();
    }

    List<Seen> of(Kind kind) {
        return rows.stream().filter(row -> row.kind() == kind).toList();
    }

    /** What came in before under some identities. */
    interface Known {
        Map<String, Long> find(Collection<String> identities);
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
        return new Look(headings, judge(taken, type, read, checked, knownBefore), unknown);
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
        // "一、住房保障" alone in its row, or merged over all columns, is a heading and no task.
        return new Read(line, typed, problems, held <= 1);
    }

    private static List<Seen> judge(
            SheetImport taken, MatterType type, List<Read> read, List<Matters.Checked> checked, Known knownBefore) {
        List<String> identities = new ArrayList<>();
        for (int i = 0; i < read.size(); i++) {
            identities.add(identity(taken, type, read.get(i), checked.get(i).values()));
        }
        Map<String, Long> before = knownBefore.find(new HashSet<>(identities));
        Map<String, Integer> first = new HashMap<>();
        List<Seen> rows = new ArrayList<>();
        for (int i = 0; i < read.size(); i++) {
            Read one = read.get(i);
            Matters.Checked found = checked.get(i);
            String identity = identities.get(i);
            Long matter = identity.isEmpty() ? null : before.get(identity);
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
            Integer same = identity.isEmpty()
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

    /** By what a row is known again: its number in the list where it has one, else what the type's rule compares. */
    private static String identity(SheetImport taken, MatterType type, Read read, Map<String, String> values) {
        for (Map.Entry<Integer, String> column : taken.matching().columns().entrySet()) {
            if (column.getValue().equals(ColumnWords.KEY)) {
                String key = read.line().cell(column.getKey()).strip();
                if (!key.isEmpty()) {
                    return "key:" + key;
                }
            }
        }
        StringBuilder text = new StringBuilder("row:");
        for (String field : type.duplicates().isEmpty() ? List.of("title", "lead", "due") : type.duplicates()) {
            text.append(values.getOrDefault(field, "").replaceAll("\\s", "")).append('|');
        }
        return values.getOrDefault("title", "").isEmpty() ? "" : text.toString();
    }
}
