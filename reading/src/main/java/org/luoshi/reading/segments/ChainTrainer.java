package org.luoshi.reading.segments;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Learns a {@link SegmentModel} as a conditional random field (Lafferty and others 2001): AdaGrad over short stretches of
 * the reports, features dropped at random so that no single word decides, weights averaged over the second half. The same
 * reports in the same order with the same seed give the same model.
 */
final class ChainTrainer {
    private static final int LABELS = SegmentModel.LABELS;
    private static final int PAIRS = LABELS * LABELS;
    private static final int ROUNDS = 18;
    private static final int STRETCH = 16;
    private static final double RATE = 0.05;
    private static final double DECAY = 1e-4;
    private static final double DROPPED = 0.6;
    private static final int DROP_BITS = 1 << 16;
    /** Weights beyond this share of all are cut: a few large ones must not coarsen the rounding of all others. */
    private static final double KEPT = 0.9999;

    private final List<Example> examples;
    private final Random random;
    private long noise;
    private final float[] weights = new float[LABELS << Features.BITS];
    private final float[] squares = new float[weights.length];
    private final double[] sum = new double[weights.length];
    private final float[] moves = new float[SegmentModel.CONTEXTS * PAIRS];
    private final float[] moveSquares = new float[moves.length];
    private final double[] moveSum = new double[moves.length];
    private final double[] steps = new double[moves.length];

    /** The features of all segments of a report. */
    record Example(String place, int[][] ids, int[] kept, int[] grams, int[] contexts, byte[] labels) {
        /** Leaves out what is found in one place only: it tells nothing of other places. */
        static List<Example> shared(List<Example> examples) {
            Map<String, Integer> places = new HashMap<>();
            long[] seen = new long[1 << Features.BITS];
            for (Example example : examples) {
                long place = 1L << places.computeIfAbsent(example.place, name -> places.size());
                for (int[] segment : example.ids) {
                    for (int id : segment) {
                        seen[id] |= place;
                    }
                }
            }
            return examples.stream().map(example -> example.only(seen)).toList();
        }

        private Example only(long[] seen) {
            int[][] fewer = new int[ids.length][];
            int[] keptGrams = new int[ids.length];
            for (int i = 0; i < ids.length; i++) {
                int[] left = new int[ids[i].length];
                int count = 0;
                for (int k = 0; k < ids[i].length; k++) {
                    if (k == kept[i]) {
                        keptGrams[i] = count;
                    }
                    if (Long.bitCount(seen[ids[i][k]]) > 1) {
                        left[count++] = ids[i][k];
                    }
                }
                fewer[i] = Arrays.copyOf(left, count);
            }
            return new Example(place, fewer, keptGrams, grams, contexts, labels);
        }

        static Example of(LabelledText text, Spread spread) {
            int size = text.labels().length;
            int[][] ids = new int[size][];
            int[] grams = new int[size];
            int[] contexts = new int[size];
            Features features = new Features(spread);
            for (int i = 0; i < size; i++) {
                features.read(text.layout(), i);
                ids[i] = Arrays.copyOf(features.ids, features.count);
                grams[i] = features.grams;
                contexts[i] = SegmentModel.context(text.layout(), i);
            }
            return new Example(text.place(), ids, grams, grams, contexts, text.labels());
        }
    }

    private record Stretch(Example example, int from, int to) {}

    private ChainTrainer(List<Example> examples, long seed) {
        this.examples = examples;
        random = new Random(seed);
        noise = seed * 0x9E3779B97F4A7C15L | 1;
    }

    static SegmentModel train(List<Example> examples, long seed, Spread spread, Calibration calibration) {
        return new ChainTrainer(Example.shared(examples), seed).run(spread, calibration);
    }

