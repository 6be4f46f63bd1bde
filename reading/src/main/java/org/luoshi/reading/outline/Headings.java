package org.luoshi.reading.outline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.luoshi.reading.Evidence;
import org.luoshi.reading.Outline.Role;
import org.luoshi.reading.Outline.Section;
import org.luoshi.reading.Span;

/** Finds the headings of a text, those run into paragraphs included, and makes sections of them. */
final class Headings {
    /** Titles longer than this are sentences that happen to carry a number: they are cut at their first comma. */
    private static final int LONG_TITLE = 64;

    private static final int LONG_POINT = 36;
    private static final int LONG_PART_TITLE = 32;
    private static final int DEPTHS = 5;

    /** What ends the title of a part when the paragraph follows without a break, as in 一、2018年工作回顾2018年，…. */
    private static final String[] PART_ENDS = {
        "工作回顾", "回顾", "主要成就", "主要成绩", "工作总体要求", "总体要求", "总体思路", "主要目标任务", "主要预期目标", "主要目标", "奋斗目标", "预期目标", "目标任务",
        "目标要求", "重点任务", "主要任务", "重点工作安排", "重点工作任务", "重点工作", "工作安排", "工作任务", "工作打算", "重大举措", "自身建设"
    };

    private static final String[] GLOSSARY_TITLES = {"名词解释", "名词注释", "名词术语解释", "注释", "名词说明", "有关词语解释"};

    private static final String[] PART_TITLES = {
        "工作回顾", "工作安排", "总体要求", "重点工作", "工作重点", "工作任务", "目标任务", "主要目标", "民生实事", "第一部分", "第二部分", "第三部分"
    };

    private final String text;
    private final List<Draft> drafts = new ArrayList<>();
    private final int[] lastNumber = new int[DEPTHS];
    private int glossaryStart = -1;
    /** The parts carry numbers, so that a short line without one is no title of a part. */
    private boolean numberedParts;

    private record Draft(int depth, int start, int markerEnd, int titleEnd, boolean glossary) {}

    private Headings(String text) {
        this.text = text;
    }

    static List<Section> read(String text) {
        Headings headings = new Headings(text);
        headings.scan();
        return headings.sections();
    }

    private void scan() {
        int lineStart = 0;
        while (lineStart < text.length() && glossaryStart < 0) {
            int lineEnd = lineStart;
            while (lineEnd < text.length() && !Stops.isLineEnd(text.charAt(lineEnd))) {
                lineEnd++;
            }
            line(lineStart, lineEnd);
            lineStart = lineEnd + 1;
        }
        if (glossaryStart < 0) {
            glossaryStart = UntitledGlossary.find(text);
            if (glossaryStart >= 0) {
                drafts.removeIf(draft -> draft.start >= glossaryStart);
                drafts.add(new Draft(0, glossaryStart, glossaryStart, glossaryStart, true));
            }
        }
    }

    private void line(int from, int to) {
        int start = skipBlanks(from, to);
        if (start >= to) {
            return;
        }
        if (to - start <= LONG_PART_TITLE && unnumbered(start, to)) {
            return;
        }
        mark(start, to, true);
        for (int i = start; i + 1 < to; i++) {
            char c = text.charAt(i);
            if (c == '：' || c == ':' || Stops.isEnd(c)) {
                int next = skipBlanks(i + 1, to);
                if (next < to && mayMark(text.charAt(next))) {
                    mark(next, to, false);
                }
            }
        }
    }

    private boolean unnumbered(int start, int end) {
        int to = end;
        while (to > start && Stops.isBlank(text.charAt(to - 1))) {
            to--;
        }
        for (String title : GLOSSARY_TITLES) {
            int at = Words.find(text, start, to, title);
            if (at >= 0 && at - start <= 12 && to - at <= title.length() + 2 && Marker.at(text, start) == null) {
                glossaryStart = start;
                drafts.add(new Draft(0, start, start, to, true));
                return true;
            }
        }
        if (Marker.at(text, start) != null || Words.has(text, start, to, "报告", "。", "；", "！", "：", "，", "——", "我们")) {
            return false;
        }
        if (!numberedParts && Words.has(text, start, to, PART_TITLES)) {
            add(new Draft(0, start, start, to, false), 0);
            return true;
        }
        return false;
    }

    private static boolean mayMark(char c) {
        return c == '（' || c == '(' || (c >= '1' && c <= '9') || Numeral.isDigit(c) || "首其再最".indexOf(c) >= 0;
    }

