package org.luoshi.reading.commitments;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.luoshi.reading.Commitment;
import org.luoshi.reading.Commitment.Doubt;
import org.luoshi.reading.Commitment.Named;
import org.luoshi.reading.Commitment.Proposal;
import org.luoshi.reading.Evidence;
import org.luoshi.reading.Figure;
import org.luoshi.reading.Outline;
import org.luoshi.reading.Segment;
import org.luoshi.reading.SegmentLabel;
import org.luoshi.reading.SourceText;
import org.luoshi.reading.Span;
import org.luoshi.reading.departments.Duties;
import org.luoshi.reading.figures.FigureReader;
import org.luoshi.reading.segments.Segments;

class CommitmentReaderTest {
    private static final CommitmentReader READER = new CommitmentReader(Duties.standard(), Themes.standard());
    private static final Outline OUTLINE = new Outline(
            null, null, null, null, null, null, new Outline.Stated<>(2026, Evidence.of("test"), 1), List.of());

    /** Every segment commits, but one that begins with an opening bracket or a label, which is talk. */
    private static List<Commitment> read(String text) {
        var source = new SourceText("test", text);
        List<Segment> segments = new ArrayList<>();
        List<Span> spans = Segments.split(source);
        for (int i = 0; i < spans.size(); i++) {
            String words = spans.get(i).of(text);
            boolean list = words.startsWith("（责任") || words.startsWith("责任单位") || words.startsWith("牵头单位");
            segments.add(new Segment(
                    i, spans.get(i), list ? SegmentLabel.TALK : SegmentLabel.COMMIT, 0.95, Evidence.of("test")));
        }
        List<Figure> figures = FigureReader.read(source, OUTLINE, segments);
        return READER.read(source, OUTLINE, segments, figures);
    }

    private static List<String> doubts(Commitment commitment) {
        return commitment.doubts().stream().map(Doubt::question).toList();
    }

    @ParameterizedTest
    @CsvSource({
        "加快推进云溪大桥建设, 推进, 云溪大桥建设",
        "力争全年新增规上工业企业15家, 新增, 规上工业企业",
        "地区生产总值增长6%左右, 增长, 地区生产总值",
        "一是新建青石小学, 新建, 青石小学",
        "今年主要预期目标是：固定资产投资增长8%, 增长, 固定资产投资",
        "新建和改造提升高标准农田2.6万亩, 新建和改造提升, 高标准农田",
        "县一中扩建工程7月底前竣工, 竣工, 县一中扩建工程",
        "保障性住房筹集720套, 筹集, 保障性住房",
        "持续优化营商环境, 优化, 营商环境"
    })
    void readsVerbAndObject(String text, String verb, String object) {
        Commitment commitment = read(text).getFirst();
        assertThat(commitment.verb()).isEqualTo(verb);
        assertThat(commitment.object()).isEqualTo(object);
    }

    @Test
    void theLineIsShort() {
        assertThat(read("全力推进云溪大道改造、青石水厂扩建、北岭污水管网、南湖公园提升、东川客运站迁建、西坪变电站增容等二十个城建项目"))
                .singleElement()
                .satisfies(c -> assertThat(c.what())
                        .hasSizeLessThanOrEqualTo(40)
                        .startsWith("推进云溪大道改造")
                        .endsWith("等"));
    }

    @Test
    void partsWhatDifferentDepartmentsAnswerFor() {
        List<Commitment> two = read("改造老旧小区12个，新增公办幼儿园学位900个");
        assertThat(two).extracting(c -> c.lead().getFirst().department()).containsExactly("housing", "education");
        assertThat(two).allSatisfy(c -> assertThat(c.targets()).hasSize(1));
        assertThat(two.get(0).span().of("改造老旧小区12个，新增公办幼儿园学位900个")).isEqualTo("改造老旧小区12个");
    }

    @Test
    void keepsTogetherWhatBelongsTogether() {
        assertThat(read("实施农村公路改造60公里，打通断头路4条，让群众出行更加便捷")).hasSize(1);
        assertThat(read("围绕强链补链，招引亿元以上工业项目20个，确保到位资金50亿元")).hasSize(1);
    }

    @Test
    void takesTheDeadlineFromTheWords() {
        Commitment commitment = read("6月底前建成青石水厂").getFirst();
        assertThat(commitment.deadline().due()).isEqualTo(LocalDate.of(2026, 6, 30));
        assertThat(commitment.deadline().inferred()).isFalse();
        assertThat(commitment.deadline().evidence().rule()).isEqualTo("deadline.words");
        assertThat(commitment.deadline().evidence().detail()).isEqualTo("6月底前");
    }

    @Test
    void partsThingsThatHaveDaysOfTheirOwn() {
        assertThat(read("青石水厂年内全面完工，云溪大桥国庆节前建成通车"))
                .extracting(c -> c.deadline().due())
                .containsExactly(LocalDate.of(2026, 12, 31), LocalDate.of(2026, 9, 30));
        assertThat(read("加快建设云溪大桥，6月底前完成主体，年底前通车")).hasSize(1);
    }

