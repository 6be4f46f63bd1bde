package org.luoshi.reading.segments;

import org.luoshi.reading.SegmentLabel;

/**
 * Turns the model's own probability into how often it is right: {@code 1 / (1 + exp(-(slope * logit(p) + shift)))}, fitted
 * on reports of places that the model had not seen (Platt 1999).
 *
 * @param talk how much likelier than the model says talk is on such reports: most phrases of talk are told from promises by
 *     words that a new place may put differently
 */
record Calibration(double slope, double shift, double talk) {
    static final Calibration NONE = new Calibration(1, 0, 1);

    /** Nobody is ever wholly sure. */
    private static final double CLOSEST = 1e-4;

    private static final int ROUNDS = 60;

    double of(double probability) {
        double confidence = 1 / (1 + Math.exp(-(slope * logit(probability) + shift)));
        return Math.min(1 - CLOSEST, Math.max(CLOSEST, confidence));
    }

    /** Gives talk its due, in place; each place's probabilities still add up. */
    void balance(double[] probability) {
        for (int at = 0; at < probability.length; at += SegmentModel.LABELS) {
            int talkAt = at + SegmentLabel.TALK.ordinal();
            double sum = 1 + (talk - 1) * probability[talkAt];
            probability[talkAt] *= talk;
            for (int y = at; y < at + SegmentModel.LABELS; y++) {
                probability[y] /= sum;
            }
        }
    }

    private static double logit(double probability) {
        double p = Math.min(1 - 1e-6, Math.max(1e-6, probability));
        return Math.log(p / (1 - p));
    }

    /** Fits by Newton's method; {@code right[i]} tells whether the label given with {@code probability[i]} was right. */
    static Calibration fit(double[] probability, boolean[] right, double talk) {
        double slope = 1;
        double shift = 0;
        for (int round = 0; round < ROUNDS; round++) {
            double gSlope = 1e-6 * (slope - 1);
            double gShift = 0;
            double hSlope = 1e-3;
            double hBoth = 0;
            double hShift = 1e-3;
            for (int i = 0; i < probability.length; i++) {
                double x = logit(probability[i]);
                double q = 1 / (1 + Math.exp(-(slope * x + shift)));
                double miss = q - (right[i] ? 1 : 0);
                double weight = q * (1 - q);
                gSlope += miss * x;
                gShift += miss;
                hSlope += weight * x * x;
                hBoth += weight * x;
                hShift += weight;
            }
            double det = hSlope * hShift - hBoth * hBoth;
            if (Math.abs(det) < 1e-9) {
                break;
            }
            double toSlope = (hShift * gSlope - hBoth * gShift) / det;
            double toShift = (hSlope * gShift - hBoth * gSlope) / det;
            double before = loss(probability, right, slope, shift);
            double share = 1;
            // A full step may leap over the valley.
            while (share > 1e-6
                    && loss(probability, right, slope - share * toSlope, shift - share * toShift) > before) {
                share /= 2;
            }
            slope -= share * toSlope;
            shift -= share * toShift;
        }
        return new Calibration(slope, shift, talk);
    }

    private static double loss(double[] probability, boolean[] right, double slope, double shift) {
        double loss = 0;
        for (int i = 0; i < probability.length; i++) {
            double x = slope * logit(probability[i]) + shift;
            loss += Math.log1p(Math.exp(-Math.abs(x))) + Math.max(0, right[i] ? -x : x);
        }
        return loss;
    }
}
