package org.luoshi.reading.outline;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.luoshi.reading.Evidence;
import org.luoshi.reading.Outline.Section;
import org.luoshi.reading.Outline.Stated;
import org.luoshi.reading.Span;

/** What stands before the salutation: title, date, place, speaker and occasion. */
record Front(
        @Nullable Stated<String> title,
        @Nullable Stated<LocalDate> date,
        @Nullable Stated<String> place,
        @Nullable Stated<String> speaker,
        @Nullable Stated<String> occasion) {

    private static final int LONGEST = 3000;
    private static final int LONGEST_WITHOUT_SALUTATION = 600;
    private static final int LONGEST_TITLE = 40;
    private static final int LONGEST_OCCASION = 70;
    private static final int LONGEST_NAME = 4;
    private static final String[] SALUTATIONS = {"各位代表", "同志们", "各位领导", "尊敬的", "各位委员"};
    private static final String[] TITLES = {"工作报告", "汇报材料", "情况报告", "情况汇报", "工作汇报", "的报告", "的讲话", "讲话"};
    private static final String[] OFFICES = {"省长", "市长", "县长", "区长", "州长", "旗长", "盟长", "镇长", "乡长", "主席", "书记", "主任"};
    private static final String[] MEETING_ENDS = {"会议上", "大会上", "全会上", "座谈会上", "推进会上", "会上"};
    private static final String PLACE_ENDS = "省市县区州旗盟镇乡";

    static Front read(String text, List<Section> sections) {
        int end = end(text, sections);
        Stated<String> occasion = occasion(text, end);
        Stated<String> title = title(text, end);
        Stated<LocalDate> date = date(text, end);
        return new Front(title, date, place(text, occasion, title), speaker(text, end), occasion);
    }

    private static int end(String text, List<Section> sections) {
        int end = Math.min(text.length(), LONGEST);
        int salutation = Integer.MAX_VALUE;
        for (String word : SALUTATIONS) {
            int at = Words.find(text, 0, end, word);
            salutation = at < 0 ? salutation : Math.min(salutation, at);
        }
        if (salutation == Integer.MAX_VALUE) {
            end = Math.min(end, LONGEST_WITHOUT_SALUTATION);
        } else {
            end = salutation;
        }
        return sections.isEmpty()
                ? end
                : Math.min(end, sections.getFirst().heading().start());
    }

    private static @Nullable Stated<String> title(String text, int end) {
        int from = 0;
        while (from < end) {
            int to = lineEnd(text, from, end);
            int stop = to;
            for (String cut : new String[] {"——", "。", "（", "—"}) {
                int at = Words.find(text, from, to, cut);
                stop = at > from ? Math.min(stop, at) : stop;
            }
            String line = squeeze(text, from, stop);
            if (line.length() <= LONGEST_TITLE
                    && endsWith(line, TITLES)
                    && !line.contains("作政府工作报告")
                    && !line.contains("在此")
                    && !Words.has(text, from, to, "记者", "首页")) {
                return new Stated<>(line, Evidence.of("outline.title", trimmed(text, from, stop)), 0.97);
            }
            from = to + 1;
        }
        return null;
    }

    private static boolean endsWith(String line, String[] words) {
        for (String word : words) {
            if (line.endsWith(word)) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable Stated<LocalDate> date(String text, int end) {
        Stated<LocalDate> other = null;
        for (int i = 0; i < end; i++) {
            Days.Found found = Days.at(text, i, end);
            if (found == null) {
                continue;
            }
            Span span = new Span(i, found.end());
            boolean printed = Words.has(text, Math.max(0, i - 5), i, "时间", "来源", "发布");
            boolean meeting = !printed && Words.has(text, found.end(), found.end() + LONGEST_OCCASION, MEETING_ENDS);
            if (meeting && Words.has(text, found.end(), found.end() + 3, "在", "于", "，")) {
                return new Stated<>(found.day(), Evidence.of("outline.date-of-meeting", span), 0.98);
            }
            if (other == null) {
                // A date that stands alone is often that of the web page.
                other = new Stated<>(found.day(), Evidence.of("outline.date-alone", span), meeting ? 0.7 : 0.5);
            }
            i = found.end();
        }
        return other;
    }

    private static @Nullable Stated<String> occasion(String text, int end) {
        for (int i = Words.find(text, 0, end, "在"); i >= 0; i = Words.find(text, i + 1, end, "在")) {
            int limit = Math.min(end, i + LONGEST_OCCASION);
            int close = Integer.MAX_VALUE;
            for (String word : MEETING_ENDS) {
                int at = Words.find(text, i, limit, word);
                close = at < 0 ? close : Math.min(close, at + word.length() - 1);
            }
            if (close < limit && !Words.has(text, i, close, "。", "，", "；", "：")) {
                Span span = new Span(i + 1, close);
                return new Stated<>(squeeze(text, i + 1, close), Evidence.of("outline.occasion", span), 0.97);
            }
        }
        return null;
    }

    private static @Nullable Stated<String> place(
            String text, @Nullable Stated<String> occasion, @Nullable Stated<String> title) {
        if (occasion != null) {
            String name = placeBefore(occasion.value(), "第");
            if (name != null && occasion.evidence().words() != null) {
                int at =
                        text.indexOf(name.charAt(0), occasion.evidence().words().start());
                Span words = new Span(at, Math.min(text.length(), at + name.length()));
                return new Stated<>(name, Evidence.of("outline.place-of-meeting", words), 0.97);
            }
        }
        if (title != null) {
            String line = title.value();
            int year = line.indexOf('年');
            String name = placeBefore(year >= 0 ? line.substring(year + 1) : line, "政府");
            if (name == null && year > 4) {
                name = placeBefore(line.substring(0, year - 4) + "政府", "政府");
            }
            if (name != null) {
                return new Stated<>(name, title.evidence(), 0.9);
            }
        }
        return Masked.place(text);
    }

    /** The name of a place at the start of a line, up to a word such as 第 in 某某县第十届. */
    private static @Nullable String placeBefore(String line, String word) {
        int to = line.indexOf(word);
        if (to < 2) {
            return null;
        }
        String name = line.substring(0, to);
        for (String drop : new String[] {"中国共产党", "中共", "人民"}) {
            name = name.replace(drop, "");
        }
        boolean named =
                name.length() >= 2 && name.length() <= 14 && PLACE_ENDS.indexOf(name.charAt(name.length() - 1)) >= 0;
        return named ? name : null;
    }

    private static @Nullable Stated<String> speaker(String text, int end) {
        int from = 0;
        while (from < end) {
            int to = lineEnd(text, from, end);
            if (to - from <= 90) {
                for (String office : OFFICES) {
                    int at = Words.find(text, from, to, office);
                    Span name = at < 0 ? null : name(text, at + office.length(), to);
                    if (name != null) {
                        return new Stated<>(
                                squeeze(text, name.start(), name.end()), Evidence.of("outline.speaker", name), 0.95);
                    }
                }
            }
            from = to + 1;
        }
        return null;
    }

    private static @Nullable Span name(String text, int after, int lineEnd) {
        int start = after;
        while (start < lineEnd && (Stops.isBlank(text.charAt(start)) || text.charAt(start) == '：')) {
            start++;
        }
        int end = start;
        int letters = 0;
        while (end < lineEnd && letters <= LONGEST_NAME) {
            char c = text.charAt(end);
            boolean blank = Stops.isBlank(c);
            if (!blank && (c < '\u4e00' || c > '\u9fff') && c != '·') {
                break;
            }
            if (text.startsWith("作", end) || text.startsWith("代表", end) || text.startsWith("同志", end)) {
                break;
            }
            // 林 君 is one name; a blank after two letters ends it.
            if (blank && letters >= 2) {
                break;
            }
            letters += blank ? 0 : 1;
            end++;
        }
        boolean fits = letters >= 2 && letters <= LONGEST_NAME;
        return fits ? new Span(start, end) : null;
    }

    private static int lineEnd(String text, int from, int end) {
        int to = from;
        while (to < end && !Stops.isLineEnd(text.charAt(to))) {
            to++;
        }
        return to;
    }

    private static Span trimmed(String text, int from, int to) {
        int start = from;
        while (start < to && Stops.isBlank(text.charAt(start))) {
            start++;
        }
        int end = to;
        while (end > start && Stops.isBlank(text.charAt(end - 1))) {
            end--;
        }
        return new Span(start, end);
    }

    private static String squeeze(String text, int from, int to) {
        StringBuilder line = new StringBuilder(to - from);
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (!Stops.isBlank(c) && !Stops.isLineEnd(c)) {
                line.append(c);
            }
        }
        return line.toString();
    }
}
