package org.luoshi.reading.segments;

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
import java.util.TreeSet;
import org.luoshi.reading.labels.LabelFolders;

/**
 * Trains the model of {@link SegmentReader}, and says how good it is on places that it has not seen.
 *
 * <pre>
 * java -cp reading/target/classes org.luoshi.reading.segments.SegmentTraining \
 *     --texts ../shared/reports:../shared/corpus/reports --labels ../shared/gold:DIR \
 *     --out reading/src/main/resources/org/luoshi/reading/segments/segments.model
 * </pre>
 *
 * <p>{@code --judge DIR} names the folder of labels whose reports are reported on apart (the first of {@code --labels} where
 * it is not given); {@code --seed N} (1 where not given). One place after another is left out; what the models say of the
 * places left out gives the figures and the calibration; then all places together give the model.
 */
public final class SegmentTraining {
    private static final String USAGE = "usage: SegmentTraining " + LabelFolders.USAGE + " [--seed N] [--out FILE]";
    private static final int BINS = 10;
    private static final int TALK_STEPS = 7;
    private static final double TALK_STEP = 0.2;

    private final LabelFolders folders;
    private final List<LabelledText> texts;
    private final SpreadCount counts;
    private final long seed;

    /** Reads the labelled segments of the folders; {@code seed} decides the order of learning. */
    public SegmentTraining(LabelFolders folders, long seed) throws IOException {
        this.folders = folders;
        texts = LabelledText.readAll(folders);
        this.seed = seed;
        counts = new SpreadCount(texts);
    }

    /** What the model of all other places says of a report. */
    private record Judged(LabelledText text, double[] probability) {
        int given(int i) {
            return SegmentReader.best(probability, i * SegmentModel.LABELS);
        }

        Confusion confusion() {
            Confusion confusion = new Confusion();
            for (int i = 0; i < text.labels().length; i++) {
                confusion.add(text.labels()[i], given(i));
            }
            return confusion;
        }
    }

