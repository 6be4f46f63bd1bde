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
    private static final int MAGIC = 0x4c463031;

    private final byte[] weights;
    private final float scale;

    private LinearModel(byte[] weights, float scale) {
        this.weights = weights;
        this.scale = scale;
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
            byte[] weights = in.readNBytes(1 << BITS);
            return new LinearModel(Arrays.copyOf(weights, 1 << BITS), scale);
        } catch (IOException e) {
            throw new UncheckedIOException("The model " + resource + " cannot be read", e);
        }
    }

    void write(OutputStream stream) throws IOException {
        var out = new DataOutputStream(stream);
        out.writeInt(MAGIC);
        out.writeFloat(scale);
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
        return new LinearModel(weights, (float) (largest / 127));
    }
}
