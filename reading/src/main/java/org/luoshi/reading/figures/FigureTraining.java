package org.luoshi.reading.figures;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.luoshi.reading.Figure;
import org.luoshi.reading.Segment;
import org.luoshi.reading.figures.LabelledReport.Label;
import org.luoshi.reading.labels.LabelFolders;
import org.luoshi.reading.segments.Confusion;
import org.luoshi.reading.segments.SegmentReader;
import org.luoshi.reading.segments.SegmentTraining;
import org.luoshi.reading.segments.Segments;

/**
 * Trains the model that decides what is a figure, and says how good the reader is on places that it has not seen.
 *
 * <pre>
 * java -cp reading/target/classes org.luoshi.reading.figures.FigureTraining \
 *     --texts ../shared/reports:../shared/corpus/reports --labels ../shared/gold:DIR \
 *     --out reading/src/main/resources/org/luoshi/reading/figures/figures.model
 * </pre>
 *
 * <p>{@code --judge DIR} names the folder of labels whose reports are reported on apart (the first of {@code --labels} where
 * it is not given); {@code --learn DIR[:DIR…]} learns from these folders only; {@code --predict DIR} writes what was read of
 * the places left out as NAME.json; {@code --segments read} labels segments by the shipped reader instead of taking their labels, {@code --segments unseen} by
 * one that is trained without the place: nothing of the place has been seen by any part then.
 * The same files give the same model to the byte.
 */
public final class FigureTraining {
    private static final String USAGE = "usage: FigureTraining " + LabelFolders.USAGE
            + " [--learn DIR[:DIR...]] [--segments read|unseen] [--predict DIR] [--out FILE]";
    private static final int ROUNDS = 30;
    private static final double DECAY = 2e-4;

    private FigureTraining() {}

