package org.luoshi.reading.outline;

import org.jspecify.annotations.Nullable;
import org.luoshi.reading.Evidence;
import org.luoshi.reading.Outline.Stated;
import org.luoshi.reading.Span;

/** The place of a report without a front page: 我代表某某县人民政府, or a masked name such as **区 that acts. */
final class Masked {
    private static final int SEARCHED = 4000;
    private static final int LONGEST = 12;
    private static final String[] ACTS = {"将", "坚持", "委常委会", "人民政府"};

    private Masked() {}

    static @Nullable Stated<String> place(String text) {
        int end = Math.min(text.length(), SEARCHED);
        int speaks = Words.find(text, 0, end, "我代表");
        if (speaks >= 0) {
            int start = speaks + 3;
            int government = Words.find(text, start, start + LONGEST + 4, "人民政府");
            if (government - start >= 2) {
                return new Stated<>(
                        text.substring(start, government),
                        Evidence.of("outline.place-of-government", new Span(start, government)),
                        0.9);
            }
        }
        for (int i = 1; i + 1 < end; i++) {
            if ("市县区州旗镇乡".indexOf(text.charAt(i)) < 0 || !isMask(text.charAt(i - 1))) {
                continue;
            }
            for (String act : ACTS) {
                if (text.startsWith(act, i + 1)) {
                    int start = i;
                    while (start > 0 && i - start < LONGEST && isMask(text.charAt(start - 1))) {
                        start--;
                    }
                    return new Stated<>(
                            text.substring(start, i + 1),
                            Evidence.of("outline.place-masked", new Span(start, i + 1)),
                            0.5);
                }
            }
        }
        return null;
    }

    private static boolean isMask(char c) {
        return c == '*' || c == 'x' || c == 'X' || c == '×' || c == '＊' || c == '某';
    }
}
