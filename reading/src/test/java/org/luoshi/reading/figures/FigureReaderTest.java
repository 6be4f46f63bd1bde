package org.luoshi.reading.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.luoshi.reading.Evidence;
import org.luoshi.reading.Figure;
import org.luoshi.reading.Outline;
import org.luoshi.reading.Outline.Stated;
import org.luoshi.reading.Segment;
import org.luoshi.reading.SegmentLabel;
import org.luoshi.reading.SourceText;
import org.luoshi.reading.Span;
import org.luoshi.reading.segments.Segments;

class FigureReaderTest {
    private static final int REVIEW = 2031;
    private static final int TASK = 2032;

    private static List<Figure> read(String text, SegmentLabel label) {
        return read(text, label, REVIEW, TASK);
    }

    private static List<Figure> read(String text, SegmentLabel label, int review, int task) {
        SourceText source = new SourceText("青禾县", text);
        List<Segment> segments = new ArrayList<>();
        for (Span span : Segments.split(source)) {
            segments.add(new Segment(segments.size(), span, label, 1, Evidence.of("test")));
        }
        Outline outline = new Outline(null, null, null, null, null, stated(review), stated(task), List.of());
        return FigureReader.read(source, outline, segments);
    }

    private static @Nullable Stated<Integer> stated(int year) {
        return year == 0 ? null : new Stated<>(year, Evidence.of("test"), 1);
    }

    private static String brief(Figure f) {
        return f.indicator() + " " + f.op().sign() + " "
                + (f.value() == null ? "?" : f.value().toPlainString())
                + (f.value2() == null ? "" : ".." + f.value2().toPlainString()) + " " + f.unit() + " "
                + f.basis().name().toLowerCase(java.util.Locale.ROOT);
    }

    private static String brief(List<Figure> figures) {
        return figures.stream().map(FigureReaderTest::brief).collect(Collectors.joining(" | "));
    }

    @Test
    void readsAMinusAsAFall() {
        assertThat(brief(read("进出口总额增长-3.5%，工业用电量同比－4%。", SegmentLabel.PAST)))
                .isEqualTo("进出口总额 = -3.5 % growth | 工业用电量 = -4 % growth");
        assertThat(brief(read("粮食产量3-5万吨。", SegmentLabel.COMMIT))).isEqualTo("粮食产量 range 3..5 万吨 level");
    }

    @Test
    void carriesTheSizeOfFirmsAndTheWholeOfAShareOver() {
        assertThat(brief(read("年营业收入超20亿元企业达到3家、超5亿元企业7家。", SegmentLabel.COMMIT)))
                .endsWith("年营业收入超5亿元企业 = 7 家 level");
        assertThat(brief(read("风机产量增长19%、占全国3成。", SegmentLabel.PAST))).contains("风机产量占全国 = 3 成");
    }

    @Test
    void leavesTheWayFromOneYearToTheOtherOutOfTheIndicator() {
        assertThat(brief(read("人均预期寿命从2031年的75.5岁提升至2032年的76岁。", SegmentLabel.PAST)))
                .isEqualTo("人均预期寿命 = 75.5 岁 level | 人均预期寿命 = 76 岁 level");
    }

    @Test
    void leavesADeadlineOutOfTheIndicator() {
        assertThat(brief(read("企业欠款11月底前清偿80%。", SegmentLabel.COMMIT))).isEqualTo("企业欠款清偿 = 80 % share");
    }