    public static void main(String[] args) throws IOException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Map<String, String> options = LabelFolders.options(args);
        LabelFolders folders = LabelFolders.of(options);
        if (folders == null) {
            out.println(USAGE);
            return;
        }
        List<LabelledReport> reports = LabelledReport.readAll(folders);
        String learn = options.get("--learn");
        List<LabelledReport> learned = learn == null ? reports : LabelledReport.readAll(folders.labelledIn(learn));
        Function<LabelledReport, List<Segment>> segmenting = segmenting(options.get("--segments"), folders);
        String predictions = options.get("--predict");
        List<double[]> said = new ArrayList<>();
        FigureScore apart = new FigureScore();
        FigureScore further = new FigureScore();
        Confusion apartSegments = new Confusion();
        Confusion furtherSegments = new Confusion();
        for (LabelledReport report : reports) {
            LinearModel model = train(learned.stream()
                    .filter(other -> !other.place().equals(report.place()))
                    .toList());
            List<Segment> segments = segmenting.apply(report);
            Confusion confusion = confusion(report.segments(), segments);
            List<Figure> figures = new FigureReader(model).figures(report.source(), report.outline(), segments);
            FigureScore score = new FigureScore();
            boolean[] right = score.add(report.labels(), figures);
            for (int i = 0; i < right.length; i++) {
                said.add(new double[] {figures.get(i).confidence(), right[i] ? 1 : 0});
            }
            boolean judged = folders.isJudged(report.name());
            out.println((judged ? "* " : "  ") + report.name() + "  " + score);
            out.println("    segments " + confusion);
            (judged ? apart : further).add(score);
            (judged ? apartSegments : furtherSegments).add(confusion);
            if (predictions != null) {
                Files.createDirectories(Path.of(predictions));
                Files.writeString(
                        Path.of(predictions).resolve(report.name() + ".json"),
                        Prediction.json(report, segments, figures));
            }
        }
        out.println("unseen places, judged reports  " + apart);
        out.println("    segments " + apartSegments);
        out.println("unseen places, other reports   " + further);
        out.println("    segments " + furtherSegments);
        double[] confidence = new double[said.size()];
        boolean[] right = new boolean[said.size()];
        for (int i = 0; i < right.length; i++) {
            confidence[i] = said.get(i)[0];
            right[i] = said.get(i)[1] > 0;
        }
        double[] line = LinearModel.fit(confidence, right);
        out.printf(Locale.ROOT, "calibration slope %.4f shift %.4f%n", line[0], line[1]);
        LinearModel scale =
                LinearModel.train(new int[0][], new boolean[0], 0, 0).calibrated(line[0], line[1]);
        for (double[] one : said) {
            one[0] = scale.certainty(one[0]);
        }
        reliability(said, out);
        String file = options.get("--out");
        if (file != null) {
            try (OutputStream to = Files.newOutputStream(Path.of(file))) {
                train(learned).calibrated(line[0], line[1]).write(to);
            }
            out.println("model " + file + ", " + Files.size(Path.of(file)) + " bytes");
        }
    }

    /** Where the segments come from: the labels, the reader as it is shipped, or one that saw nothing of the place. */
    private static Function<LabelledReport, List<Segment>> segmenting(@Nullable String how, LabelFolders folders)
            throws IOException {
        if (how == null) {
            return LabelledReport::segments;
        }
        if (how.equals("read")) {
            SegmentReader reader = new SegmentReader();
            return report -> read(reader, report);
        }
        if (how.equals("unseen")) {
            SegmentTraining training = new SegmentTraining(folders, 1);
            Map<String, SegmentReader> readers = new HashMap<>();
            return report -> read(readers.computeIfAbsent(report.place(), training::without), report);
        }
        throw new IOException("--segments takes read or unseen, not " + how + ". " + USAGE);
    }

    private static List<Segment> read(SegmentReader reader, LabelledReport report) {
        return reader.read(report.source(), report.outline(), Segments.split(report.source()));
    }

    private static Confusion confusion(List<Segment> labelled, List<Segment> read) {
        Confusion confusion = new Confusion();
        for (int i = 0; i < labelled.size(); i++) {
            confusion.add(labelled.get(i).label(), read.get(i).label());
        }
        return confusion;
    }

    private static void reliability(List<double[]> said, PrintStream out) {
        double[] bounds = {0.6, 0.8, 0.9, 0.95, 0.98, 1.01};
        double from = 0;
        for (double to : bounds) {
            int count = 0;
            double sum = 0;
            double hits = 0;
            for (double[] one : said) {
                if (one[0] >= from && one[0] < to) {
                    count++;
                    sum += one[0];
                    hits += one[1];
                }
            }
            if (count > 0) {
                out.printf(Locale.ROOT, "  said %.3f  right %.3f  of %d%n", sum / count, hits / count, count);
            }
            from = to;
        }
    }

    static LinearModel train(List<LabelledReport> reports) {
        List<int[]> examples = new ArrayList<>();
        List<Boolean> answers = new ArrayList<>();
        Features features = new Features();
        AmountScanner scanner = new AmountScanner();
        List<Amount> amounts = new ArrayList<>();
        for (LabelledReport report : reports) {
            String text = report.source().text();
            Roles roles = new Roles(report.outline(), text);
            boolean[] used = new boolean[report.labels().size()];
            for (Segment segment : report.segments()) {
                int from = segment.span().start();
                int to = segment.span().end();
                amounts.clear();
                scanner.scan(text, from, to, amounts);
                var role = roles.at(from);
                for (int k = 0; k < amounts.size(); k++) {
                    features.fill(text, from, to, amounts, k, segment.label(), role);
                    examples.add(features.copy());
                    answers.add(match(amounts.get(k), report.labels(), used));
                }
            }
        }
        boolean[] labels = new boolean[answers.size()];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = answers.get(i);
        }
        return LinearModel.train(examples.toArray(int[][]::new), labels, ROUNDS, DECAY);
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
        String value = label.value();
        if (amount.masked() != label.masked()
                || !FigureScore.base(amount.unit()).equals(FigureScore.base(label.unit()))) {
            return false;
        }
        if (amount.value() == null || value == null) {
            return true;
        }
        double a = Math.abs(amount.value().doubleValue()) * FigureScore.factor(amount.unit());
        double b = Math.abs(Double.parseDouble(value)) * FigureScore.factor(label.unit());
        return Math.abs(a - b) <= 1e-9 * Math.max(1, b);
    }
}