    @Test
    void withoutAYearTheDeadlineIsUnknown() {
        var source = new SourceText("test", "建成青石水厂");
        var none = new Outline(null, null, null, null, null, null, null, List.of());
        List<Segment> segments = List.of(new Segment(0, new Span(0, 6), SegmentLabel.COMMIT, 0.9, Evidence.of("test")));
        Commitment commitment = READER.read(source, none, segments, List.of()).getFirst();
        assertThat(commitment.deadline().due()).isNull();
        assertThat(doubts(commitment)).contains("doubt.deadline-unknown");
    }

    @Test
    void infersTheDeadlineFromTheYearOfTheTasks() {
        Commitment commitment = read("建成青石水厂").getFirst();
        assertThat(commitment.deadline().due()).isEqualTo(LocalDate.of(2026, 12, 31));
        assertThat(commitment.deadline().inferred()).isTrue();
        assertThat(commitment.deadline().evidence().rule()).isEqualTo("deadline.section");
    }

    @Test
    void aTimeHoldsToTheEndOfItsSentenceWithADoubt() {
        List<Commitment> three = read("上半年建成青石水厂；开工北岭水库。新建南湖公园");
        assertThat(three.get(1).deadline().due()).isEqualTo(LocalDate.of(2026, 6, 30));
        assertThat(three.get(1).deadline().evidence().rule()).isEqualTo("deadline.sentence");
        assertThat(doubts(three.get(1))).contains("doubt.deadline-scope");
        assertThat(three.get(2).deadline().inferred()).isTrue();
    }

    @Test
    void departmentsNamedInTheTextWin() {
        Commitment commitment = read("新建青石小学（责任单位：县住建局、县教育局）").getFirst();
        assertThat(commitment.lead()).extracting(Proposal::department).containsExactly("housing");
        assertThat(commitment.lead()).allMatch(Proposal::named);
        assertThat(commitment.joint()).extracting(Proposal::department).containsExactly("education");
    }

    @Test
    void aListAtTheEndOfAParagraphAnswersForTheWholeParagraph() {
        List<Commitment> three = read("新建北岭小学。\n新建青石小学；扩建云溪中学。（责任单位：县住建局、县财政局）");
        assertThat(three.get(0).lead()).noneMatch(Proposal::named);
        assertThat(three.subList(1, 3)).allSatisfy(c -> {
            assertThat(c.lead()).extracting(Proposal::department).containsExactly("housing");
            assertThat(c.joint()).extracting(Proposal::department).containsExactly("finance");
        });
    }

    @Test
    void namesProjectsPlacesAndUnits() {
        Commitment commitment = read("推进青石岭水库、云溪大桥等项目建设，支持龙潭镇发展，由县水利局统筹").getFirst();
        assertThat(commitment.names()).extracting(Named::name).contains("青石岭水库", "云溪大桥", "龙潭镇");
        assertThat(commitment.names())
                .filteredOn(n -> n.sort() == Named.Sort.UNIT)
                .extracting(Named::name)
                .containsExactly("县水利局");
    }

    @Test
    void linksWhatIsPromisedTwice() {
        List<Commitment> three = read("规上工业增加值增长9%。\n新建青石小学。\n确保规上工业增加值增长9%");
        assertThat(three.get(2).sameAs()).isZero();
        assertThat(three.get(1).sameAs()).isEqualTo(-1);
    }

    @Test
    void asksAboutWhatIsHiddenVagueOrUnsure() {
        assertThat(doubts(read("新增规上工业企业**家").getFirst())).contains("doubt.masked-value");
        assertThat(doubts(read("深化医保制度改革").getFirst())).contains("doubt.no-outcome");
        assertThat(doubts(read("建成青石水厂").getFirst())).doesNotContain("doubt.no-outcome");
        assertThat(doubts(read("确保圆满如愿").getFirst())).contains("doubt.lead-none");
    }

    @Test
    void readsAnythingWithoutAnException() {
        String alphabet = "建设完成，。、；（）“”责任单位：县教育局牵头年月底前十一2026%*x \n\uD83D\uDE00\uD800的等项目镇村";
        var random = new Random(11);
        for (int i = 0; i < 3000; i++) {
            var text = new StringBuilder();
            for (int k = random.nextInt(60); k > 0; k--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            for (Commitment commitment : read(text.toString())) {
                assertThat(commitment.what().length()).isLessThanOrEqualTo(40);
                assertThat(commitment.confidence()).isBetween(0.0, 1.0);
            }
        }
    }

    @Test
    void theSameFigureOfAnotherYearIsNoRepeat() {
        List<Commitment> two = read("到2030年，粮食产量达到50万吨。粮食产量达到50万吨。");
        assertThat(two).hasSize(2);
        assertThat(two.get(1).sameAs()).isEqualTo(-1);
        assertThat(read("粮食产量达到50万吨。确保粮食产量达到50万吨。").get(1).sameAs()).isZero();
    }
}
