package org.luoshi.reading.segments;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.luoshi.reading.Evidence;
import org.luoshi.reading.Outline;
import org.luoshi.reading.Segment;
import org.luoshi.reading.SegmentLabel;
import org.luoshi.reading.SourceText;
import org.luoshi.reading.Span;

/**
 * Says of each segment whether it tells what was done, commits to something, or neither.
 *
 * <p>Evidence: {@code segment.glossary} for what stands in a glossary; {@code segment.heading} for a heading; else the
 * model decides, and {@code segment.words} names the words that spoke most for the label, {@code segment.place} says that
 * its place in the text did, {@code segment.neighbours} that the labels around it turned the balance. Safe for many
 * threads; linear in the length of the text; never throws, whatever the text.
 */
public final class SegmentReader {
    private static final SegmentLabel[] LABELS = SegmentLabel.values();
    private static final double IN_GLOSSARY = 0.99;

    private final SegmentModel model;

    /** A reader with the model that comes with the library. */
    public SegmentReader() {
        this(Shipped.MODEL);
    }

    SegmentReader(SegmentModel model) {
        this.model = model;
    }

    /**
     * Labels the segments of a text.
     *
     * @param outline the outline of the same text
     * @param spans the segments of the same text, as {@link Segments#split} gives them
     * @return as many segments as spans, in their order
     */
    public List<Segment> read(SourceText source, Outline outline, List<Span> spans) {
        Layout layout = new Layout(source.text(), spans, outline);
        Features features = new Features(model.spread());
        double[] scores = new double[layout.size * SegmentModel.LABELS];
        int[] contexts = new int[layout.size];
        byte[] alone = new byte[layout.size];
        int[] words = new int[layout.size * 2];
        for (int i = 0; i < layout.size; i++) {
            features.read(layout, i);
            model.score(features, scores, i * SegmentModel.LABELS);
            contexts[i] = SegmentModel.context(layout, i);
            alone[i] = (byte) best(scores, i * SegmentModel.LABELS);
            int gram = model.strongest(features, alone[i]);
            words[2 * i] = gram < 0 ? -1 : features.where[gram];
            words[2 * i + 1] = gram < 0 ? -1 : features.until[gram];
        }
        double[] probability = model.probabilities(scores, contexts);
        List<Segment> segments = new ArrayList<>(layout.size);
        for (int i = 0; i < layout.size; i++) {
            int label = best(probability, i * SegmentModel.LABELS);
            double confidence = model.calibration().of(probability[i * SegmentModel.LABELS + label]);
            Span strongest = words[2 * i] < 0 ? null : new Span(words[2 * i], words[2 * i + 1]);
            segments.add(segment(layout, spans.get(i), i, label, confidence, label == alone[i], strongest));
        }
        return segments;
    }

    private static Segment segment(
            Layout layout, Span span, int i, int label, double confidence, boolean byItself, @Nullable Span strongest) {
        if (layout.role[i] == Outline.Role.GLOSSARY.ordinal()) {
            return new Segment(i, span, SegmentLabel.TALK, IN_GLOSSARY, Evidence.of("segment.glossary"));
        }
        Evidence evidence;
        if (LABELS[label] == SegmentLabel.TALK && layout.bare[i]) {
            evidence = Evidence.of("segment.heading", span);
        } else if (!byItself) {
            evidence = Evidence.of("segment.neighbours");
        } else if (strongest == null) {
            evidence = Evidence.of("segment.place");
        } else {
            evidence = Evidence.of("segment.words", strongest);
        }
        return new Segment(i, span, LABELS[label], confidence, evidence);
    }

    static int best(double[] probability, int at) {
        int best = 0;
        for (int label = 1; label < SegmentModel.LABELS; label++) {
            best = probability[at + label] > probability[at + best] ? label : best;
        }
        return best;
    }

    private static final class Shipped {
        static final SegmentModel MODEL = SegmentModel.load();
    }
}
