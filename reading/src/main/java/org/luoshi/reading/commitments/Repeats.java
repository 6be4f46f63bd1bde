package org.luoshi.reading.commitments;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.luoshi.reading.Figure;

/** Links a commitment to an earlier one that sets the same target for the same year, or promises the same in the same words. */
final class Repeats {
    private static final int SHORTEST_OBJECT = 6;

    /** Short forms that reports use side by side with the long ones. */
    private static final String[][] SHORT_FORMS = {
        {"规上", "规模以上"},
        {"限上", "限额以上"},
        {"GDP", "地区生产总值"},
        {"社零额", "社会消费品零售总额"},
        {"固投", "固定资产投资"},
        {"地方一般", "一般"},
        {"省外境内资金", "省外资金"}
    };

    private static final String[] FRONTS = {
        "全县", "全市", "全省", "全区", "全年", "实现", "力争", "确保", "全社会", "新引进", "引进", "新增", "完成"
    };
    private static final String[] BACKS = {"增速", "增长", "同比"};

    private final Map<String, Integer> seen = new HashMap<>();

    /** The index of the earlier commitment that this one repeats, -1 where it is new; it is remembered either way. */
    int link(int index, List<Figure> targets, String object, @Nullable LocalDate due) {
        int earlier = -1;
        for (Figure target : targets) {
            String key = key(target, due);
            if (key.isEmpty()) {
                continue;
            }
            Integer before = seen.putIfAbsent(key, index);
            if (before != null && before != index && earlier < 0) {
                earlier = before;
            }
        }
        String plain = plain(object);
        if (plain.length() >= SHORTEST_OBJECT) {
            Integer before = seen.putIfAbsent("o:" + plain, index);
            if (before != null && earlier < 0 && targets.isEmpty()) {
                earlier = before;
            }
        }
        return earlier;
    }

    private static String key(Figure target, @Nullable LocalDate due) {
        String indicator = plain(target.indicator());
        if (indicator.length() < 3 || target.value() == null && !target.masked()) {
            return "";
        }
        String value = target.value() == null
                ? "*"
                : target.value().stripTrailingZeros().toPlainString();
        // 5% a year over a plan of five years and 5% this year are two promises.
        LocalDate last = target.due() == null ? due : target.due();
        return (last == null ? 0 : last.getYear()) + "|" + indicator + "|" + target.basis() + "|" + target.unit() + "|"
                + value;
    }

    private static String plain(String words) {
        var plain = new StringBuilder(words.length());
        for (int i = 0; i < words.length(); i++) {
            char c = words.charAt(i);
            if (c > ' ' && "“”\"，,、　".indexOf(c) < 0) {
                plain.append(c);
            }
        }
        String text = plain.toString();
        for (String[] form : SHORT_FORMS) {
            if (text.contains(form[0])) {
                text = text.replace(form[0], form[1]);
            }
        }
        for (String front : FRONTS) {
            if (text.startsWith(front)) {
                text = text.substring(front.length());
            }
        }
        for (String back : BACKS) {
            if (text.endsWith(back)) {
                text = text.substring(0, text.length() - back.length());
            }
        }
        return text;
    }
}
