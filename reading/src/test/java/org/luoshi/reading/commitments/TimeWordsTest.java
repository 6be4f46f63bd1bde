package org.luoshi.reading.commitments;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeWordsTest {
    private static final LocalDate SAID = LocalDate.of(2026, 1, 20);

    private static List<TimeWords.Found> find(String text) {
        return TimeWords.find(text, 0, text.length(), 2026, SAID);
    }

    @ParameterizedTest
    @CsvSource({
        "6月底前建成投用, 6月底前, 2026-06-30",
        "六月底前建成投用, 六月底前, 2026-06-30",
        "10月15日前完成, 10月15日前, 2026-10-15",
        "十一月中旬开工, 十一月中旬, 2026-11-20",
        "2月底前完成, 2月底前, 2026-02-28",
        "三季度完成主体工程, 三季度, 2026-09-30",
        "第一季度集中开工, 第一季度, 2026-03-31",
        "上半年开工, 上半年, 2026-06-30",
        "年内竣工, 年内, 2026-12-31",
        "确保年底前清零, 年底前, 2026-12-31",
        "到2027年建成, 2027年, 2027-12-31",
        "2027年6月底前通车, 2027年6月底前, 2027-06-30",
        "2028年上半年投产, 2028年上半年, 2028-06-30",
        "秋季开学前投用, 秋季开学前, 2026-08-31",
        "国庆节前开园, 国庆节前, 2026-09-30",
        "春节前发放到位, 春节前, 2026-02-16",
        "汛期前完成加固, 汛期前, 2026-05-31",
        "供暖季前改造管网, 供暖季前, 2026-11-14",
        "力争明年建成, 明年, 2027-12-31",
        "“十五五”末达到80%, “十五五”末, 2030-12-31",
        "三年内实现全覆盖, 三年内, 2028-12-31"
    })
    void readsTheLastDayOfWordsOfTime(String text, String words, LocalDate due) {
        assertThat(find(text)).singleElement().satisfies(found -> {
            assertThat(found.due()).isEqualTo(due);
            assertThat(found.span().of(text)).isEqualTo(words);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"2019年以来的工作", "13月底前", "去年年底", "月龄", "5个月", "高质量发展", "多年来", ""})
    void readsNoDeadlineWhereThereIsNone(String text) {
        assertThat(find(text)).isEmpty();
    }

    @Test
    void withoutTheYearOfTheTasksOnlyAYearOfItsOwnCounts() {
        assertThat(TimeWords.find("6月底前完成，2027年建成", 0, 14, null, null))
                .extracting(TimeWords.Found::due)
                .containsExactly(LocalDate.of(2027, 12, 31));
    }

    @Test
    void aReportAfterTheFestivalMeansTheNextOne() {
        assertThat(TimeWords.find("春节前", 0, 3, 2026, LocalDate.of(2026, 3, 1))
                        .getFirst()
                        .due())
                .isEqualTo(LocalDate.of(2027, 2, 5));
    }
}
