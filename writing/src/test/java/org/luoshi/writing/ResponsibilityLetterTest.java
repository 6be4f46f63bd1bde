package org.luoshi.writing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResponsibilityLetterTest {
    static ResponsibilityLetter letter(@Nullable LocalDate date) {
        return new ResponsibilityLetter(
                "青禾县2026年度重点工作目标责任状",
                "青禾县人民政府",
                "青禾县教育局",
                List.of("为确保县十八届人大五次会议通过的《政府工作报告》各项目标任务落到实处，县人民政府与县教育局签订本责任状。"),
                List.of(
                        new ResponsibilityLetter.Answered(
                                "新建城区小学2所", "新增学位≥1800个", "2026年8月31日", ResponsibilityLetter.Role.LEAD),
                        new ResponsibilityLetter.Answered(
                                "完成老旧小区改造", "12个", "2026年12月31日", ResponsibilityLetter.Role.JOINT)),
                List.of("县政府督查室按季度核查进展，年终对账。", "本责任状一式两份，双方各执一份。"),
                date);
    }

    private static XWPFDocument open(ResponsibilityLetter letter) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        letter.writeDocx(out);
        return new XWPFDocument(new ByteArrayInputStream(out.toByteArray()));
    }

    @Test
    void listsWhatTheUnitAnswersForWithItsRole() throws IOException {
        try (XWPFDocument document = open(letter(LocalDate.of(2026, 2, 6)))) {
            var table = document.getTables().getFirst();
            assertThat(table.getRow(1).getTableCells())
                    .extracting(c -> c.getText())
                    .containsExactly("1", "新建城区小学2所", "新增学位≥1800个", "2026年8月31日", "牵头");
            assertThat(table.getRow(2).getCell(4).getText()).isEqualTo("配合");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void hasAPlaceToSignForBothSides(boolean dated) throws IOException {
        try (XWPFDocument document = open(letter(dated ? LocalDate.of(2026, 2, 6) : null))) {
            String signatures = document.getTables().getLast().getText();
            assertThat(signatures)
                    .contains("签发单位（盖章）")
                    .contains("青禾县人民政府")
                    .contains("责任单位（盖章）")
                    .contains("青禾县教育局");
            assertThat(signatures).contains(dated ? "2026年2月6日" : "年　　月　　日");
        }
    }
}
