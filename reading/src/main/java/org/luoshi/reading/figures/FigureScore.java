package org.luoshi.reading.figures;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.luoshi.reading.Figure;
import org.luoshi.reading.figures.LabelledReport.Label;

/**
 * Counts how well figures agree with labels: found (overlapping, same number and unit), exact (kind, op and basis too),
 * full (and the indicator, by characters), due. Numbers are compared with 万 and 亿 multiplied out.
 */
final class FigureScore {
    private static final double INDICATOR = 0.8;

    private int labels;
    private int figures;
    private int found;
    private int exact;
    private int full;
    private int due;

    private record Pair(int grade, int overlap, int label, int figure) {}

    /** Adds a report; says of each figure whether it is exact. */
    boolean[] add(List<Label> expected, List<Figure> read) {
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < expected.size(); i++) {
            for (int j = 0; j < read.size(); j++) {
                Label label = expected.get(i);
                Figure figure = read.get(j);
                int overlap = Math.min(label.end(), figure.span().end())
                        - Math.max(label.start(), figure.span().start());
                if (overlap > 0 && sameNumber(label, figure)) {
                    pairs.add(new Pair(grade(label, figure), overlap, i, j));
                }
            }
        }
        pairs.sort(Comparator.comparingInt(Pair::grade)
                .thenComparingInt(Pair::overlap)
                .reversed());
        boolean[] right = new boolean[read.size()];
        boolean[] usedLabels = new boolean[expected.size()];
        boolean[] usedFigures = new boolean[read.size()];
        for (Pair pair : pairs) {
            if (usedLabels[pair.label] || usedFigures[pair.figure]) {
                continue;
            }
            usedLabels[pair.label] = true;
            usedFigures[pair.figure] = true;
            found++;
            exact += pair.grade >= 2 ? 1 : 0;
            full += pair.grade >= 3 ? 1 : 0;
            right[pair.figure] = pair.grade >= 2;
            Figure figure = read.get(pair.figure);
            String day = figure.due() == null ? null : figure.due().toString();
            due += Objects.equals(day, expected.get(pair.label).due()) ? 1 : 0;
        }
        labels += expected.size();
        figures += read.size();
        return right;
    }

    void add(FigureScore other) {
        labels += other.labels;
        figures += other.figures;
        found += other.found;
        exact += other.exact;
        full += other.full;
        due += other.due;
    }

    double found() {
        return f1(found);
    }

    double exact() {
        return f1(exact);
    }

    double full() {
        return f1(full);
    }

    double due() {
        return found == 0 ? 0 : (double) due / found;
    }

    private double f1(int hits) {
        return labels + figures == 0 ? 0 : 2.0 * hits / (labels + figures);
    }

    private static int grade(Label label, Figure figure) {
        boolean same = label.kind().equals(figure.kind().name().toLowerCase(Locale.ROOT))
                && label.op().equals(figure.op().sign())
                && label.basis().equals(figure.basis().name().toLowerCase(Locale.ROOT));
        return !same ? 1 : agree(label.indicator(), figure.indicator()) >= INDICATOR ? 3 : 2;
    }

    private static boolean sameNumber(Label label, Figure figure) {
        if (!base(label.unit()).equals(base(figure.unit()))) {
            return false;
        }
        boolean hidden = label.masked() || label.value() == null;
        if (hidden || figure.masked() || figure.value() == null) {
            return hidden && (figure.masked() || figure.value() == null);
        }
        double a = Double.parseDouble(Objects.requireNonNull(label.value())) * factor(label.unit());
        double b = figure.value().doubleValue() * factor(figure.unit());
        return Math.abs(a - b) <= 1e-9 * Math.max(1, Math.max(Math.abs(a), Math.abs(b)));
    }

    /** F1 of the characters, order aside. */
    static double agree(String a, String b) {
        if (a.isEmpty() && b.isEmpty()) {
            return 1;
        }
        char[] left = a.toCharArray();
        char[] right = b.toCharArray();
        Arrays.sort(left);
        Arrays.sort(right);
        int common = 0;
        for (int i = 0, j = 0; i < left.length && j < right.length; ) {
            if (left[i] == right[j]) {
                common++;
                i++;
                j++;
            } else if (left[i] < right[j]) {
                i++;
            } else {
                j++;
            }
        }
        return 2.0 * common / (left.length + right.length);
    }

    private static boolean multiplies(String unit, int i) {
        return i < unit.length() && "亿万千百".indexOf(unit.charAt(i)) >= 0 && !unit.startsWith("百分", i);
    }

    static double factor(@Nullable String unit) {
        double f = 1;
        for (int i = 0; unit != null && multiplies(unit, i); i++) {
            char c = unit.charAt(i);
            f *= c == '亿' ? 1e8 : c == '万' ? 1e4 : c == '千' ? 1e3 : 1e2;
        }
        return f;
    }

    /** The unit without multipliers and with one way of writing. */
    static String base(@Nullable String unit) {
        if (unit == null) {
            return "";
        }
        int i = 0;
        while (multiplies(unit, i)) {
            i++;
        }
        String base = unit.substring(i).replace('％', '%');
        return base.equals("百分点") ? "个百分点" : base;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "found %.4f exact %.4f full %.4f due %.4f of %d labelled, %d read",
                found(),
                exact(),
                full(),
                due(),
                labels,
                figures);
    }
}