    private void mark(int at, int lineEnd, boolean lineStart) {
        Marker marker = Marker.at(text, at);
        if (marker == null || (!lineStart && !follows(marker))) {
            return;
        }
        if (lineStart && marker.depth() == 4 && !follows(marker)) {
            return;
        }
        int markerEnd = at + marker.length();
        int end = titleEnd(marker.depth(), markerEnd, lineEnd);
        if (end > markerEnd) {
            add(new Draft(marker.depth(), at, markerEnd, end, false), marker.number());
        }
    }

    /** A marker within a line counts only where it starts a list or goes on with one. */
    private boolean follows(Marker marker) {
        int last = lastNumber[marker.depth()];
        if (marker.number() == 0) {
            return last > 0;
        }
        return marker.number() == 1 || marker.number() == last + 1;
    }

    private void add(Draft draft, int number) {
        drafts.add(draft);
        lastNumber[draft.depth] = number == 0 ? lastNumber[draft.depth] + 1 : number;
        Arrays.fill(lastNumber, draft.depth + 1, DEPTHS, 0);
    }

    private int titleEnd(int depth, int from, int lineEnd) {
        int limit = depth == 4 ? LONG_POINT : LONG_TITLE;
        int comma = -1;
        int end = from;
        while (end < lineEnd && !Stops.isEnd(text.charAt(end)) && end - from <= limit) {
            char c = text.charAt(end);
            if (comma < 0 && (c == '，' || c == ',' || c == '：' || c == ':')) {
                comma = end;
            }
            end++;
        }
        boolean whole = end >= lineEnd || Stops.isEnd(text.charAt(end));
        if (depth == 1) {
            int cut = partEnd(from, end);
            if (cut > 0) {
                numberedParts = true;
                return cut;
            }
        }
        if (!whole) {
            end = comma > 0 ? comma : end - 1;
        }
        while (end > from && Stops.isBlank(text.charAt(end - 1))) {
            end--;
        }
        return end;
    }

    /** Where the title of a part ends that runs into its paragraph, or -1. */
    private int partEnd(int from, int to) {
        int cut = -1;
        for (int i = from; i < to && i < from + 40; i++) {
            char c = text.charAt(i);
            if (c == '，' || c == '：' || c == ':' || c == ',') {
                break;
            }
            if (cut > 0 && i - cut > 6) {
                break;
            }
            String end = wordAt(i);
            if (end != null) {
                cut = i + end.length();
                i = cut - 1;
            }
        }
        return cut;
    }

    private @Nullable String wordAt(int offset) {
        for (String end : PART_ENDS) {
            if (text.startsWith(end, offset)) {
                return end;
            }
        }
        return null;
    }

    private List<Section> sections() {
        int[] ends = new int[drafts.size()];
        int[] parents = new int[drafts.size()];
        int[] open = new int[DEPTHS];
        Arrays.fill(open, -1);
        for (int i = 0; i < drafts.size(); i++) {
            Draft draft = drafts.get(i);
            int parent = -1;
            for (int depth = 0; depth < DEPTHS; depth++) {
                if (depth < draft.depth) {
                    parent = open[depth] >= 0 ? open[depth] : parent;
                } else if (open[depth] >= 0) {
                    ends[open[depth]] = draft.start;
                    open[depth] = -1;
                }
            }
            parents[i] = parent;
            open[draft.depth] = i;
            ends[i] = text.length();
        }
        List<Section> sections = new ArrayList<>(drafts.size());
        Section lastTop = null;
        Roles roles = new Roles(text, drafts.isEmpty() ? 0 : drafts.getFirst().start);
        for (int i = 0; i < drafts.size(); i++) {
            Draft draft = drafts.get(i);
            Section parent = parents[i] < 0 ? null : sections.get(parents[i]);
            Span heading = new Span(draft.start, draft.titleEnd);
            Span body = new Span(draft.titleEnd, Math.max(draft.titleEnd, ends[i]));
            String title = text.substring(draft.markerEnd, draft.titleEnd).strip();
            Role role = draft.glossary ? Role.GLOSSARY : roles.of(title, draft.depth, body, parent, lastTop);
            sections.add(new Section(
                    draft.depth,
                    text.substring(draft.start, draft.markerEnd),
                    title,
                    heading,
                    body,
                    role,
                    Evidence.of(draft.depth == 0 ? "outline.part-title" : "outline.marker", heading)));
            lastTop = draft.depth <= 1 ? sections.getLast() : lastTop;
        }
        return sections;
    }

    private int skipBlanks(int from, int to) {
        int at = from;
        while (at < to && Stops.isBlank(text.charAt(at))) {
            at++;
        }
        return at;
    }
}
