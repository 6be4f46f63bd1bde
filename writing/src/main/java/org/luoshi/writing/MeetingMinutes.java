package org.luoshi.writing;

import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * 会议纪要: when, where, under whom and with whom a meeting sat, how the last decisions stand, what was said, what was
 * decided.
 *
 * @param title of the meeting
 * @param mark under the title, such as a draft's; blank: none
 * @param hour such as 09:00; blank: not known
 * @param units that attended
 * @param earlier decisions of the meetings before and how they stood
 * @param lagging what lagged and was spoken of, with what was said
 * @param mentioned what lagged and was told without being spoken of
 * @param others items that were no matters
 * @param office that keeps the minutes
 */
public record MeetingMinutes(
        String title,
        String mark,
        LocalDate day,
        String hour,
        String place,
        String chair,
        List<String> units,
        List<Earlier> earlier,
        List<Topic> lagging,
        List<String> mentioned,
        List<Topic> others,
        List<Decision> decisions,
        String office) {

    /** A decision of a meeting before. */
    public record Earlier(
            String number,
            String title,
            String lead,
            @Nullable LocalDate due,
            String stood,
            String said) {}

    /**
     * What was spoken of.
     *
     * @param unit that answers for it; blank: none
     * @param stood how it stood on the day; blank: no matter
     * @param said the discussion, in lines
     */
    public record Topic(String unit, String name, String stood, String said) {}

    /** A decision that became a matter. */
    public record Decision(String number, String title, String lead, String joint, LocalDate due) {}

    private static final List<String> COUNT = List.of("一", "二", "三", "四");
    private static final List<Boolean> EARLIER = List.of(true, false, true, true, false);
    private static final List<Boolean> DECIDED = List.of(true, true, false, true, true, true);

    public MeetingMinutes {
        units = List.copyOf(units);
        earlier = List.copyOf(earlier);
        lagging = List.copyOf(lagging);
        mentioned = List.copyOf(mentioned);
        others = List.copyOf(others);
        decisions = List.copyOf(decisions);
    }

    /** Writes them as .docx in the layout of GB/T 9704; leaves the stream open. */
    public void writeDocx(OutputStream out) throws IOException {
        String name = title.endsWith("纪要") ? title : title + "纪要";
        try (OfficialDocument document = OfficialDocument.begin(out, OfficialDocument.Sheet.UPRIGHT, name)) {
            document.title(name);
            if (!mark.isBlank()) {
                document.line(mark, Face.TABLE_NOTE, OfficialDocument.Place.CENTRE);
            }
            document.text("时间：" + ChineseDates.of(day) + (hour.isBlank() ? "" : " " + hour));
            document.text("地点：" + (place.isBlank() ? "未定" : place));
            document.text("主持：" + (chair.isBlank() ? "未定" : chair));
            document.text("参会单位：" + (units.isEmpty() ? "未定" : String.join("、", units)));
            int section = 0;
            if (!earlier.isEmpty()) {
                document.heading(COUNT.get(section++) + "、以前议定事项办理情况");
                earlier(document);
            }
            section = topics(document, lagging, mentioned, section, "调度事项");
            section = topics(document, others, List.of(), section, "其他议题");
            document.heading(COUNT.get(section) + "、议定事项");
            decisions(document);
            document.blankLine();
            document.line(office, Face.BODY, OfficialDocument.Place.RIGHT);
            document.line(ChineseDates.of(day), Face.BODY, OfficialDocument.Place.RIGHT);
        }
    }

    private void earlier(OfficialDocument document) throws IOException {
        document.beginTable(List.of(28, 42, 26, 26, 34), List.of("编号", "议定事项", "主办单位", "期限", "办理情况"));
        for (Earlier one : earlier) {
            document.row(
                    List.of(
                            one.number(),
                            one.title(),
                            one.lead(),
                            one.due() == null ? "未定" : one.due().toString(),
                            one.said().isBlank() ? one.stood() : one.stood() + "\n" + one.said()),
                    EARLIER);
        }
        document.endTable();
    }

    private static int topics(
            OfficialDocument document, List<Topic> topics, List<String> mentioned, int section, String heading)
            throws IOException {
        if (topics.isEmpty() && mentioned.isEmpty()) {
            return section;
        }
        document.heading(COUNT.get(section) + "、" + heading);
        int n = 0;
        for (Topic topic : topics) {
            n++;
            String unit = topic.unit().isBlank() ? "" : topic.unit() + "：";
            String stood = topic.stood().isBlank() ? "" : topic.stood();
            document.text(n + ". " + unit + topic.name() + "。" + stood);
            for (String line : topic.said().split("\n", -1)) {
                if (!line.isBlank()) {
                    document.text(line.strip());
                }
            }
        }
        if (!mentioned.isEmpty()) {
            document.text((topics.isEmpty() ? "会议通报了" : "会议还通报了") + String.join("、", mentioned) + "的进展。");
        }
        return section + 1;
    }

    private void decisions(OfficialDocument document) throws IOException {
        if (decisions.isEmpty()) {
            document.text("本次会议没有议定事项。");
            return;
        }
        document.beginTable(List.of(11, 28, 45, 23, 23, 26), List.of("序号", "编号", "议定事项", "主办单位", "协办单位", "期限"));
        int n = 0;
        for (Decision decision : decisions) {
            n++;
            document.row(
                    List.of(
                            Integer.toString(n),
                            decision.number(),
                            decision.title(),
                            decision.lead(),
                            decision.joint(),
                            decision.due().toString()),
                    DECIDED);
        }
        document.endTable();
    }
}
