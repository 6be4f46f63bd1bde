package org.luoshi.writing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SupervisionNoticeTest {
    private static final LocalDate ISSUED = LocalDate.of(2026, 6, 1);

    private static SupervisionNotice notice(@Nullable LocalDate deadline, @Nullable LocalDate replyBy) {
        return new SupervisionNotice(
                SupervisionNotice.Level.BLUE,
                "督蓝〔2026〕3号",
                "青禾县人民政府督查室",
                "青禾县水利局",
                "26-0007",
                "加固病险水库两座",
                "年内完工并验收。",
                deadline,
                List.of("慢 12 个百分点。", "60 天没有反馈。"),
                replyBy,
                ISSUED);
    }

    private static XWPFDocument open(SupervisionNotice notice) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        notice.writeDocx(out);
        return new XWPFDocument(new ByteArrayInputStream(out.toByteArray()));
    }

    @Test
    void holdsOneMatterWithItsReasonsAndTheDayToAnswer() throws IOException {
        try (XWPFDocument document = open(notice(LocalDate.of(2026, 12, 31), LocalDate.of(2026, 6, 8)))) {
            assertThat(document.getTables()).hasSize(1);
            assertThat(document.getTables().getFirst().getText())
                    .contains("26-0007", "加固病险水库两座", "年内完工并验收。", "2026年12月31日", "慢 12 个百分点。", "60 天没有反馈。");
            assertThat(document.getParagraphs().stream().map(p -> p.getText()).toList())
                    .contains("蓝色督办单", "督蓝〔2026〕3号", "青禾县水利局：", "青禾县人民政府督查室", "2026年6月1日")
                    .anyMatch(text -> text.contains("2026年6月8日前"));
        }
    }

    @Test
    void writesItsHeadInTheColourOfItsLevel() throws IOException {
        try (XWPFDocument document = open(notice(null, ISSUED))) {
            assertThat(document.getParagraphs().getFirst().getRuns().getFirst().getColor())
                    .isEqualTo("0070C0");
            assertThat(document.getTables().getFirst().getText()).contains("未定");
        }
    }

    @Test
    void asksForASoonAnswerWhereNoDayIsSet() throws IOException {
        try (XWPFDocument document = open(notice(null, null))) {
            assertThat(document.getParagraphs().stream().map(p -> p.getText()).toList())
                    .anyMatch(text -> text.startsWith("请尽快书面答复"));
        }
    }

    @Test
    void refusesAnAnswerBeforeItWasSent() {
        assertThatThrownBy(() -> notice(null, ISSUED.minusDays(1))).hasMessageContaining("2026-05-31");
    }
}
