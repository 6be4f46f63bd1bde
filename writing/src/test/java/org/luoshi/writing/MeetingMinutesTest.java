package org.luoshi.writing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.apache.poi.xwpf.usermodel.XWPFParagraph;
import org.junit.jupiter.api.Test;

class MeetingMinutesTest {
    private static final LocalDate DAY = LocalDate.of(2026, 6, 16);

    private static MeetingMinutes minutes(
            String mark, List<MeetingMinutes.Earlier> earlier, List<MeetingMinutes.Decision> decisions) {
        return new MeetingMinutes(
                "青禾县六月调度会",
                mark,
                DAY,
                "09:00",
                "二楼会议室",
                "",
                List.of("青禾县水利局", "青禾县交通局"),
                earlier,
                List.of(new MeetingMinutes.Topic("水利局", "加固水库两座", "慢 12 个百分点。", "汛前完工。\n\n逐周报进度。")),
                List.of("交通局修路三公里"),
                List.of(),
                decisions,
                "青禾县人民政府督查室");
    }

    private static XWPFDocument open(MeetingMinutes minutes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        minutes.writeDocx(out);
        return new XWPFDocument(new ByteArrayInputStream(out.toByteArray()));
    }

    private static List<String> paragraphs(XWPFDocument document) {
        return document.getParagraphs().stream().map(XWPFParagraph::getText).toList();
    }

    @Test
    void holdsWhatWasSaidAndDecidedInNumberedSections() throws IOException {
        List<MeetingMinutes.Earlier> earlier =
                List.of(new MeetingMinutes.Earlier("批2026-0003", "清淤三条河", "水利局", DAY, "办理中，逾期 2 天", ""));
        List<MeetingMinutes.Decision> decisions =
                List.of(new MeetingMinutes.Decision("批2026-0009", "工期倒排到周", "水利局", "交通局", DAY.plusDays(14)));
        try (XWPFDocument document = open(minutes("", earlier, decisions))) {
            assertThat(paragraphs(document))
                    .startsWith("青禾县六月调度会纪要", "时间：2026年6月16日 09:00", "地点：二楼会议室", "主持：未定")
                    .containsSubsequence(
                            "一、以前议定事项办理情况",
                            "二、调度事项",
                            "1. 水利局：加固水库两座。慢 12 个百分点。",
                            "汛前完工。",
                            "逐周报进度。",
                            "会议还通报了交通局修路三公里的进展。",
                            "三、议定事项",
                            "青禾县人民政府督查室",
                            "2026年6月16日")
                    .doesNotContain("三、其他议题");
            assertThat(document.getTables()).hasSize(2);
            assertThat(document.getTables().getFirst().getText()).contains("批2026-0003", "办理中，逾期 2 天");
            assertThat(document.getTables().getLast().getText()).contains("批2026-0009", "工期倒排到周", "交通局", "2026-06-30");
        }
    }

    @Test
    void saysThatNothingWasDecidedAndThatItIsADraft() throws IOException {
        try (XWPFDocument document = open(minutes("（草稿）", List.of(), List.of()))) {
            assertThat(paragraphs(document)).contains("（草稿）", "一、调度事项", "二、议定事项", "本次会议没有议定事项。");
            assertThat(document.getTables()).isEmpty();
        }
    }
}