    @Test
    void takesTheSizeOfAClassOfProjectsForNoFigure() {
        assertThat(read("5亿元以上工业项目全部开工。", SegmentLabel.COMMIT)).isEmpty();
        assertThat(brief(read("技改投资达到5亿元以上。", SegmentLabel.COMMIT))).contains("5 亿元");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '@',
            value = {
                "青禾县地区生产总值增长6.5%@青禾县地区生产总值 = 6.5 % growth",
                "一般公共预算收入12.4亿元@一般公共预算收入 = 12.4 亿元 level",
                "新增规上工业企业23家@新增规上工业企业 = 23 家 level",
                "空气质量优良率达到91.2％@空气质量优良率 = 91.2 ％ share",
                "万元产值能耗下降3.1%@万元产值能耗 = -3.1 % growth",
                "接待游客近600万人次@接待游客 < 600 万人次 level",
                "修缮乡村公路1200余公里@修缮乡村公路 > 1200 公里 level",
                "常住人口城镇化率提高1.2个百分点@常住人口城镇化率 = 1.2 个百分点 change",
                "农产品加工业产值突破80亿元@农产品加工业产值 >= 80 亿元 level",
                "社会消费品零售总额增速居全市第3位@社会消费品零售总额增速 = 3 位 rank",
                "发放创业贷款１２００万元@发放创业贷款 = 1200 万元 level",
                "新建高标准农田12,500亩@新建高标准农田 = 12500 亩 level",
                "高新技术企业数量增长1.5倍@高新技术企业数量 = 1.5 倍 growth",
                "培训农民约3000人@培训农民 = 3000 人 level"
            })
    void readsWhatWasReached(String text, String expected) {
        assertThat(brief(read(text + "。", SegmentLabel.PAST))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '@',
            value = {
                "力争地区生产总值增长7%以上@地区生产总值 >= 7 % growth",
                "确保城镇调查失业率控制在5.5%以内@城镇调查失业率 <= 5.5 % share",
                "培育上市企业2～3家@培育上市企业|上市企业 range 2..3 家 level",
                "城乡居民收入增长5%-6%@城乡居民收入 range 5..6 % growth",
                "森林覆盖率达到42%@森林覆盖率 >= 42 % share",
                "固定资产投资增长8%左右@固定资产投资 = 8 % growth",
                "新增就业不少于5000人@新增就业 >= 5000 人 level",
                "项目审批时限不超过20个工作日@项目审批时限 <= 20 个工作日 level",
                "营商环境评价进入全省前10位@营商环境评价 <= 10 位 rank",
                "新增公共停车位xxx个@新增公共停车位 = ? 个 level",
                "规上工业总产值达到**亿元以上@规上工业总产值 >= ? 亿元 level",
                "农产品网络零售额翻一番@农产品网络零售额 = 1 番 growth",
                "建成口袋公园两个@口袋公园 = 2 个 level"
            })
    void readsWhatIsToBeReached(String text, String expected) {
        String[] sides = expected.split("\\|");
        String rest = sides[sides.length - 1];
        String read = brief(read(text + "。", SegmentLabel.COMMIT));
        if (sides.length == 1) {
            assertThat(read).isEqualTo(expected);
        } else {
            assertThat(read).isIn(rest, sides[0] + rest.substring(rest.indexOf(' ')));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "认真落实国发33条和省政40条",
        "全力打造15分钟健身圈",
        "推进G328和264省道改造",
        "创建国家5A级旅游景区",
        "组建24小时服务专班",
        "县委十四届六次全会胜利召开",
        "第12届运动会圆满举办",
        "2031年工作回顾",
        "建设5G网络",
        "实施“1+3+N”工程"
    })
    void passesOverWhatIsNoFigure(String text) {
        assertThat(read(text + "。", SegmentLabel.COMMIT)).isEmpty();
    }

    @Test
    void sharesAListOfNumbersOutAmongItsIndicators() {
        assertThat(brief(read("青禾镇、白石镇工业产值分别突破12亿元、9亿元。", SegmentLabel.COMMIT)))
                .isEqualTo("青禾镇工业产值 >= 12 亿元 level | 白石镇工业产值 >= 9 亿元 level");
        assertThat(brief(read("金融机构存贷款余额分别增长8.1%、9.3%。", SegmentLabel.PAST)))
                .isEqualTo("金融机构存款余额 = 8.1 % growth | 金融机构贷款余额 = 9.3 % growth");
        assertThat(brief(read("生产事故起数、死亡人数分别下降10%和12%。", SegmentLabel.PAST)))
                .isEqualTo("生产事故起数 = -10 % growth | 生产事故死亡人数 = -12 % growth");
    }

    @Test
    void aBoundThatClosesAListHoldsForAllMembers() {
        assertThat(read("城镇、农村居民人均可支配收入分别增长6%、7%以上。", SegmentLabel.COMMIT))
                .extracting(Figure::op)
                .containsExactly(Figure.Op.AT_LEAST, Figure.Op.AT_LEAST);
    }

    @Test
    void aFigureWithoutItsOwnWordsMeasuresTheSameAsTheOneBefore() {
        assertThat(brief(read("完成固定资产投资60亿元，增长7.5%，全市第二位。", SegmentLabel.PAST)))
                .isEqualTo("固定资产投资 = 60 亿元 level | 固定资产投资 = 7.5 % growth | 固定资产投资增长 = 2 位 rank");
    }

    @Test
    void membersOfAListShareTheVerb() {
        assertThat(brief(read("新建幼儿园3所、小学2所。", SegmentLabel.COMMIT))).isEqualTo("新建幼儿园 = 3 所 level | 新建小学 = 2 所 level");
    }

    @Test
    void floorAndStretchGoalAreTwoFigures() {
        List<Figure> figures = read("确保规上工业增加值增长6%以上、力争增长8%。", SegmentLabel.COMMIT);
        assertThat(figures).extracting(Figure::value).containsExactly(new BigDecimal("6"), new BigDecimal("8"));
        assertThat(figures).extracting(Figure::stretch).containsExactly(false, true);
        assertThat(figures).extracting(Figure::indicator).containsOnly("规上工业增加值");
    }

    @Test
    void aTimeHoldsToTheEndOfItsSentence() {
        List<Figure> figures = read("全年新增就业3000人；新建公厕12座。改造危房40户。", SegmentLabel.COMMIT);
        assertThat(figures)
                .extracting(Figure::due)
                .containsExactly(LocalDate.of(TASK, 12, 31), LocalDate.of(TASK, 12, 31), null);
        assertThat(figures.getFirst().time()).isEqualTo("全年");
    }

    @ParameterizedTest
    @CsvSource({
        "上半年新增就业3000人, PAST, 2031-06-30",
        "今年新增就业3000人, COMMIT, 2032-12-31",
        "到2035年森林覆盖率达到42%, COMMIT, 2035-12-31",
        "年内新增就业3000人, COMMIT, 2032-12-31",
        "8月底前新增就业3000人, COMMIT, 2032-08-31",
        "到“十六五”末森林覆盖率达到42%, COMMIT, 2035-12-31"
    })
    void tellsTheLastDayOfATime(String text, SegmentLabel label, LocalDate due) {
        assertThat(read(text + "。", label)).extracting(Figure::due).containsExactly(due);
    }

    @ParameterizedTest
    @CsvSource({"每年新增就业3000人", "新增就业3000人", "力争三年新增就业3000人", "森林覆盖率较2020年提高2个百分点"})
    void tellsNoDayWhereTheReportTellsNone(String text) {
        assertThat(read(text + "。", SegmentLabel.COMMIT))
                .extracting(Figure::due)
                .containsExactly((LocalDate) null);
    }

    @Test
    void tellsTheYearFromPhrasesWhereTheOutlineHasNone() {
        assertThat(read("总结2031年工作，部署2032年任务。全年新增就业3000人。", SegmentLabel.COMMIT, 0, 0))
                .extracting(Figure::due)
                .containsExactly(LocalDate.of(2032, 12, 31));
    }

    @Test
    void spansPointIntoTheText() {
        String text = "青禾县扎实推进就业工作，新增城镇就业4700人以上。";
        Figure figure = read(text, SegmentLabel.COMMIT).getFirst();
        assertThat(figure.span().of(text)).isEqualTo("新增城镇就业4700人以上");
        assertThat(figure.number().of(text)).isEqualTo("4700");
        assertThat(figure.confidence()).isBetween(0.0, 1.0);
        assertThat(figure.evidence().rule()).startsWith("figure.");
    }

    @Test
    void neverThrowsOnTextsMadeOfItsOwnTriggers() {
        String[] bits = {
            "第", "前", "一", "二", "百", "千", "万", "亿", "分之", "点", "*", "x", "xx", ".", "%", "％", "个", "家", "位", "元", "、",
            "，", "；", "。", "和", "分别", "以上", "以下", "左右", "余", "多", "近", "超", "达到", "从", "至", "-", "～", "/", "（", "）",
            "“", "”", "[1]", "2032年", "全年", "十五五", "末", "增长", "下降", "占", "的", "其中", "零", "清零", "翻番", "1", "23", "4.5",
            "1,000", " ", "\u3000", "\n", "\uFFFD", "\uD83D", "新增", "建成", "企业", "等", "首位", "连续", "年"
        };
        Random random = new Random(7);
        for (int round = 0; round < 4000; round++) {
            StringBuilder text = new StringBuilder();
            int length = 1 + random.nextInt(40);
            for (int i = 0; i < length; i++) {
                text.append(bits[random.nextInt(bits.length)]);
            }
            String made = text.toString();
            assertThatCode(() -> {
                        for (Figure f : read(made, SegmentLabel.values()[made.length() % 3])) {
                            assertThat(f.span().end()).isLessThanOrEqualTo(made.length());
                            assertThat(f.span().contains(f.number())).as(made).isTrue();
                        }
                    })
                    .as(made)
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void readsAVeryLongSentenceInLinearTime() {
        String text = "新增企业5家、全年增长3%，年内达到6%；".repeat(40_000);
        long start = System.nanoTime();
        assertThat(read(text, SegmentLabel.COMMIT)).hasSizeGreaterThan(80_000);
        assertThat((System.nanoTime() - start) / 1_000_000).isLessThan(20_000);
        assertThatCode(() -> read("5%、".repeat(100_000), SegmentLabel.COMMIT)).doesNotThrowAnyException();
    }
}
