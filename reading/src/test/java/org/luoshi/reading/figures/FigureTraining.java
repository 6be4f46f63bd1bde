package org.luoshi.reading.figures;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.luoshi.reading.Figure;
import org.luoshi.reading.figures.LabelledReport.Label;

/**
 * Trains the model that decides what is a figure, and writes predictions that the score reads.
 *
 * <p>{@code train FILE} learns from all labelled reports and writes the model; {@code cross DIR} leaves one place out at
 * a time and writes what is read of it; {@code fresh DIR} does so with the gold reports only; {@code self DIR} reads with the
 * model of the package. Further arguments are folders with more labelled reports.
 */
public final class FigureTraining {
    static final int ROUNDS = 30;
    static final double DECAY = 2e-4;

    private FigureTraining() {}

    public static void main(String[] arguments) throws IOException {
        List<LabelledReport> gold = LabelledReport.all();
        List<LabelledReport> reports = new ArrayList<>(gold);
        for (int i = 2; i < arguments.length; i++) {
            reports.addAll(LabelledReport.all(Path.of(arguments[i])));
        }
        Path target = Path.of(arguments[1]);
        switch (arguments[0]) {
            case "train" -> {
                LinearModel model = train(reports);
                try (var out = Files.newOutputStream(target)) {
                    model.write(out);
                }
            }
            case "cross", "fresh" -> {
                Files.createDirectories(target);
                for (LabelledReport report : reports) {
                    List<LabelledReport> others = arguments[0].equals("fresh") ? gold : reports;
                    LinearModel model = train(others.stream()
                            .filter(r -> !r.place().equals(report.place()))
                            .toList());
                    write(
                            report,
                            new FigureReader(model).figures(report.source(), report.outline(), report.segments()),
                            target);
                }
            }
            case "self" -> {
                Files.createDirectories(target);
                for (LabelledReport labelled : reports) {
                    LabelledReport report = labelled.withReadSegments();
                    write(report, FigureReader.read(report.source(), report.outline(), report.segments()), target);
                }
            }
            default -> throw new IllegalArgumentException("train, cross or self, not " + arguments[0]);
        }
    }

    private static void write(LabelledReport report, List<Figure> figures, Path folder) throws IOException {
        Files.writeString(
                folder.resolve(report.name() + ".json"),
                LabelledReport.json(report.source(), report.segments(), figures));
    }

    static LinearModel train(List<LabelledReport> reports) {
        List<int[]> examples = new ArrayList<>();
        List<Boolean> labels = new ArrayList<>();
        Features features = new Features();
        AmountScanner scanner = new AmountScanner();
        for (LabelledReport report : reports) {
            Roles roles = new Roles(report.outline(), report.source().text());
            boolean[] used = new boolean[report.labels().size()];
            for (var segment : report.segments()) {
                List<Amount> amounts = new ArrayList<>();
                int from = segment.span().start();
                int to = segment.span().end();
                scanner.scan(report.source().text(), from, to, amounts);
                var role = roles.at(from);
                for (int k = 0; k < amounts.size(); k++) {
                    features.fill(report.source().text(), from, to, amounts, k, segment.label(), role);
                    examples.add(features.copy());
                    labels.add(match(amounts.get(k), report.labels(), used));
                }
            }
        }
        boolean[] answers = new boolean[labels.size()];
        for (int i = 0; i < answers.length; i++) {
            answers[i] = labels.get(i);
        }
        return LinearModel.train(examples.toArray(int[][]::new), answers, ROUNDS, DECAY);
    }

    private static boolean match(Amount amount, List<Label> labels, boolean[] used) {
        for (int i = 0; i < used.length; i++) {
            Label label = labels.get(i);
            if (!used[i]
                    && label.start() <= amount.numberStart()
                    && label.end() >= amount.numberEnd()
                    && same(amount, label)) {
                used[i] = true;
                return true;
            }
        }
        return false;
    }

    private static boolean same(Amount amount, Label label) {
        if (amount.masked() != label.masked()) {
            return false;
        }
        if (!amount.masked() && amount.value() != null && label.value() != null) {
            double a = amount.value().doubleValue() * factor(amount.unit());
            double b = Math.abs(label.value()) * factor(label.unit());
            if (Math.abs(a - b) > 1e-9 * Math.max(1, b)) {
                return false;
            }
        }
        return base(amount.unit()).equals(base(label.unit()));
    }

    private static double factor(@Nullable String unit) {
        double f = 1;
        for (int i = 0; unit != null && i < unit.length(); i++) {
            switch (unit.charAt(i)) {
                case '亿' -> f *= 1e8;
                case '万' -> f *= 1e4;
                case '千' -> f *= 1e3;
                case '百' -> f *= unit.startsWith("百分", i) ? 1 : 1e2;
                default -> {
                    return f;
                }
            }
        }
        return f;
    }

    private static String base(@Nullable String unit) {
        if (unit == null) {
            return "";
        }
        String u = unit.toLowerCase(Locale.ROOT).replace('％', '%');
        int i = 0;
        while (i < u.length() && "亿万千百".indexOf(u.charAt(i)) >= 0 && !u.startsWith("百分", i)) {
            i++;
        }
        return u.substring(i);
    }
}
