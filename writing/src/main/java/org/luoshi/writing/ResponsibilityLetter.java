package org.luoshi.writing;

import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A 责任状: what one unit answers for, signed by the unit and by the government that it answers to.
 *
 * @param title such as 2026年度重点工作目标责任状
 * @param issuer the government or office that hands the tasks down
 * @param unit the unit that answers
 * @param preamble paragraphs before the table
 * @param commitments what the unit answers for, in their order
 * @param terms paragraphs after the table: how it is checked, how many copies there are
 * @param date of signing, null to leave it to be filled in by hand
 */
public record ResponsibilityLetter(
        String title,
        String issuer,
        String unit,
        List<String> preamble,
        List<Answered> commitments,
        List<String> terms,
        @Nullable LocalDate date) {

    /** What the unit is in a task. */
    public enum Role {
        LEAD("牵头"),
        JOINT("配合");

        private final String chinese;

        Role(String chinese) {
            this.chinese = chinese;
        }

        public String chinese() {
            return chinese;
        }
    }

    /** One task of the unit; what is not known is empty. */
    public record Answered(String task, String targets, String deadline, Role role) {}

    public ResponsibilityLetter {
        preamble = List.copyOf(preamble);
        commitments = List.copyOf(commitments);
        terms = List.copyOf(terms);
    }

    /** Writes it as .docx in the layout of GB/T 9704; leaves the stream open. */
    public void writeDocx(OutputStream out) throws IOException {
        try (OfficialDocument document =
                OfficialDocument.begin(out, OfficialDocument.Sheet.UPRIGHT, title + " " + unit)) {
            document.title(title);
            document.line("责任单位：" + unit, Face.BODY, OfficialDocument.Place.LEFT);
            for (String paragraph : preamble) {
                document.text(paragraph);
            }
            document.heading("一、目标任务");
            document.beginTable(List.of(10, 60, 38, 32, 16), List.of("序号", "目标任务", "目标值", "完成时限", "责任"));
            List<Boolean> centred = List.of(true, false, false, true, true);
            int number = 1;
            for (Answered answered : commitments) {
                document.row(
                        List.of(
                                Integer.toString(number++),
                                answered.task(),
                                answered.targets(),
                                answered.deadline(),
                                answered.role().chinese()),
                        centred);
            }
            document.endTable();
            if (!terms.isEmpty()) {
                document.blankLine();
                document.heading("二、有关要求");
                for (String paragraph : terms) {
                    document.text(paragraph);
                }
            }
            document.blankLine();
            document.sideBySide(signature("签发单位", issuer), signature("责任单位", unit));
        }
    }

    private List<String> signature(String party, String name) {
        List<String> lines = new ArrayList<>();
        lines.add(party + "（盖章）：");
        lines.add(name);
        lines.add("负责人（签字）：");
        lines.add(date == null ? "　　　年　　月　　日" : ChineseDates.of(date));
        return lines;
    }
}
