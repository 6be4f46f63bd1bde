package org.luoshi.server.bulletins;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.luoshi.server.units.UnitTree;
import org.luoshi.server.units.Units;
import org.luoshi.server.web.Languages;
import org.luoshi.server.web.Words;
import org.luoshi.writing.Circular;
import org.luoshi.writing.PlainTable;
import org.springframework.stereotype.Component;

/** The bulletin as a document in Chinese: its sentences hold figures and nothing that the figures do not say. */
@Component
class Letter {
    private static final int MOST = 200;
    private static final List<Figure> COLUMNS = List.of(
            Figure.ACTIVE,
            Figure.DUE,
            Figure.ON_TIME,
            Figure.DONE,
            Figure.LATE,
            Figure.UNDONE,
            Figure.BOUNCED,
            Figure.OVERDUE);

    private final Bulletins bulletins;
    private final Units units;
    private final Languages languages;

    Letter(Bulletins bulletins, Units units, Languages languages) {
        this.bulletins = bulletins;
        this.units = units;
        this.languages = languages;
    }

    Circular of(Bulletins.Scope scope, String place, long office, LocalDate today, Map<Long, String> campaigns) {
        Words words = languages.words("zh");
        UnitTree tree = units.tree();
        LocalDate to = scope.period().to();
        List<Circular.Part> parts = new ArrayList<>();
        parts.add(new Circular.Part(
                words.t("bulletins.letter.all"), List.of(sentence(words, bulletins.all(scope))), List.of(), List.of()));
        List<List<String>> byUnit = bulletins.lines(scope, Bulletins.By.UNIT).stream()
                .map(line -> cells(tree.brief(line.id(), to), line))
                .toList();
        parts.add(table(words, "bulletins.letter.units", "bulletins.unit", byUnit));
        List<Bulletins.Line> gathered = bulletins.lines(scope, Bulletins.By.CAMPAIGN);
        int number = 2;
        if (!gathered.isEmpty()) {
            parts.add(table(
                    words,
                    "bulletins.letter.campaigns",
                    "bulletins.campaign",
                    gathered.stream()
                            .map(line -> cells(campaigns.getOrDefault(line.id(), ""), line))
                            .toList()));
            number++;
        }
        parts.add(late(words, tree, scope, number++));
        parts.add(bounced(words, tree, scope, number));
        return new Circular(
                place
                        + words.t("bulletins.title")
                        + (bulletins.isWhole() ? "" : words.t("bulletins.letter.extract", tree.brief(office, today))),
                words.t("bulletins.letter.period", day(words, scope.period().from()), day(words, to)),
                parts,
                tree.full(office, today),
                today);
    }

    private static String day(Words words, LocalDate day) {
        return words.t(
                "bulletins.letter.day",
                Integer.toString(day.getYear()),
                Integer.toString(day.getMonthValue()),
                Integer.toString(day.getDayOfMonth()));
    }

    private static String sentence(Words words, Bulletins.Line all) {
        String text = words.t(
                "bulletins.letter.sentence",
                all.of(Figure.ACTIVE),
                all.of(Figure.GIVEN),
                all.of(Figure.DONE),
                all.of(Figure.LATE));
        String due = all.rate() == null
                ? words.t("bulletins.letter.none-due")
                : words.t("bulletins.letter.due", all.of(Figure.DUE), all.of(Figure.ON_TIME), percent(all));
        return text
                + due
                + words.t("bulletins.letter.end", all.of(Figure.BOUNCED), all.of(Figure.OPEN), all.of(Figure.OVERDUE));
    }

    private static @Nullable String percent(Bulletins.Line line) {
        return line.rate() == null ? null : line.rate().stripTrailingZeros().toPlainString() + "%";
    }

    private static List<String> cells(String name, Bulletins.Line line) {
        List<String> cells = new ArrayList<>();
        cells.add(name);
        COLUMNS.forEach(figure -> cells.add(Long.toString(line.of(figure))));
        String rate = percent(line);
        cells.add(rate == null ? "—" : rate);
        return cells;
    }

    private static Circular.Part table(Words words, String heading, String first, List<List<String>> rows) {
        List<PlainTable.Column> columns = new ArrayList<>();
        columns.add(new PlainTable.Column(words.t(first), 38, false));
        COLUMNS.forEach(
                figure -> columns.add(new PlainTable.Column(words.t("bulletins.figure." + figure.key()), 14, true)));
        columns.add(new PlainTable.Column(words.t("bulletins.rate"), 18, true));
        List<String> sentences = rows.isEmpty() ? List.of(words.t("bulletins.letter.none")) : List.of();
        return new Circular.Part(words.t(heading), sentences, columns, rows);
    }

    private Circular.Part late(Words words, UnitTree tree, Bulletins.Scope scope, int number) {
        LocalDate to = scope.period().to();
        return items(
                words,
                "bulletins.letter.overdue",
                number,
                "bulletins.days-late",
                scope,
                Figure.OVERDUE,
                tree,
                item -> item.due() == null ? "" : Long.toString(ChronoUnit.DAYS.between(item.due(), to)));
    }

    private Circular.Part bounced(Words words, UnitTree tree, Bulletins.Scope scope, int number) {
        return items(
                words,
                "bulletins.letter.bounced",
                number,
                "bulletins.times",
                scope,
                Figure.BOUNCED,
                tree,
                item -> Integer.toString(item.bounced()));
    }

    private interface Last {
        String of(Bulletins.Item item);
    }

    private Circular.Part items(
            Words words,
            String heading,
            int number,
            String last,
            Bulletins.Scope scope,
            Figure figure,
            UnitTree tree,
            Last value) {
        LocalDate to = scope.period().to();
        List<PlainTable.Column> columns = List.of(
                new PlainTable.Column(words.t("matters.column.number"), 26, true),
                new PlainTable.Column(words.t("matters.column.title"), 64, false),
                new PlainTable.Column(words.t("matters.column.lead"), 30, true),
                new PlainTable.Column(words.t("matters.column.due"), 20, true),
                new PlainTable.Column(words.t(last), 16, true));
        List<List<String>> rows = bulletins.list(scope, figure, null, MOST).stream()
                .map(item -> List.of(
                        item.number(),
                        item.title(),
                        item.lead() == null ? "" : tree.brief(item.lead(), to),
                        item.due() == null ? "" : item.due().toString(),
                        value.of(item)))
                .toList();
        long count = bulletins.all(scope).of(figure);
        List<String> sentences = rows.isEmpty()
                ? List.of(words.t("bulletins.letter.none"))
                : count > rows.size() ? List.of(words.t("bulletins.letter.more", count, rows.size())) : List.of();
        return new Circular.Part(
                words.t("bulletins.letter.n." + (number + 1)) + words.t(heading), sentences, columns, rows);
    }
}
