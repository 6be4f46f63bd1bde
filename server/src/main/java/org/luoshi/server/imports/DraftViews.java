package org.luoshi.server.imports;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.luoshi.server.matters.Campaigns;
import org.luoshi.server.matters.types.Field;
import org.luoshi.server.matters.types.MatterType;
import org.luoshi.server.units.UnitTree;
import org.luoshi.server.units.Units;
import org.luoshi.server.web.Shell;
import org.springframework.stereotype.Component;

/** What the page of an import shows before it runs. */
@Component
public class DraftViews {
    static final int PAGE = 50;
    private static final int SAMPLES = 3;
    private static final int MOST_NAMES = 30;
    private static final int LIKELY = 3;

    private final SheetImports imports;
    private final ImportStore store;
    private final Units units;
    private final Clock clock;

    DraftViews(SheetImports imports, ImportStore store, Units units, Clock clock) {
        this.imports = imports;
        this.store = store;
        this.units = units;
        this.clock = clock;
    }

    public record Option(String value, String name, boolean chosen) {}

    /** A column of the sheet, by its place, with the first things that stand in it. */
    public record Column(int place, String heading, String samples, List<Option> fields, boolean matched) {}

    /** A name that the county has not; those that are called most like it come first among the options. */
    public record Ask(String key, String field, String name, int rows, List<Option> options) {}

    /** What the user said of a name that occurs; it can be taken back. */
    public record Meant(String key, String name, String meaning) {}

    public record Line(
            int row,
            List<String> cells,
            List<String> faults,
            String kind,
            @Nullable Long matter) {}

    public record View(
            SheetImport taken,
            String kind,
            List<Column> columns,
            List<Integer> heads,
            List<Ask> asks,
            int moreAsks,
            List<Meant> meant,
            String twice,
            Map<String, Long> counts,
            String show,
            List<String> headings,
            List<Line> lines,
            int page,
            int pages,
            List<Campaigns.Campaign> campaigns,
            boolean canHandDown,
            List<String> missing) {
        public long count(String kind) {
            return counts.getOrDefault(kind, 0L);
        }
    }

    View view(Shell shell, SheetImport taken, String show, int page, List<Campaigns.Campaign> campaigns, String twice) {
        MatterType type = imports.typeOf(taken);
        String language = shell.words().language();
        List<SheetFile.Line> all = store.lines(taken.id(), taken.chosen());
        CellValues cells = imports.cells(taken);
        Look look = imports.look(taken, all, cells);
        String shown = kind(show, look);
        List<Look.Seen> rows = look.rows().stream()
                .filter(row -> key(row.kind()).equals(shown))
                .toList();
        int pages = Math.max(1, (rows.size() + PAGE - 1) / PAGE);
        int at = Math.min(page, pages);
        Map<Integer, String> matched = taken.matching().columns();
        List<Integer> places = new ArrayList<>(matched.keySet());
        Map<String, Long> counts = new java.util.HashMap<>();
        for (Look.Kind kind : Look.Kind.values()) {
            counts.put(key(kind), look.count(kind));
        }
        List<Ask> asks = new ArrayList<>();
        look.unknown().forEach((key, unknown) -> {
            if (asks.size() < MOST_NAMES) {
                asks.add(new Ask(
                        key,
                        unknown.field().name().in(language),
                        unknown.name(),
                        unknown.rows(),
                        options(unknown, cells, language)));
            }
        });
        return new View(
                taken,
                type.name().in(language),
                columns(shell, type, taken, all),
                all.stream().map(SheetFile.Line::row).limit(15).toList(),
                asks,
                look.unknown().size() - asks.size(),
                meant(type, cells.used(), language),
                type.field(twice) == null
                        ? ""
                        : Objects.requireNonNull(type.field(twice)).name().in(language),
                counts,
                shown,
                places.stream().map(place -> heading(taken, place)).toList(),
                rows.subList((at - 1) * PAGE, Math.min(rows.size(), at * PAGE)).stream()
                        .map(row -> line(shell, type, matched, places, row))
                        .toList(),
                at,
                pages,
                campaigns.stream().filter(c -> !c.closed()).toList(),
                imports.canHandDown(type),
                type.fields().values().stream()
                        .filter(field -> field.required() && !matched.containsValue(field.key()))
                        .map(field -> field.name().in(language))
                        .toList());
    }

    /** What was asked for, else what needs looking at first. */
    private static String kind(String show, Look look) {
        for (Look.Kind kind : Look.Kind.values()) {
            if (key(kind).equals(show)) {
                return show;
            }
        }
        return key(look.count(Look.Kind.FAULTY) > 0 ? Look.Kind.FAULTY : Look.Kind.FRESH);
    }

