package org.luoshi.reading.segments;

import org.jspecify.annotations.Nullable;

/** Forward and backward over a chain of labels, in factors that are scaled at every place: linear in its length. */
final class Chain {
    private static final int LABELS = SegmentModel.LABELS;
    private static final int PAIRS = LABELS * LABELS;

    /** Smaller factors would let a product of two vanish. */
    private static final double SMALLEST = 1e-60;

    private Chain() {}

    /**
     * The probability of each label at each place.
     *
     * @param scores the labels of place 0, of place 1, …; turned into factors
     * @param steps factors of {@link SegmentModel#steps()}
     * @param contexts the context of the step that leads to each place
     * @param pairs where given, takes the probability of each pair of labels at a place and the one before
     */
    static double[] marginals(double[] scores, double[] steps, int[] contexts, double @Nullable [] pairs) {
        int size = contexts.length;
        double[] forward = new double[scores.length];
        for (int i = 0; i < size; i++) {
            int at = i * LABELS;
            factors(scores, at);
            int step = contexts[i] * PAIRS;
            for (int to = 0; to < LABELS; to++) {
                double in = 1;
                if (i > 0) {
                    in = 0;
                    for (int from = 0; from < LABELS; from++) {
                        in += forward[at - LABELS + from] * steps[step + from * LABELS + to];
                    }
                }
                forward[at + to] = in * scores[at + to];
            }
            scale(forward, at);
        }
        double[] backward = new double[scores.length];
        for (int i = size - 1; i >= 0; i--) {
            int at = i * LABELS;
            int next = at + LABELS;
            for (int from = 0; from < LABELS; from++) {
                double out = 1;
                if (i + 1 < size) {
                    int step = contexts[i + 1] * PAIRS + from * LABELS;
                    out = 0;
                    for (int to = 0; to < LABELS; to++) {
                        out += steps[step + to] * scores[next + to] * backward[next + to];
                    }
                }
                backward[at + from] = out;
            }
            scale(backward, at);
        }
        if (pairs != null) {
            pairs(forward, backward, scores, steps, contexts, pairs);
        }
        for (int i = 0; i < forward.length; i++) {
            forward[i] *= backward[i];
        }
        for (int at = 0; at < forward.length; at += LABELS) {
            scale(forward, at);
        }
        return forward;
    }

    private static void pairs(
            double[] forward, double[] backward, double[] scores, double[] steps, int[] contexts, double[] pairs) {
        for (int i = 1; i < contexts.length; i++) {
            int at = i * LABELS;
            double sum = 0;
            for (int from = 0; from < LABELS; from++) {
                for (int to = 0; to < LABELS; to++) {
                    double both = forward[at - LABELS + from]
                            * steps[contexts[i] * PAIRS + from * LABELS + to]
                            * scores[at + to]
                            * backward[at + to];
                    pairs[i * PAIRS + from * LABELS + to] = both;
                    sum += both;
                }
            }
            for (int k = 0; k < PAIRS; k++) {
                pairs[i * PAIRS + k] /= sum;
            }
        }
    }

    private static void factors(double[] scores, int at) {
        double most = Math.max(scores[at], Math.max(scores[at + 1], scores[at + 2]));
        for (int y = at; y < at + LABELS; y++) {
            scores[y] = Math.max(SMALLEST, Math.exp(scores[y] - most));
        }
    }

    private static void scale(double[] values, int at) {
        double sum = values[at] + values[at + 1] + values[at + 2];
        for (int y = at; y < at + LABELS; y++) {
            values[y] /= sum;
        }
    }
}