    public static void main(String[] args) throws IOException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Map<String, String> options = LabelFolders.options(args);
        LabelFolders folders = LabelFolders.of(options);
        if (folders == null) {
            out.println(USAGE);
            return;
        }
        SegmentTraining training = new SegmentTraining(folders, Long.parseLong(options.getOrDefault("--seed", "1")));
        SegmentModel model = training.run(out);
        String file = options.get("--out");
        if (file != null) {
            try (OutputStream to = Files.newOutputStream(Path.of(file))) {
                model.write(to);
            }
            out.println("model " + file + ", " + Files.size(Path.of(file)) + " bytes");
        }
    }

    private SegmentModel run(PrintStream out) {
        List<Judged> unseen = new TreeSet<>(
                        texts.stream().map(LabelledText::place).toList())
                .parallelStream().map(this::leaveOut).toList().stream()
                        .flatMap(List::stream)
                        .toList();
        double talk = talk(unseen);
        out.printf(Locale.ROOT, "talk is %.2f times as likely as the models say%n", talk);
        unseen.forEach(text -> new Calibration(1, 0, talk).balance(text.probability));
        Confusion all = new Confusion();
        Confusion apart = new Confusion();
        for (Judged text : unseen) {
            Confusion confusion = text.confusion();
            all.add(confusion);
            boolean isJudged = folders.isJudged(text.text.name());
            if (isJudged) {
                apart.add(confusion);
            }
            out.println((isJudged ? "* " : "  ") + text.text.name() + "  " + confusion);
        }
        out.println("unseen places, judged reports  " + apart + "  " + apart.counts());
        out.println("unseen places, all reports     " + all + "  " + all.counts());
        Calibration calibration = calibrate(unseen, talk, out);
        List<ChainTrainer.Example> examples = new ArrayList<>();
        for (LabelledText text : texts) {
            examples.add(ChainTrainer.Example.of(text, counts.without(text.place())));
        }
        SegmentModel model = ChainTrainer.train(examples, seed, counts.without(), calibration);
        Confusion seen = new Confusion();
        for (LabelledText text : texts) {
            if (folders.isJudged(text.name())) {
                seen.add(judge(text, model).confusion());
            }
        }
        out.println("judged reports, seen           " + seen);
        return model;
    }

    /** A reader that has seen nothing of a place, calibrated as the shipped one. */
    public SegmentReader without(String place) {
        return new SegmentReader(learn(place, SegmentModel.load().calibration()));
    }

    private SegmentModel learn(String place, Calibration calibration) {
        Map<String, Spread> spreads = new HashMap<>();
        List<ChainTrainer.Example> examples = new ArrayList<>();
        for (LabelledText text : texts) {
            if (!text.place().equals(place)) {
                Spread spread = spreads.computeIfAbsent(text.place(), own -> counts.without(own, place));
                examples.add(ChainTrainer.Example.of(text, spread));
            }
        }
        return ChainTrainer.train(examples, seed, counts.without(place), calibration);
    }

    private List<Judged> leaveOut(String place) {
        SegmentModel model = learn(place, Calibration.NONE);
        return texts.stream()
                .filter(text -> text.place().equals(place))
                .map(text -> judge(text, model))
                .toList();
    }

    private static Judged judge(LabelledText text, SegmentModel model) {
        int size = text.labels().length;
        double[] scores = new double[size * SegmentModel.LABELS];
        int[] contexts = new int[size];
        Features features = new Features(model.spread());
        for (int i = 0; i < size; i++) {
            features.read(text.layout(), i);
            model.score(features, scores, i * SegmentModel.LABELS);
            contexts[i] = SegmentModel.context(text.layout(), i);
        }
        return new Judged(text, model.probabilities(scores, contexts));
    }

    /** The factor for talk that labels unseen places best. */
    private static double talk(List<Judged> unseen) {
        double best = 1;
        double most = 0;
        for (int step = 0; step <= TALK_STEPS; step++) {
            double talk = Math.exp(step * TALK_STEP);
            Confusion confusion = new Confusion();
            for (Judged text : unseen) {
                double[] probability = text.probability.clone();
                new Calibration(1, 0, talk).balance(probability);
                confusion.add(new Judged(text.text, probability).confusion());
            }
            if (confusion.macroF1() > most) {
                most = confusion.macroF1();
                best = talk;
            }
        }
        return best;
    }

    private static Calibration calibrate(List<Judged> unseen, double talk, PrintStream out) {
        int size = unseen.stream().mapToInt(text -> text.text.labels().length).sum();
        double[] probability = new double[size];
        boolean[] right = new boolean[size];
        int at = 0;
        for (Judged text : unseen) {
            for (int i = 0; i < text.text.labels().length; i++) {
                int given = text.given(i);
                probability[at] = text.probability[i * SegmentModel.LABELS + given];
                right[at++] = given == text.text.labels()[i];
            }
        }
        Calibration calibration = Calibration.fit(probability, right, talk);
        int[] counts = new int[BINS];
        int[] hits = new int[BINS];
        double[] stated = new double[BINS];
        for (int i = 0; i < size; i++) {
            double confidence = calibration.of(probability[i]);
            int bin = Math.min(BINS - 1, (int) (confidence * BINS));
            counts[bin]++;
            hits[bin] += right[i] ? 1 : 0;
            stated[bin] += confidence;
        }
        out.printf(Locale.ROOT, "calibration slope %.4f shift %.4f%n", calibration.slope(), calibration.shift());
        for (int bin = 0; bin < BINS; bin++) {
            if (counts[bin] > 0) {
                out.printf(
                        Locale.ROOT,
                        "  said %.3f  right %.3f  of %d%n",
                        stated[bin] / counts[bin],
                        (double) hits[bin] / counts[bin],
                        counts[bin]);
            }
        }
        return calibration;
    }
}
