package org.luoshi.reading.figures;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Shares a list of indicators out among a list of numbers: 甲、乙产量分别达1吨、2吨. */
final class Distribution {
    private Distribution() {}

    /** As many indicators as there are numbers, null where the words do not part into so many. */
    static String @Nullable [] parts(String indicator, int count) {
        int each = indicator.indexOf("分别");
        if (each > 1 && each + 2 < indicator.length()) {
            String[] before = parts(indicator.substring(0, each), count);
            for (int i = 0; before != null && i < count; i++) {
                before[i] += indicator.substring(each + 2);
            }
            return before;
        }
        List<String> parts = split(indicator, "、");
        if (parts.size() != count) {
            List<String> more = split(indicator, "、和及与");
            if (more.size() == count) {
                parts = more;
            } else if (count == 2) {
                for (Map.Entry<String, String[]> pair : IndicatorWords.FUSED.entrySet()) {
                    int at = indicator.indexOf(pair.getKey());
                    if (at >= 0) {
                        String before = indicator.substring(0, at);
                        String after = indicator.substring(at + pair.getKey().length());
                        return new String[] {before + pair.getValue()[0] + after, before + pair.getValue()[1] + after};
                    }
                }
            }
        }
        if (parts.size() != count) {
            return null;
        }
        return share(parts);
    }

    private static List<String> split(String indicator, String marks) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < indicator.length(); i++) {
            char c = indicator.charAt(i);
            if (c == '“' || c == '（' || c == '《' || c == '(') {
                depth++;
            } else if (c == '”' || c == '）' || c == '》' || c == ')') {
                depth--;
            } else if (depth <= 0 && marks.indexOf(c) >= 0) {
                if (i > start) {
                    int from = i - start > 1 && indicator.charAt(start) == '以' && start > 0 ? start : start;
                    parts.add(indicator.substring(from, i));
                }
                start = i + 1;
            }
        }
        if (start < indicator.length()) {
            parts.add(indicator.substring(start));
        }
        return parts;
    }

    private static String[] share(List<String> parts) {
        String last = parts.getLast();
        int of = last.indexOf('占');
        String tail = of > 1 ? last.substring(of) : last.substring(last.length() - head(last, 1));
        boolean measures = Trie.length(IndicatorWords.HEAD.match(last, last.length(), 1)) > 0;
        String first = parts.getFirst();
        int prefix = Trie.length(IndicatorWords.PREFIX.match(first, 0, first.length()));
        String lead = prefix == first.length() ? "" : first.substring(0, prefix);
        String subject = first.substring(0, first.length() - Math.min(first.length(), head(first, 0)));
        String[] shared = new String[parts.size()];
        for (int i = 0; i < shared.length; i++) {
            String part = parts.get(i);
            String end = i < shared.length - 1 && (measures ? measure(part) : head(part, 0)) == 0 ? tail : "";
            if (i == 0) {
                shared[i] = part + end;
            } else if (head(part, 0) == part.length() && head(first, 0) > 0 && subject.length() > 1) {
                shared[i] = subject + part;
            } else {
                boolean own = Trie.length(IndicatorWords.PREFIX.match(part, 0, part.length())) > 0;
                shared[i] = (own ? "" : lead) + part + end;
            }
        }
        return shared;
    }

    private static int measure(String phrase) {
        return Trie.length(IndicatorWords.HEAD.match(phrase, phrase.length(), 0));
    }

    /** Length of the measuring head at the end of a phrase, one that starts behind {@code from}. */
    private static int head(String phrase, int from) {
        int head = Trie.length(IndicatorWords.HEAD.match(phrase, phrase.length(), Math.min(from, phrase.length())));
        return head > 0
                ? head
                : Trie.length(IndicatorWords.WEAK_HEAD.match(phrase, phrase.length(), Math.min(from, phrase.length())));
    }
}
