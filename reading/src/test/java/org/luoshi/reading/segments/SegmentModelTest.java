package org.luoshi.reading.segments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.luoshi.reading.Segment;
import org.luoshi.reading.SegmentLabel;
import org.luoshi.reading.SourceText;
import org.luoshi.reading.outline.Outlines;

class SegmentModelTest {
    /** What is learned must be found in two places. */
    private static List<ChainTrainer.Example> examples() throws IOException {
        return List.of(example("a"), example("b"));
    }

    private static ChainTrainer.Example example(String place) throws IOException {
        LabelledText text = LabelledText.of(
                place,
                "已建成桥一座。将建成桥两座。好啊！已修好路一条。将修好路两条。妙啊！",
                List.of(
                        "{\"text\":\"已建成桥一座\",\"label\":\"past\"}",
                        "{\"text\":\"将建成桥两座\",\"label\":\"commit\"}",
                        "{\"text\":\"好啊\",\"label\":\"talk\"}",
                        "{\"text\":\"已修好路一条\",\"label\":\"past\"}",
                        "{\"text\":\"将修好路两条\",\"label\":\"commit\"}",
                        "{\"text\":\"妙啊\",\"label\":\"talk\"}"));
        return ChainTrainer.Example.of(text, Spread.none());
    }

    private static byte[] bytes(SegmentModel model) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        model.write(out);
        return out.toByteArray();
    }

    @Test
    void learnsTheSameFromTheSame() throws IOException {
        SegmentModel first = ChainTrainer.train(examples(), 3, Spread.none(), Calibration.NONE);
        SegmentModel second = ChainTrainer.train(examples(), 3, Spread.none(), Calibration.NONE);
        assertThat(bytes(first)).isEqualTo(bytes(second));
    }

    @Test
    void learnsNothingFromOnePlaceAlone() throws IOException {
        SegmentModel model = ChainTrainer.train(List.of(example("a")), 3, Spread.none(), Calibration.NONE);
        Features features = new Features(Spread.none());
        SourceText source = new SourceText("b", "已建成桥一座。");
        features.read(new Layout(source.text(), Segments.split(source), Outlines.read(source)), 0);
        double[] scores = new double[SegmentModel.LABELS];
        model.score(features, scores, 0);
        assertThat(scores).containsOnly(0);
    }

    @Test
    void whatWasLearnedSurvivesTheFile() throws IOException {
        SegmentModel model = ChainTrainer.train(examples(), 3, Spread.none(), new Calibration(0.7, 0.1, 1.5));
        SegmentModel read = SegmentModel.read(new ByteArrayInputStream(bytes(model)));
        SourceText source = new SourceText("b", "已建成桥一座。将修好路两条。妙啊！");
        List<Segment> segments = new SegmentReader(read).read(source, Outlines.read(source), Segments.split(source));
        assertThat(segments)
                .extracting(Segment::label)
                .containsExactly(SegmentLabel.PAST, SegmentLabel.COMMIT, SegmentLabel.TALK);
        assertThat(read.calibration()).isEqualTo(new Calibration(0.7, 0.1, 1.5));
    }

    @Test
    void refusesAFileOfAnotherKind() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflated = new DeflaterOutputStream(out)) {
            deflated.write(new byte[100]);
        }
        assertThatThrownBy(() -> SegmentModel.read(new ByteArrayInputStream(out.toByteArray())))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Train it anew");
    }

    @Test
    void calibrationBringsBoldClaimsDownToWhatHolds() {
        Random random = new Random(5);
        double[] said = new double[20_000];
        boolean[] right = new boolean[said.length];
        for (int i = 0; i < said.length; i++) {
            said[i] = i % 2 == 0 ? 0.99 : 0.9;
            right[i] = random.nextDouble() < (i % 2 == 0 ? 0.9 : 0.7);
        }
        Calibration calibration = Calibration.fit(said, right, 1);
        assertThat(calibration.of(0.99)).isCloseTo(0.9, within(0.01));
        assertThat(calibration.of(0.9)).isCloseTo(0.7, within(0.01));
        assertThat(calibration.of(1)).isLessThan(1);
    }

    @Test
    void talkIsGivenItsDue() {
        double[] probability = {0.2, 0.4, 0.4};
        new Calibration(1, 0, 2).balance(probability);
        assertThat(probability[2]).isCloseTo(0.8 / 1.4, within(1e-9));
        assertThat(probability[0] + probability[1] + probability[2]).isCloseTo(1, within(1e-9));
    }

    @Test
    void probabilitiesOfAChainAddUp() {
        double[] scores = {1, 0, 0, 800, -800, 0, 0, 0, 5};
        double[] steps = new double[SegmentModel.CONTEXTS * 9];
        Arrays.fill(steps, 1);
        double[] probability = Chain.marginals(scores, steps, new int[3], null);
        for (int i = 0; i < 9; i += 3) {
            assertThat(probability[i] + probability[i + 1] + probability[i + 2]).isCloseTo(1, within(1e-9));
        }
        assertThat(probability[3]).isCloseTo(1, within(1e-9));
        assertThat(probability[0]).isCloseTo(Math.E / (Math.E + 2), within(1e-9));
    }
}
