package org.luoshi.reading.figures;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;

/**
 * A logistic regression over hashed yes-no features. Weights are kept as bytes with one scale, which makes the file
 * small and the result the same on every machine.
 */
final class LinearModel {
    static final int BITS = 16;
    private static final int MAGIC = 0x4c463032;

    private final byte[] weights;
    private final float scale;
    private final float slope;
    private final float shift;

    private LinearModel(byte[] weights, float scale, float slope, float shift) {
        this.weights = weights;
        this.scale = scale;
        this.slope = slope;
        this.shift = shift;
    }

    /**
     * The same model with what its probabilities were worth on texts that it had not seen.
     *
     * @param slope and {@code shift}: the line from the log-odds said to the log-odds seen
     */
    LinearModel calibrated(double slope, double shift) {
        return new LinearModel(weights, scale, (float) slope, (float) shift);
    }

    /** The share of figures that were right where the model said {@code probability}. */
    double certainty(double probability) {
        return 1 / (1 + Math.exp(-(slope * logOdds(probability) + shift)));
    }

    private static double logOdds(double probability) {
        double p = Math.clamp(probability, 1e-6, 1 - 1e-6);
        return Math.log(p / (1 - p));
    }

    /** Slope and shift that fit the probabilities said to what was right. */
    static double[] fit(double[] said, boolean[] right) {
        double slope = 1;
        double shift = 0;
        for (int round = 0; round < 4000; round++) {
            double bySlope = 0;
            double byShift = 0;
            for (int i = 0; i < said.length; i++) {
                double x = logOdds(said[i]);
                double error = (right[i] ? 1 : 0) - 1 / (1 + Math.exp(-(slope * x + shift)));
                bySlope += error * x;
                byShift += error;
            }
            slope += 0.02 * bySlope / said.length;
            shift += 0.2 * byShift / said.length;
        }
        return new double[] {slope, shift};
    }

    static LinearModel load(String resource) {
        try (var stream = LinearModel.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IllegalStateException(
                        "The model " + resource + " is missing from the package; train it (docs/reading.md).");
            }
            var in = new DataInputStream(stream);
            int magic = in.readInt();
            if (magic != MAGIC) {
                throw new IllegalStateException("The model " + resource + " is of another form: " + magic);
            }
            float scale = in.readFloat();
            float slope = in.readFloat();
            float shift = in.readFloat();
            byte[] weights = in.readNBytes(1 << BITS);
            return new LinearModel(Arrays.copyOf(weights, 1 << BITS), scale, slope, shift);
        } catch (IOException e) {
            throw new UncheckedIOException("The model " + resource + " cannot be read", e);
        }
    }

    void write(OutputStream stream) throws IOException {
        var out = new DataOutputStream(stream);
        out.writeInt(MAGIC);
        out.writeFloat(scale);
        out.writeFloat(slope);
        out.writeFloat(shift);
        out.write(weights);
        out.flush();
    }

    /** The probability of yes, 0..1, for the features set. */
    double probability(Features features) {
        int sum = 0;
        for (int i = 0; i < features.size; i++) {
            sum += weights[features.index[i]];
        }
        return 1 / (1 + Math.exp(-sum * scale));
    }

    /**
     * Learns from examples; the same examples in the same order give the same model.
     *
     * @param examples hashed features of each example
     * @param labels whether the answer is yes
     * @param rounds passes over the examples
     * @param decay strength of the pull towards nought
     */
    static LinearModel train(int[][] examples, boolean[] labels, int rounds, double decay) {
        double[] w = new double[1 << BITS];
        double[] seen = new double[1 << BITS];
        int[] order = new int[examples.length];
        Arrays.setAll(order, i -> i);
        var random = new java.util.Random(20);
        for (int round = 0; round < rounds; round++) {
            for (int i = order.length - 1; i > 0; i--) {
                int j = random.nextInt(i + 1);
                int swap = order[i];
                order[i] = order[j];
                order[j] = swap;
            }
            for (int at : order) {
                double sum = 0;
                for (int f : examples[at]) {
                    sum += w[f];
                }
                double error = (labels[at] ? 1 : 0) - 1 / (1 + Math.exp(-sum));
                for (int f : examples[at]) {
                    double gradient = error - decay * w[f];
                    seen[f] += gradient * gradient;
                    w[f] += 0.2 * gradient / Math.sqrt(1e-6 + seen[f]);
                }
            }
        }
        double largest = 1e-9;
        for (double x : w) {
            largest = Math.max(largest, Math.abs(x));
        }
        byte[] weights = new byte[w.length];
        for (int i = 0; i < w.length; i++) {
            weights[i] = (byte) Math.round(w[i] / largest * 127);
        }
        return new LinearModel(weights, (float) (largest / 127), 1, 0);
    }
}
