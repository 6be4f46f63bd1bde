package org.luoshi.reading.segments;

import java.util.Arrays;
import java.util.Locale;
import org.luoshi.reading.SegmentLabel;

/** Which labels were given for which: the measure is the mean of the F1 of the labels. */
public final class Confusion {
    private final int[][] counts = new int[SegmentModel.LABELS][SegmentModel.LABELS];

    /** Counts a segment. */
    public void add(SegmentLabel label, SegmentLabel given) {
        add(label.ordinal(), given.ordinal());
    }

    void add(int label, int given) {
        counts[label][given]++;
    }

    public void add(Confusion other) {
        for (int i = 0; i < counts.length; i++) {
            for (int j = 0; j < counts.length; j++) {
                counts[i][j] += other.counts[i][j];
            }
        }
    }

    double f1(int label) {
        int labelled = 0;
        int given = 0;
        for (int other = 0; other < counts.length; other++) {
            labelled += counts[label][other];
            given += counts[other][label];
        }
        return labelled + given == 0 ? 0 : 2.0 * counts[label][label] / (labelled + given);
    }

    public double macroF1() {
        double sum = 0;
        for (int label = 0; label < counts.length; label++) {
            sum += f1(label);
        }
        return sum / counts.length;
    }

    /** Rows are the labels, columns what was given. */
    String counts() {
        return Arrays.deepToString(counts);
    }

    @Override
    public String toString() {
        StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "macro-F1 %.4f", macroF1()));
        for (SegmentLabel label : SegmentLabel.values()) {
            line.append(String.format(
                    Locale.ROOT, "  %s %.4f", label.name().toLowerCase(Locale.ROOT), f1(label.ordinal())));
        }
        return line.toString();
    }
}
