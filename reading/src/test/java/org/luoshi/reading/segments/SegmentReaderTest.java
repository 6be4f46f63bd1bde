package org.luoshi.reading.segments;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.luoshi.reading.Outline;
import org.luoshi.reading.Segment;
import org.luoshi.reading.SegmentLabel;
import org.luoshi.reading.SourceText;
import org.luoshi.reading.Span;
import org.luoshi.reading.outline.Outlines;

class SegmentReaderTest {
    private static final String REPORT = """
            政府工作报告
            ——2031年1月18日在青禾县第九届人民代表大会第三次会议上
            青禾县县长 田一禾
            各位代表：
            现在，我代表县人民政府，向大会报告工作，请予审议。
            一、2030年工作回顾
            过去一年，全县完成地区生产总值88.2亿元，增长6.1%；新增规上工业企业7家。
            柳溪水库除险加固工程建成投用，改造老旧小区12个。
            二、2031年重点工作
            （一）全力壮大工业经济
            新建标准厂房5万平方米，确保全年新增规上工业企业10家以上。
            加快推进柳溪至青石公路改建工程，力争10月底前建成通车。
            各位代表！让我们更加紧密地团结起来，为建设美好青禾而努力奋斗！
            名词解释
            1.青禾模式：确保新增企业100家以上的做法。
            """;

    private static List<Segment> read(String text) {
        SourceText source = new SourceText("t.txt", text);
        Outline outline = Outlines.read(source);
        return new SegmentReader().read(source, outline, Segments.split(source));
    }

    private static Segment of(String words) {
        return read(REPORT).stream()
                .filter(segment -> segment.span().of(REPORT).contains(words))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void tellsWhatWasDone() {
        assertThat(of("88.2亿元").label()).isEqualTo(SegmentLabel.PAST);
        assertThat(of("水库").label()).isEqualTo(SegmentLabel.PAST);
    }

    @Test
    void tellsWhatIsPromised() {
        assertThat(of("10家以上").label()).isEqualTo(SegmentLabel.COMMIT);
        assertThat(of("10月底前").label()).isEqualTo(SegmentLabel.COMMIT);
    }

    @Test
    void tellsTalk() {
        assertThat(of("各位代表").label()).isEqualTo(SegmentLabel.TALK);
        assertThat(of("让我们").label()).isEqualTo(SegmentLabel.TALK);
        assertThat(of("请予审议").label()).isEqualTo(SegmentLabel.TALK);
    }

    @Test
    void saysThatAHeadingIsOne() {
        Segment heading = of("全力壮大工业经济");
        assertThat(heading.label()).isEqualTo(SegmentLabel.TALK);
        assertThat(heading.evidence().rule()).isEqualTo("segment.heading");
    }

    @Test
    void aGlossaryPromisesNothing() {
        Segment entry = of("100家以上的做法");
        assertThat(entry.label()).isEqualTo(SegmentLabel.TALK);
        assertThat(entry.evidence().rule()).isEqualTo("segment.glossary");
    }

    @Test
    void namesTheWordsThatSpokeForTheLabel() {
        Segment promise = of("10家以上");
        assertThat(promise.evidence().rule()).isEqualTo("segment.words");
        Span words = Objects.requireNonNull(promise.evidence().words());
        assertThat(promise.span().contains(words)).isTrue();
        assertThat(words.length()).isPositive();
    }

    @Test
    void givesOneSegmentForEachSpanInOrder() {
        List<Segment> segments = read(REPORT);
        assertThat(segments).extracting(Segment::span).isEqualTo(Segments.split(new SourceText("t", REPORT)));
        for (int i = 0; i < segments.size(); i++) {
            assertThat(segments.get(i).index()).isEqualTo(i);
            assertThat(segments.get(i).confidence()).isBetween(0.0, 1.0);
        }
    }

    @Test
    void readsNothingFromNothing() {
        assertThat(read("")).isEmpty();
        assertThat(read("\n \r\n。；")).isEmpty();
    }

    @Test
    void anyTextIsReadWithoutHarm() {
        String alphabet =
                "一二三、（）()1.2是首先，。；！？;\n\r\u2028 *xX％%“”：:年月日在会议上第届人民代表大会政府市县名词解释指\ud83d\ude00\ufffd\u0000\ufeffabc确保建成完成";
        Random random = new Random(7);
        for (int round = 0; round < 3000; round++) {
            int length = random.nextInt(300);
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < length; i++) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            String made = text.toString();
            for (Segment segment : read(made)) {
                assertThat(segment.confidence()).isBetween(0.0, 1.0);
                Span words = segment.evidence().words();
                assertThat(words == null || segment.span().contains(words)).isTrue();
            }
        }
    }

    @Test
    void aSegmentWithoutEndCostsNoMoreThanItsLength() {
        String endless = "建成".repeat(10_000_000);
        long start = System.nanoTime();
        assertThat(read(endless)).hasSize(1);
        assertThat(System.nanoTime() - start).isLessThan(20_000_000_000L);
    }

    @Test
    void manyShortSegmentsTakeLinearTime() {
        String text = "一是建成。".repeat(200_000);
        long start = System.nanoTime();
        assertThat(read(text)).hasSize(200_000);
        assertThat(System.nanoTime() - start).isLessThan(30_000_000_000L);
    }
}
