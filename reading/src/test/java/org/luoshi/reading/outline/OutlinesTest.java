package org.luoshi.reading.outline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.LocalDate;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.luoshi.reading.Outline;
import org.luoshi.reading.Outline.Role;
import org.luoshi.reading.Outline.Section;
import org.luoshi.reading.Outline.Stated;
import org.luoshi.reading.SourceText;

class OutlinesTest {
    private static final String REPORT = """
            政 府 工 作 报 告
            ——2031年1月18日在青禾县第九届人民代表大会第三次会议上
            青禾县代县长 田一禾
            各位代表：
            一、2030年工作回顾过去一年，我们办成了几件大事。
            （一）工业稳步向前。新开工厂房6座。
            二、2031年工作总体要求和主要目标今年是关键一年。
            三、2031年重点工作
            重点抓好以下工作：（一）把工业做强。一是修路。二是架桥；三是引水。（二）把农业做优。首先，选好种。其次，用好水。
            1.办好学校。新建小学2所。
            2．建好医院。
            名词解释
            1.青禾模式：指一种说法。
            2.两个一：指另一种说法。
            """;

    private static Outline read(String text) {
        return Outlines.read(new SourceText("2029年错名.txt", text));
    }

    private static <T> T value(@Nullable Stated<T> stated) {
        return Objects.requireNonNull(stated).value();
    }

    @Test
    void readsTheFrontPage() {
        Outline outline = read(REPORT);
        assertThat(value(outline.title())).isEqualTo("政府工作报告");
        assertThat(value(outline.date())).isEqualTo(LocalDate.of(2031, 1, 18));
        assertThat(value(outline.place())).isEqualTo("青禾县");
        assertThat(value(outline.speaker())).isEqualTo("田一禾");
        assertThat(value(outline.occasion())).isEqualTo("青禾县第九届人民代表大会第三次会议");
        assertThat(value(outline.reviewYear())).isEqualTo(2030);
        assertThat(value(outline.taskYear())).isEqualTo(2031);
    }

    @Test
    void findsHeadingsThatRunIntoParagraphs() {
        Outline outline = read(REPORT);
        assertThat(outline.sections())
                .extracting(Section::marker, Section::title, Section::depth, Section::role)
                .containsExactly(
                        tuple("一、", "2030年工作回顾", 1, Role.REVIEW),
                        tuple("（一）", "工业稳步向前", 2, Role.REVIEW),
                        tuple("二、", "2031年工作总体要求和主要目标", 1, Role.GOALS),
                        tuple("三、", "2031年重点工作", 1, Role.TASKS),
                        tuple("（一）", "把工业做强", 2, Role.TASKS),
                        tuple("一是", "修路", 4, Role.TASKS),
                        tuple("二是", "架桥", 4, Role.TASKS),
                        tuple("三是", "引水", 4, Role.TASKS),
                        tuple("（二）", "把农业做优", 2, Role.TASKS),
                        tuple("首先", "，选好种", 4, Role.TASKS),
                        tuple("其次", "，用好水", 4, Role.TASKS),
                        tuple("1.", "办好学校", 3, Role.TASKS),
                        tuple("2．", "建好医院", 3, Role.TASKS),
                        tuple("", "名词解释", 0, Role.GLOSSARY));
    }

    @Test
    void aSectionRunsToTheNextHeadingOfItsDepthOrLess() {
        Outline outline = read(REPORT);
        Section review = outline.sections().get(0);
        assertThat(review.body().of(REPORT)).contains("新开工厂房6座").doesNotContain("主要目标");
        assertThat(outline.sections().getLast().body().of(REPORT)).contains("另一种说法");
    }

    @Test
    void doesNotTakeDecimalsFootnotesAndWordsForHeadings() {
        Outline outline = read("目标：\n1.5万亿元的总量。三是错的，因为没有一是。一级响应[1]。2025年。\n十分高兴。");
        assertThat(outline.sections()).isEmpty();
    }

    @Test
    void leavesWhatIsNotStatedNull() {
        Outline outline = read("同志们：\n现在我讲几点意见。\n一、形势不错\nxxxx年以来，我们完成了任务。");
        assertThat(outline.title()).isNull();
        assertThat(outline.date()).isNull();
        assertThat(outline.place()).isNull();
        assertThat(outline.speaker()).isNull();
        assertThat(outline.occasion()).isNull();
        assertThat(outline.reviewYear()).isNull();
        assertThat(outline.taskYear()).isNull();
    }

    @Test
    void namesAMaskedPlace() {
        assertThat(value(read("汇报材料\n**区将贯彻落实要求。\n一、抓项目\n").place())).isEqualTo("**区");
    }

    @Test
    void takesTheDayOfTheMeetingNotThatOfTheWebPage() {
        Outline outline = read("2031年青禾县政府工作报告\n2031年02月10日 07时41分\n2031年二月三日在青禾县第九届\n人民代表大会第三次会议上\n各位代表：\n");
        assertThat(value(outline.date())).isEqualTo(LocalDate.of(2031, 2, 3));
        assertThat(value(outline.occasion())).isEqualTo("青禾县第九届人民代表大会第三次会议");
        assertThat(value(outline.taskYear())).isEqualTo(2031);
    }

    @Test
    void theReviewComesFirstWithoutTitlesThatSaySo() {
        Outline outline = read("一、稳中求进\n今年以来，已建成学校3所，荣获表彰。\n二、再接再厉\n下一步，我们将加快建设，确保完成。\n");
        assertThat(outline.sections()).extracting(Section::role).containsExactly(Role.REVIEW, Role.TASKS);
    }
}
