package org.luoshi.cli;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.luoshi.reading.Commitment;
import org.luoshi.reading.Figure;
import org.luoshi.reading.Outline;
import org.luoshi.reading.Reading;
import org.luoshi.reading.SourceText;
import org.luoshi.writing.TaskRow;

/** The commitments of one report as rows of a table; repeated ones stand once. */
final class Rows {
    private static final double SURE = 0.7;

    private Rows() {}

    /**
     * @param stored the text as the file has it, which the row quotes
     * @param file what to name as the source besides the section, empty where there is one file only
     */
    static List<TaskRow> of(Reading reading, SourceText stored, String file, Words words) {
        List<TaskRow> rows = new ArrayList<>();
        for (Commitment commitment : reading.commitments()) {
            if (commitment.sameAs() >= 0) {
                continue;
            }
            String section = section(reading.outline(), commitment.section());
            rows.add(new TaskRow(
                    0,
                    stored.at(commitment.span()).replaceAll("\\s+", " ").strip(),
                    commitment.targets().stream().map(Rows::target).collect(Collectors.joining("；")),
                    deadline(commitment.deadline()),
                    "",
                    commitment.lead().isEmpty()
                            ? ""
                            : commitment.lead().getFirst().name(),
                    commitment.joint().stream().map(Commitment.Proposal::name).collect(Collectors.joining("、")),
                    file.isEmpty() || section.isEmpty() ? file + section : file + " " + section,
                    remark(commitment, words)));
        }
        return rows;
    }

    /** The numbering of the sections around a commitment, such as {@code 二、（一）}. */
    private static String section(Outline outline, int index) {
        if (index < 0) {
            return "";
        }
        StringBuilder path = new StringBuilder();
        int depth = Integer.MAX_VALUE;
        for (int i = index; i >= 0 && depth > 1; i--) {
            Outline.Section section = outline.sections().get(i);
            if (section.depth() < depth) {
                path.insert(0, section.marker());
                depth = section.depth();
            }
        }
        return path.toString();
    }

    static String target(Figure figure) {
        String sign = switch (figure.op()) {
            case AT_LEAST -> "≥";
            case AT_MOST -> "≤";
            case BELOW -> "＜";
            case ABOVE -> "＞";
            case EQUAL, RANGE -> "";
        };
        String unit = figure.unit() == null ? "" : figure.unit();
        BigDecimal low = figure.value();
        BigDecimal high = figure.value2();
        String value = figure.masked() || low == null ? "**" : plain(low);
        if (high != null) {
            value = value + "—" + plain(high);
        }
        String basis = switch (figure.basis()) {
            case GROWTH -> figure.indicator().contains("增") ? "" : "增长";
            case RANK -> "位次";
            case LEVEL, SHARE, CHANGE -> "";
        };
        String stretch = figure.stretch() ? "（力争）" : "";
        return figure.indicator() + basis + (sign.isEmpty() ? " " : sign) + value + unit + stretch;
    }

    private static String plain(BigDecimal value) {
        return value.stripTrailingZeros().toPlainString();
    }

    private static String deadline(Commitment.Deadline deadline) {
        LocalDate due = deadline.due();
        return due == null ? "" : due.getYear() + "年" + due.getMonthValue() + "月" + due.getDayOfMonth() + "日";
    }

    private static String remark(Commitment commitment, Words words) {
        List<String> remarks = new ArrayList<>();
        if (commitment.confidence() < SURE) {
            remarks.add(words.say("remark.check", String.format(Locale.ROOT, "%.2f", commitment.confidence())));
        }
        if (!commitment.lead().isEmpty() && !commitment.lead().getFirst().named()) {
            remarks.add(words.say("remark.lead"));
        }
        if (commitment.deadline().inferred() && commitment.deadline().due() != null) {
            remarks.add(words.say("remark.due"));
        }
        return String.join("；", remarks);
    }
}
