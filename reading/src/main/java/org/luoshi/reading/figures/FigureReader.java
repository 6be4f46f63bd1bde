package org.luoshi.reading.figures;

import java.util.ArrayList;
import java.util.List;
import org.luoshi.reading.Evidence;
import org.luoshi.reading.Figure;
import org.luoshi.reading.Outline;
import org.luoshi.reading.Segment;
import org.luoshi.reading.SegmentLabel;
import org.luoshi.reading.SourceText;
import org.luoshi.reading.Span;
import org.luoshi.reading.outline.Stops;

/** Reads the figures of a report from its text, its outline and its labelled segments. */
public final class FigureReader {
    private static final class Standard {
        static final FigureReader READER = new FigureReader(LinearModel.load("figures.model"));
    }

    private static final double THRESHOLD = 0.5;
    private static final double SURE_TALK = 0.9;
    /** Words of time are looked for this far back; sentences are shorter. */
    private static final int SENTENCE = 2000;

    private final LinearModel model;

    FigureReader(LinearModel model) {
        this.model = model;
    }

    /**
     * The figures in the order of the text. Texts of any kind are read without an exception, in time that grows with
     * their length.
     */
    public static List<Figure> read(SourceText source, Outline outline, List<Segment> segments) {
        return Standard.READER.figures(source, outline, segments);
    }

    List<Figure> figures(SourceText source, Outline outline, List<Segment> segments) {
        List<Figure> figures = new ArrayList<>();
        String text = source.text();
        Roles roles = new Roles(outline, text);
        AmountScanner scanner = new AmountScanner();
        Features features = new Features();
        List<Amount> amounts = new ArrayList<>();
        List<Amount> kept = new ArrayList<>();
        double[] probability = new double[16];
        int sentence = 0;
        for (int s = 0; s < segments.size(); s++) {
            Segment segment = segments.get(s);
            int from = segment.span().start();
            int to = segment.span().end();
            if (s == 0 || endsSentence(text, segments.get(s - 1).span().end(), from)) {
                sentence = from;
            }
            amounts.clear();
            scanner.scan(text, from, to, amounts);
            if (amounts.isEmpty()) {
                continue;
            }
            Outline.Role role = roles.at(from);
            if (role == Outline.Role.GLOSSARY) {
                continue;
            }
            kept.clear();
            if (probability.length < amounts.size()) {
                probability = new double[amounts.size() * 2];
            }
            for (int k = 0; k < amounts.size(); k++) {
                features.fill(text, from, to, amounts, k, segment.label(), role);
                probability[k] = model.probability(features);
            }
            standTogether(text, amounts, probability);
            for (int k = 0; k < amounts.size(); k++) {
                if (probability[k] >= THRESHOLD) {
                    probability[kept.size()] = model.certainty(probability[k]) * segment.confidence();
                    kept.add(amounts.get(k));
                }
            }
            if (!kept.isEmpty()) {
                write(text, segment, sentence, kept, probability, roles, role, figures);
            }
        }
        return figures;
    }

    /** The members of a list of numbers are figures all or none: 第一、二、三位, 12亿元、9亿元. */
    private static void standTogether(String text, List<Amount> amounts, double[] probability) {
        for (int k = 1; k < amounts.size(); k++) {
            if (listed(text, amounts.get(k - 1), amounts.get(k))) {
                probability[k] = Math.max(probability[k], probability[k - 1]);
            }
        }
        for (int k = amounts.size() - 1; k > 0; k--) {
            if (listed(text, amounts.get(k - 1), amounts.get(k))) {
                probability[k - 1] = Math.max(probability[k - 1], probability[k]);
            }
        }
    }

    private static boolean listed(String text, Amount a, Amount b) {
        int gap = b.start() - a.end();
        return gap == 1
                && a.sort() == b.sort()
                && a.rank() == b.rank()
                && (text.charAt(a.end()) == '、' || text.charAt(a.end()) == '和');
    }

    private static boolean endsSentence(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c == '。' || c == '！' || c == '？' || c == '!' || c == '?' || c == '\n' || c == '\r') {
                return true;
            }
        }
        return false;
    }

    private static void write(
            String text,
            Segment segment,
            int sentence,
            List<Amount> kept,
            double[] probability,
            Roles roles,
            Outline.Role role,
            List<Figure> figures) {
        int to = segment.span().end();
        int from = Stops.afterMarker(text, segment.span().start(), to);
        IndicatorFinder indicators = new IndicatorFinder(text, from, to, kept);
        TimeScope times = TimeScope.of(text, Math.max(sentence, from - SENTENCE), to);
        // What is doubtful talk but holds a figure is taken as its section is meant.
        boolean goal = segment.label() == SegmentLabel.COMMIT
                || segment.label() == SegmentLabel.TALK
                        && segment.confidence() < SURE_TALK
                        && (role == Outline.Role.TASKS || role == Outline.Role.GOALS);
        for (int k = 0; k < kept.size(); k++) {
            Amount amount = kept.get(k);
            Figure.Op op = amount.op(goal, indicators.sharedLeft(k), indicators.sharedRight(k));
            boolean falls = indicators.falls(k);
            if (falls && op == Figure.Op.AT_LEAST) {
                // A fall of at least 3 per cent is a growth of at most -3.
                op = Figure.Op.AT_MOST;
            }
            Figure.Basis basis = indicators.basis(k);
            IndicatorFinder.Found found = indicators.at(k);
            TimeScope.Time time = times.inForce(
                    amount.start(),
                    Features.clauseEnd(text, to, amount.end()),
                    roles.ownYear(role, goal),
                    roles.thisYear(),
                    goal);
            figures.add(new Figure(
                    new Span(found.start(), found.end()),
                    new Span(amount.numberStart(), amount.numberEnd()),
                    segment.index(),
                    goal ? Figure.Kind.TARGET : Figure.Kind.ACHIEVED,
                    found.indicator(),
                    op,
                    falls && amount.value() != null ? amount.value().negate() : amount.value(),
                    amount.value2(),
                    amount.unit(),
                    basis,
                    amount.masked(),
                    time == null ? null : time.words().of(text),
                    time == null ? null : time.due(),
                    goal && k > 0 && stretches(text, from, kept, k, indicators),
                    probability[k],
                    new Evidence("figure." + found.rule(), new Span(amount.start(), amount.end()), "")));
        }
    }

    private static final String[] STRETCH = {"力争", "争取", "冲刺", "努力", "奋力"};

    /** 确保6%、力争8%: a second goal for what has one already. */
    private static boolean stretches(String text, int from, List<Amount> kept, int k, IndicatorFinder indicators) {
        boolean same = indicators.at(k).indicator().equals(indicators.at(k - 1).indicator())
                && indicators.basis(k) == indicators.basis(k - 1)
                && java.util.Objects.equals(kept.get(k).unit(), kept.get(k - 1).unit());
        if (!same) {
            return false;
        }
        int start = Math.max(from, kept.get(k - 1).end());
        String between = text.substring(start, Math.max(start, kept.get(k).start()));
        for (String word : STRETCH) {
            if (between.contains(word)) {
                return true;
            }
        }
        return false;
    }
}
