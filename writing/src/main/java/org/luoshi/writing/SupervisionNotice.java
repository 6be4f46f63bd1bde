package org.luoshi.writing;

import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A 督办单: one matter on one sheet, asking one unit to get on with it.
 *
 * @param level its rung; gives the head its colour and its words
 * @param number such as 督蓝〔2026〕17号
 * @param office that sends it
 * @param unit that it goes to
 * @param matterNumber number of the matter
 * @param title of the matter
 * @param asked what is asked of the unit; blank where nothing more than the title is
 * @param deadline of the matter, null where it has none
 * @param reasons why it is sent, as sentences with their figures
 * @param replyBy last day to answer; null: as soon as may be
 * @param issued day it was sent
 */
public record SupervisionNotice(
        Level level,
        String number,
        String office,
        String unit,
        String matterNumber,
        String title,
        String asked,
        @Nullable LocalDate deadline,
        List<String> reasons,
        @Nullable LocalDate replyBy,
        LocalDate issued) {

    /** The rungs of the ladder that go out as letters. */
    public enum Level {
        BLUE("蓝色督办单", "0070C0"),
        YELLOW("黄色督办单", "BF9000"),
        ORANGE("橙色督办单", "E36C0A"),
        RED("红色督办单", "C00000");

        private final String chinese;
        private final String colour;

        Level(String chinese, String colour) {
            this.chinese = chinese;
            this.colour = colour;
        }

        public String chinese() {
            return chinese;
        }
    }

    public SupervisionNotice {
        reasons = List.copyOf(reasons);
        if (replyBy != null && replyBy.isBefore(issued)) {
            throw new IllegalArgumentException("The notice " + number + " of " + issued + " asks for an answer by "
                    + replyBy + ", before it was sent");
        }
    }

    /** Writes it as .docx in the layout of GB/T 9704; leaves the stream open. */
    public void writeDocx(OutputStream out) throws IOException {
        try (OfficialDocument document =
                OfficialDocument.begin(out, OfficialDocument.Sheet.UPRIGHT, level.chinese() + " " + number)) {
            document.colouredTitle(level.chinese(), level.colour);
            document.line(number, Face.BODY, OfficialDocument.Place.CENTRE);
            document.line(unit + "：", Face.BODY, OfficialDocument.Place.LEFT);
            document.beginTable(List.of(34, 122), List.of("事项编号", matterNumber));
            List<Boolean> centred = List.of(true, false);
            for (List<String> row : rows()) {
                document.row(row, centred);
            }
            document.endTable();
            document.blankLine();
            document.text((replyBy == null ? "请尽快" : "请于" + ChineseDates.of(replyBy) + "前") + "书面答复办理情况，并附证明材料。");
            document.blankLine();
            document.line(office, Face.BODY, OfficialDocument.Place.RIGHT);
            document.line(ChineseDates.of(issued), Face.BODY, OfficialDocument.Place.RIGHT);
        }
    }

    private List<List<String>> rows() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("事项", title));
        if (!asked.isBlank()) {
            rows.add(List.of("要求", asked));
        }
        rows.add(List.of("期限", deadline == null ? "未定" : ChineseDates.of(deadline)));
        if (!reasons.isEmpty()) {
            rows.add(List.of("督办原因", String.join("\n", reasons)));
        }
        return rows;
    }
}