    private SegmentModel run(Spread spread, Calibration calibration) {
        List<Stretch> stretches = new ArrayList<>();
        for (Example example : examples) {
            for (int from = 0; from < example.labels.length; from += STRETCH) {
                stretches.add(new Stretch(example, from, Math.min(example.labels.length, from + STRETCH)));
            }
        }
        int kept = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Collections.shuffle(stretches, random);
            stretches.forEach(this::learn);
            if (round >= ROUNDS / 2) {
                kept++;
                for (int i = 0; i < weights.length; i++) {
                    sum[i] += weights[i];
                }
                for (int i = 0; i < moves.length; i++) {
                    moveSum[i] += moves[i];
                }
            }
        }
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) (sum[i] / kept);
        }
        for (int i = 0; i < moves.length; i++) {
            moves[i] = (float) (moveSum[i] / kept);
        }
        return rounded(spread, calibration);
    }

    private SegmentModel rounded(Spread spread, Calibration calibration) {
        float[] sizes = new float[weights.length];
        for (int i = 0; i < weights.length; i++) {
            sizes[i] = Math.abs(weights[i]);
        }
        Arrays.sort(sizes);
        float unit = Math.max(1e-6f, sizes[(int) (KEPT * (sizes.length - 1))] / Byte.MAX_VALUE);
        byte[] bytes = new byte[weights.length];
        for (int i = 0; i < weights.length; i++) {
            bytes[i] = (byte) Math.clamp(Math.round(weights[i] / unit), -Byte.MAX_VALUE, Byte.MAX_VALUE);
        }
        return new SegmentModel(bytes, unit, moves, spread, calibration);
    }

    private void learn(Stretch stretch) {
        Example example = stretch.example;
        int size = stretch.to - stretch.from;
        boolean[][] dropped = new boolean[size][];
        double[] scores = new double[size * LABELS];
        for (int i = 0; i < size; i++) {
            int[] ids = example.ids[stretch.from + i];
            dropped[i] = drop(ids.length);
            int segment = stretch.from + i;
            score(ids, example.kept[segment], example.grams[segment], dropped[i], scores, i * LABELS);
        }
        for (int i = 0; i < moves.length; i++) {
            steps[i] = Math.exp(moves[i]);
        }
        int[] contexts = Arrays.copyOfRange(example.contexts, stretch.from, stretch.to);
        double[] pairs = new double[size * PAIRS];
        double[] expected = Chain.marginals(scores, steps, contexts, pairs);
        double[] slope = new double[LABELS];
        for (int i = 0; i < size; i++) {
            int segment = stretch.from + i;
            int label = example.labels[segment];
            for (int y = 0; y < LABELS; y++) {
                slope[y] = expected[i * LABELS + y] - (label == y ? 1 : 0);
            }
            update(example.ids[segment], example.kept[segment], example.grams[segment], dropped[i], slope);
            if (i > 0) {
                int before = example.labels[segment - 1];
                for (int pair = 0; pair < PAIRS; pair++) {
                    boolean seen = before == pair / LABELS && label == pair % LABELS;
                    move(contexts[i] * PAIRS + pair, pairs[i * PAIRS + pair] - (seen ? 1 : 0));
                }
            }
        }
    }

    private boolean[] drop(int features) {
        boolean[] dropped = new boolean[features];
        int limit = (int) (DROPPED * DROP_BITS);
        for (int k = 0; k < features; k++) {
            noise ^= noise << 13;
            noise ^= noise >>> 7;
            noise ^= noise << 17;
            dropped[k] = (noise & (DROP_BITS - 1)) < limit;
        }
        return dropped;
    }

    private void score(int[] ids, int kept, int grams, boolean[] dropped, double[] scores, int at) {
        // What is kept speaks as loud as all would.
        double gram = SegmentModel.gramValue(grams) / (1 - DROPPED);
        double mark = 1 / (1 - DROPPED);
        for (int k = 0; k < ids.length; k++) {
            if (!dropped[k]) {
                double value = k < kept ? gram : mark;
                int p = ids[k] * LABELS;
                for (int y = 0; y < LABELS; y++) {
                    scores[at + y] += weights[p + y] * value;
                }
            }
        }
    }

    private void update(int[] ids, int kept, int grams, boolean[] dropped, double[] slope) {
        // What is kept speaks as loud as all would.
        double gram = SegmentModel.gramValue(grams) / (1 - DROPPED);
        double mark = 1 / (1 - DROPPED);
        for (int k = 0; k < ids.length; k++) {
            if (!dropped[k]) {
                double value = k < kept ? gram : mark;
                int p = ids[k] * LABELS;
                for (int y = p; y < p + LABELS; y++) {
                    double g = slope[y - p] * value + DECAY * weights[y];
                    squares[y] += (float) (g * g);
                    weights[y] -= (float) (RATE * g / (Math.sqrt(squares[y]) + 1e-3));
                }
            }
        }
    }

    private void move(int at, double slope) {
        double g = slope + DECAY * moves[at];
        moveSquares[at] += (float) (g * g);
        moves[at] -= (float) (RATE * g / (Math.sqrt(moveSquares[at]) + 1e-3));
    }
}