    private static String key(Look.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private static String heading(SheetImport taken, int place) {
        return place < taken.headings().size() ? taken.headings().get(place) : "";
    }

    private static Line line(
            Shell shell, MatterType type, Map<Integer, String> matched, List<Integer> places, Look.Seen row) {
        List<String> cells = new ArrayList<>();
        for (int place : places) {
            Field field = type.field(matched.getOrDefault(place, ""));
            String text = row.line().cell(place);
            boolean personal = field != null && field.kind() == Field.Kind.PERSONAL;
            cells.add(personal && !text.isEmpty() ? "***" : text);
        }
        return new Line(row.line().row(), cells, ImportPages.faults(shell, type, row), key(row.kind()), row.matter());
    }

    private static List<Column> columns(Shell shell, MatterType type, SheetImport taken, List<SheetFile.Line> all) {
        int width = all.stream()
                .limit(200)
                .mapToInt(line -> line.cells().size())
                .max()
                .orElse(0);
        List<Column> columns = new ArrayList<>();
        for (int c = 0; c < width; c++) {
            int place = c;
            String chosen = taken.matching().columns().getOrDefault(c, "");
            Field field = type.field(chosen);
            boolean personal = field != null && field.kind() == Field.Kind.PERSONAL;
            Set<String> samples = new LinkedHashSet<>();
            all.stream()
                    .filter(line -> line.row() > taken.head())
                    .map(line -> line.cell(place))
                    .filter(text -> !text.isBlank())
                    .limit(50)
                    .forEach(text -> samples.add(personal ? "***" : text));
            String heading = heading(taken, c);
            if (heading.isBlank() && samples.isEmpty()) {
                continue;
            }
            List<Option> options = new ArrayList<>();
            options.add(new Option(ColumnWords.KEY, shell.t("imports.key"), chosen.equals(ColumnWords.KEY)));
            for (Field one : type.fields().values()) {
                options.add(new Option(
                        one.key(),
                        one.name().in(shell.words().language()) + (one.required() ? " *" : ""),
                        chosen.equals(one.key())));
            }
            columns.add(new Column(
                    c,
                    heading,
                    String.join(
                            " · ",
                            samples.stream().limit(SAMPLES).map(DraftViews::cut).toList()),
                    options,
                    !chosen.isEmpty()));
        }
        return columns;
    }

    private List<Meant> meant(MatterType type, Map<String, String> used, String language) {
        LocalDate today = LocalDate.now(clock);
        List<Meant> meant = new ArrayList<>();
        used.forEach((key, value) -> {
            String kind = key.substring(0, key.indexOf(':'));
            String meaning = switch (kind) {
                case "unit" -> units.tree().full(Long.parseLong(value), today);
                case "person" ->
                    store.people().entrySet().stream()
                            .filter(p -> p.getValue().contains(Long.valueOf(value)))
                            .map(Map.Entry::getKey)
                            .findFirst()
                            .orElse(value);
                default -> {
                    Field field = type.field(kind);
                    yield field == null
                            ? value
                            : field.choices().stream()
                                    .filter(c -> c.key().equals(value))
                                    .map(c -> c.name().in(language))
                                    .findFirst()
                                    .orElse(value);
                }
            };
            meant.add(new Meant(key, key.substring(kind.length() + 1), meaning));
        });
        return meant;
    }

    private static String cut(String text) {
        return text.length() <= 24 ? text : text.substring(0, 23) + "…";
    }

    private List<Option> options(Look.Unknown unknown, CellValues cells, String language) {
        LocalDate today = LocalDate.now(clock);
        List<Option> options = new ArrayList<>();
        switch (unknown.field().kind()) {
            case UNIT, UNITS -> {
                UnitTree tree = units.tree();
                List<Long> likely = cells.likely(unknown.name(), LIKELY);
                likely.forEach(unit -> options.add(new Option(Long.toString(unit), tree.full(unit, today), false)));
                tree.on(today).stream()
                        .filter(node -> !likely.contains(node.id()))
                        .forEach(node -> options.add(new Option(
                                Long.toString(node.id()),
                                "　".repeat(node.depth()) + tree.full(node.id(), today),
                                false)));
            }
            case PERSON ->
                store.people()
                        .forEach((name, ids) -> ids.forEach(id -> options.add(
                                new Option(Long.toString(id), ids.size() > 1 ? name + " #" + id : name, false))));
            default ->
                unknown.field()
                        .choices()
                        .forEach(choice -> options.add(
                                new Option(choice.key(), choice.name().in(language), false)));
        }
        return options;
    }
}
