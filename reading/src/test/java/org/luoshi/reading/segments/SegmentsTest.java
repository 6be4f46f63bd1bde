package org.luoshi.reading.segments;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.luoshi.reading.SourceText;

class SegmentsTest {
    private static List<String> split(String text) {
        SourceText source = new SourceText("t.txt", text);
        return Segments.split(source).stream().map(source::at).toList();
    }

    @Test
    void cutsAtStopsOfBothWidthsAndAtLineEnds() {
        assertThat(split("修好路。通上水；见到效！好吗？是;对!行?完\n新行\r\n末行"))
                .containsExactly("修好路", "通上水", "见到效", "好吗", "是", "对", "行", "完", "新行", "末行");
    }

    @Test
    void trimsBlanksOfEveryWidthAndDropsEmptySegments() {
        assertThat(split("\ufeff　　 青禾县　。。\n\n \t；\u00a0尾 ")).containsExactly("青禾县", "尾");
    }

    @Test
    void keepsCommasColonsAndDecimalPointsInside() {
        assertThat(split("目标是：增长5.5%，力争6%、不低于上年")).containsExactly("目标是：增长5.5%，力争6%、不低于上年");
    }

    @Test
    void findsNothingInNothing() {
        assertThat(split("")).isEmpty();
        assertThat(split(" \n。 ；\r\n")).isEmpty();
    }

    @Test
    void keepsLoneSurrogates() {
        assertThat(split("\ud83d。\ude00")).containsExactly("\ud83d", "\ude00");
    }
}
