package org.luoshi.reading.segments;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.luoshi.reading.SegmentLabel;

/**
 * A chain of labels over the segments of a text: a weight for each bucket of {@link Features} and label, and a weight for
 * each step from one label to the next. Weights are hashed and rounded to a byte; the model holds no words.
 */
final class SegmentModel {
    static final int LABELS = SegmentLabel.values().length;

    /** Steps are weighed by the role of the section and by whether the line goes on. */
    static final int CONTEXTS = 2 * Layout.ROLES;

    private static final int MAGIC = 0x4C534D33;
    private static final String RESOURCE = "segments.model";
    /** How much all grams of a segment weigh together, against one mark. */
    private static final double GRAMS = 6;

    /** Bucket after bucket, the labels of a bucket beside each other. */
    private final byte[] weights;
    /** What one unit of a weight is worth. */
    private final float unit;
    /** Context after context, from label times to label, as factors. */
    private final double[] steps;

    private final Spread spread;
    private final Calibration calibration;

    SegmentModel(byte[] weights, float unit, float[] moves, Spread spread, Calibration calibration) {
        this.weights = weights;
        this.unit = unit;
        this.spread = spread;
        this.calibration = calibration;
        steps = new double[moves.length];
        for (int i = 0; i < moves.length; i++) {
            steps[i] = Math.exp(moves[i]);
        }
    }

    Spread spread() {
        return spread;
    }

    Calibration calibration() {
        return calibration;
    }

    /** The probabilities of the labels of all segments from their scores, which are used up. */
    double[] probabilities(double[] scores, int[] contexts) {
        double[] probability = Chain.marginals(scores, steps, contexts, null);
        calibration.balance(probability);
        return probability;
    }

    static int context(Layout layout, int i) {
        return layout.role[i] * 2 + (layout.lineFirst[i] == i ? 0 : 1);
    }

    /** The weight of each gram where a segment has so many: long segments have no louder voice than short ones. */
    static double gramValue(int grams) {
        return GRAMS / Math.sqrt(Math.max(1, grams));
    }

    /** Writes the scores of the labels of the segment that was read into {@code scores[at..at+LABELS)}. */
    void score(Features features, double[] scores, int at) {
        int past = 0;
        int commit = 0;
        int talk = 0;
        for (int k = 0; k < features.grams; k++) {
            int p = features.ids[k] * LABELS;
            past += weights[p];
            commit += weights[p + 1];
            talk += weights[p + 2];
        }
        double value = gramValue(features.grams);
        double a = past * value;
        double b = commit * value;
        double c = talk * value;
        for (int k = features.grams; k < features.count; k++) {
            int p = features.ids[k] * LABELS;
            a += weights[p];
            b += weights[p + 1];
            c += weights[p + 2];
        }
        scores[at] = a * unit;
        scores[at + 1] = b * unit;
        scores[at + 2] = c * unit;
    }

    /** Index of the gram of the segment that was read that speaks most for a label, -1 where there is none. */
    int strongest(Features features, int label) {
        int best = -1;
        int most = 0;
        for (int k = 0; k < features.grams; k++) {
            int p = features.ids[k] * LABELS;
            int own = weights[p + label];
            int speaks = 3 * own - weights[p] - weights[p + 1] - weights[p + 2];
            if (speaks > most) {
                most = speaks;
                best = k;
            }
        }
        return best;
    }

    /** The model that comes with the library. */
    static SegmentModel load() {
        try (InputStream in = SegmentModel.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("The model " + RESOURCE + " is missing beside "
                        + SegmentModel.class.getName() + ". Train it with SegmentTraining --out.");
            }
            return read(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static SegmentModel read(InputStream from) throws IOException {
        DataInputStream in = new DataInputStream(new BufferedInputStream(new InflaterInputStream(from)));
        int magic = in.readInt();
        int bits = in.readInt();
        if (magic != MAGIC || bits != Features.BITS) {
            throw new IOException("A model for segments starts with " + MAGIC + " and " + Features.BITS + ", not with "
                    + magic + " and " + bits + ". Train it anew with SegmentTraining.");
        }
        float unit = in.readFloat();
        Calibration calibration = new Calibration(in.readDouble(), in.readDouble(), in.readDouble());
        float[] moves = new float[CONTEXTS * LABELS * LABELS];
        for (int i = 0; i < moves.length; i++) {
            moves[i] = in.readFloat();
        }
        byte[] weights = in.readNBytes(LABELS << Features.BITS);
        Spread spread = Spread.none();
        in.readFully(spread.pairs);
        in.readFully(spread.triples);
        return new SegmentModel(weights, unit, moves, spread, calibration);
    }

    void write(OutputStream to) throws IOException {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
        try (DataOutputStream out = new DataOutputStream(new DeflaterOutputStream(to, deflater))) {
            out.writeInt(MAGIC);
            out.writeInt(Features.BITS);
            out.writeFloat(unit);
            out.writeDouble(calibration.slope());
            out.writeDouble(calibration.shift());
            out.writeDouble(calibration.talk());
            for (double step : steps) {
                out.writeFloat((float) Math.log(step));
            }
            out.write(weights);
            out.write(spread.pairs);
            out.write(spread.triples);
        } finally {
            deflater.end();
        }
    }
}
