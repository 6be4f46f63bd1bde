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
        int head = Trie.length(IndicatorWords.HEAD.match(last, last.length(), 0));
        String tail = head == last.length() ? "" : last.substring(last.length() - head);
        String first = parts.getFirst();
        int prefix = Trie.length(IndicatorWords.PREFIX.match(first, 0, first.length()));
        String lead = prefix == first.length() ? "" : first.substring(0, prefix);
        String[] shared = new String[parts.size()];
        for (int i = 0; i < shared.length; i++) {
            String part = parts.get(i);
            String end = "";
            if (i < shared.length - 1 && Trie.length(IndicatorWords.HEAD.match(part, part.length(), 0)) == 0) {
                end = tail;
            }
            boolean own = i == 0 || Trie.length(IndicatorWords.PREFIX.match(part, 0, part.length())) > 0;
            shared[i] = (own ? "" : lead) + part + end;
        }
        return shared;
    }
}
