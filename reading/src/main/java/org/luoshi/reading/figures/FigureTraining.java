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
import java.util.stream.Stream;
import org.luoshi.reading.Figure;
import org.luoshi.reading.Segment;
import org.luoshi.reading.figures.LabelledReport.Label;
import org.luoshi.reading.segments.SegmentReader;
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
 * the places left out as NAME.json; {@code --segments read} labels segments by the reader instead of taking their labels.
 * The same files give the same model to the byte.
 */
public final class FigureTraining {
    private static final String USAGE = "usage: FigureTraining --texts DIR[:DIR...] --labels DIR[:DIR...] [--judge DIR]"
            + " [--learn DIR[:DIR...]] [--segments read] [--predict DIR] [--out FILE]";
    private static final int ROUNDS = 30;
    private static final double DECAY = 2e-4;

    private FigureTraining() {}

    public static void main(String[] args) throws IOException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Map<String, String> options = new HashMap<>();
        for (int i = 0; i + 1 < args.length; i += 2) {
            options.put(args[i], args[i + 1]);
        }
        String texts = options.get("--texts");
        String labels = options.get("--labels");
        if (texts == null || labels == null) {
            out.println(USAGE);
            return;
        }
        List<Path> folders = paths(labels);
        Path judge = Path.of(options.getOrDefault("--judge", folders.getFirst().toString()));
        List<LabelledReport> reports = LabelledReport.readAll(folders, paths(texts));
        List<LabelledReport> learned = options.containsKey("--learn")
                ? LabelledReport.readAll(paths(options.getOrDefault("--learn", "")), paths(texts))
                : reports;
        boolean readSegments = "read".equals(options.get("--segments"));
        String predictions = options.get("--predict");
        List<double[]> said = new ArrayList<>();
        FigureScore apart = new FigureScore();
        FigureScore all = new FigureScore();
        for (LabelledReport report : reports) {
            LinearModel model = train(learned.stream()
                    .filter(other -> !other.place().equals(report.place()))
                    .toList());
            List<Segment> segments = readSegments ? read(report) : report.segments();
            List<Figure> figures = new FigureReader(model).figures(report.source(), report.outline(), segments);
            FigureScore score = new FigureScore();
            boolean[] right = score.add(report.labels(), figures);
            for (int i = 0; i < right.length; i++) {
                said.add(new double[] {figures.get(i).confidence(), right[i] ? 1 : 0});
            }
            boolean judged = Files.exists(judge.resolve(report.name() + ".figures.jsonl"));
            out.println((judged ? "* " : "  ") + report.name() + "  " + score);
            all.add(score);
            if (judged) {
                apart.add(score);
            }
            if (predictions != null) {
                Files.createDirectories(Path.of(predictions));
                Files.writeString(
                        Path.of(predictions).resolve(report.name() + ".json"), json(report, segments, figures));
            }
        }
        out.println("unseen places, judged reports  " + apart);
        out.println("unseen places, all reports     " + all);
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

    private static List<Path> paths(String folders) {
        return Stream.of(folders.split(":")).map(Path::of).toList();
    }

    private static List<Segment> read(LabelledReport report) {
        return new SegmentReader().read(report.source(), report.outline(), Segments.split(report.source()));
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
        double a = amount.value().doubleValue() * FigureScore.factor(amount.unit());
        double b = Math.abs(Double.parseDouble(value)) * FigureScore.factor(label.unit());
        return Math.abs(a - b) <= 1e-9 * Math.max(1, b);
    }

    /** The form of labels and scores, offsets in code points. */
    private static String json(LabelledReport report, List<Segment> segments, List<Figure> figures) {
        StringBuilder json = new StringBuilder("{\"segments\": [");
        for (Segment s : segments) {
            json.append(s.index() == 0 ? "" : ",\n")
                    .append("{\"i\": ")
                    .append(s.index())
                    .append(span(report, s.span().start(), s.span().end()))
                    .append(", \"label\": ")
                    .append(quoted(s.label().name().toLowerCase(Locale.ROOT)))
                    .append('}');
        }
        json.append("],\n\"figures\": [");
        for (int i = 0; i < figures.size(); i++) {
            Figure f = figures.get(i);
            json.append(i == 0 ? "" : ",\n")
                    .append("{\"kind\": ")
                    .append(quoted(f.kind().name().toLowerCase(Locale.ROOT)))
                    .append(span(report, f.span().start(), f.span().end()))
                    .append(", \"indicator\": ")
                    .append(quoted(f.indicator()))
                    .append(", \"op\": ")
                    .append(quoted(f.op().sign()))
                    .append(", \"value\": ")
                    .append(f.value() == null ? "null" : f.value().toPlainString())
                    .append(", \"value2\": ")
                    .append(f.value2() == null ? "null" : f.value2().toPlainString())
                    .append(", \"unit\": ")
                    .append(f.unit() == null ? "null" : quoted(f.unit()))
                    .append(", \"basis\": ")
                    .append(quoted(f.basis().name().toLowerCase(Locale.ROOT)))
                    .append(", \"masked\": ")
                    .append(f.masked())
                    .append(", \"time\": ")
                    .append(f.time() == null ? "null" : quoted(f.time()))
                    .append(", \"due\": ")
                    .append(f.due() == null ? "null" : quoted(f.due().toString()))
                    .append(", \"rule\": ")
                    .append(quoted(f.evidence().rule()))
                    .append(", \"p\": ")
                    .append(f.confidence())
                    .append('}');
        }
        return json.append("]}\n").toString();
    }

    private static String span(LabelledReport report, int start, int end) {
        return ", \"start\": " + report.source().codePoints(start) + ", \"end\": "
                + report.source().codePoints(end);
    }

    private static String quoted(String words) {
        StringBuilder json = new StringBuilder("\"");
        for (int i = 0; i < words.length(); i++) {
            char c = words.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ') {
                json.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }
}
