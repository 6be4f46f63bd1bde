package org.luoshi.reading.files;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Paragraphs out of characters that stand at places of a page, as PDF and OFD have them: characters into lines, page
 * numbers and running heads away, lines into paragraphs. Chinese is set without spaces, so a paragraph is told by its
 * indented first line and its last line that ends before the right edge.
 */
final class PageText {
    private static final Pattern PAGE_NUMBER = Pattern.compile(
            "[-—–―－_·•.\\s|/]*\\d{1,4}([\\s/／]*(共\\s*)?\\d{1,4}\\s*页?)?[-—–―－_·•.\\s|/]*|第\\s*\\d{1,4}\\s*页.{0,12}");
    private static final Pattern DIGITS = Pattern.compile("\\d+");

    /**
     * Characters set together.
     *
     * @param x left edge, rightwards, in any unit that the whole document shares
     * @param y base line, downwards
     * @param size of the type
     */
    record Run(double x, double y, double width, double size, String text) {}

    private record Line(int page, double left, double right, double y, double size, String text) {}

    private final List<Line> lines = new ArrayList<>();
    private int pages;
    private long chars;

    /** Adds a page's runs in any order. */
    void addPage(List<Run> runs) throws Refusal {
        int page = pages++;
        List<Run> byHeight = new ArrayList<>(runs);
        byHeight.sort(Comparator.comparingDouble(Run::y));
        List<Run> line = new ArrayList<>();
        double base = 0;
        for (Run run : byHeight) {
            if (!line.isEmpty()
                    && run.y() - base
                            > Math.max(0.5 * Math.max(run.size(), line.getLast().size()), 0.01)) {
                addLine(page, line);
                line.clear();
            }
            if (line.isEmpty()) {
                base = run.y();
            }
            line.add(run);
        }
        if (!line.isEmpty()) {
            addLine(page, line);
        }
    }

    int pages() {
        return pages;
    }

    private void addLine(int page, List<Run> runs) throws Refusal {
        List<Run> sorted = new ArrayList<>(runs);
        sorted.sort(Comparator.comparingDouble(Run::x));
        StringBuilder text = new StringBuilder();
        double right = Double.NEGATIVE_INFINITY;
        double size = 0;
        @Nullable Run before = null;
        for (Run run : sorted) {
            // Bold type is sometimes printed twice, a hair apart.
            if (before != null
                    && before.text().equals(run.text())
                    && run.x() - before.x() < 0.3 * run.size()
                    && !run.text().isBlank()) {
                continue;
            }
            if (before != null && !text.isEmpty() && !run.text().isEmpty()) {
                double gap = run.x() - right;
                boolean chinese = isChinese(text.charAt(text.length() - 1))
                        || isChinese(run.text().charAt(0));
                if (gap > 2 * run.size()) {
                    text.append('\t');
                } else if (gap > 0.2 * run.size() && !chinese) {
                    text.append(' ');
                }
            }
            text.append(run.text());
            right = Math.max(right, run.x() + run.width());
            size = Math.max(size, run.size());
            before = run;
        }
        String clean = withoutSpacesBesideChinese(text);
        if (!clean.isBlank()) {
            chars += clean.length();
            Lines.limit(chars);
            lines.add(new Line(
                    page, sorted.getFirst().x(), right, sorted.getFirst().y(), size, clean));
        }
    }

    /** The paragraphs, one a line. */
    String paragraphs() throws Refusal {
        List<Line> body = withoutFurniture();
        Map<Integer, double[]> edges = edges(body);
        Lines out = new Lines();
        StringBuilder paragraph = new StringBuilder();
        @Nullable Line before = null;
        double pitch = pitch(body);
        boolean indented = isIndented(body, edges);
        for (Line line : body) {
            if (before != null && (!goesOn(before, line, edges, pitch) || (!indented && endsSentence(before)))) {
                out.add(paragraph);
                paragraph.setLength(0);
            }
            if (!paragraph.isEmpty()
                    && !isChinese(paragraph.charAt(paragraph.length() - 1))
                    && !isChinese(line.text().charAt(0))) {
                paragraph.append(' ');
            }
            paragraph.append(line.text());
            before = line;
        }
        out.add(paragraph);
        return out.toString();
    }

    /** Whether first lines of paragraphs are set in; where none is, the end of a sentence has to part them. */
    private static boolean isIndented(List<Line> body, Map<Integer, double[]> edges) {
        return body.stream().anyMatch(line -> {
            double in = line.left() - edges.getOrDefault(line.page(), new double[2])[0];
            return in > 1.2 * line.size() && in < 3 * line.size();
        });
    }

    private static boolean endsSentence(Line line) {
        return "。！？：".indexOf(line.text().charAt(line.text().length() - 1)) >= 0;
    }

    private static boolean goesOn(Line before, Line line, Map<Integer, double[]> edges, double pitch) {
        double[] mine = edges.getOrDefault(line.page(), new double[2]);
        double[] theirs = edges.getOrDefault(before.page(), new double[2]);
        double size = Math.max(line.size(), 0.01);
        boolean full = before.right() >= theirs[1] - 1.6 * size;
        boolean flush = line.left() <= mine[0] + 0.8 * size;
        boolean sameType = Math.abs(before.size() - line.size()) <= 0.15 * size;
        boolean near = line.page() != before.page() || line.y() - before.y() <= 1.7 * pitch;
        boolean table = before.text().indexOf('\t') >= 0 || line.text().indexOf('\t') >= 0;
        return full && flush && sameType && near && !table;
    }

    /** The usual distance of two lines: the middle one of all. */
    private static double pitch(List<Line> body) {
        double[] gaps = new double[body.size()];
        int n = 0;
        for (int i = 1; i < body.size(); i++) {
            if (body.get(i).page() == body.get(i - 1).page()) {
                gaps[n++] = body.get(i).y() - body.get(i - 1).y();
            }
        }
        if (n == 0) {
            return Double.MAX_VALUE / 4;
        }
        java.util.Arrays.sort(gaps, 0, n);
        return gaps[n / 2];
    }

    /** Left and right edge of the running text of each page; of a page with few lines those of the document. */
    private static Map<Integer, double[]> edges(List<Line> body) {
        double[] all = {Double.MAX_VALUE, -Double.MAX_VALUE};
        Map<Integer, double[]> edges = new HashMap<>();
        Map<Integer, Integer> counts = new HashMap<>();
        for (Line line : body) {
            double[] page = edges.computeIfAbsent(line.page(), k -> new double[] {Double.MAX_VALUE, -Double.MAX_VALUE});
            counts.merge(line.page(), 1, Integer::sum);
            for (double[] edge : List.of(page, all)) {
                edge[0] = Math.min(edge[0], line.left());
                edge[1] = Math.max(edge[1], line.right());
            }
        }
        edges.replaceAll((page, edge) -> counts.getOrDefault(page, 0) < 6 ? all : edge);
        return edges;
    }

    /** The lines without page numbers and without what stands at the head or foot of page after page. */
    private List<Line> withoutFurniture() {
        Map<String, Set<Integer>> repeated = new HashMap<>();
        List<Line> outer = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (isOuter(i)) {
                Line line = lines.get(i);
                outer.add(line);
                repeated.computeIfAbsent(furnitureKey(line), k -> new HashSet<>())
                        .add(line.page());
            }
        }
        int often = Math.max(3, (pages + 1) / 2);
        Set<Line> furniture = new HashSet<>();
        for (Line line : outer) {
            Set<Integer> on = repeated.getOrDefault(furnitureKey(line), Set.of());
            if (PAGE_NUMBER.matcher(line.text()).matches() || on.size() >= often) {
                furniture.add(line);
            }
        }
        return lines.stream().filter(line -> !furniture.contains(line)).toList();
    }

    private static String furnitureKey(Line line) {
        return DIGITS.matcher(line.text()).replaceAll("#") + "@" + Math.round(line.y() / 3);
    }

    /** Whether a line is the first or the last of its page. */
    private boolean isOuter(int i) {
        int page = lines.get(i).page();
        boolean first = i == 0 || lines.get(i - 1).page() != page;
        boolean last = i == lines.size() - 1 || lines.get(i + 1).page() != page;
        return first || last;
    }

    private static String withoutSpacesBesideChinese(CharSequence text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\u00a0' || c == ' ') {
                char left = out.isEmpty() ? '　' : out.charAt(out.length() - 1);
                int j = i;
                while (j + 1 < text.length() && (text.charAt(j + 1) == ' ' || text.charAt(j + 1) == '\u00a0')) {
                    j++;
                }
                char right = j + 1 < text.length() ? text.charAt(j + 1) : '　';
                if (!isChinese(left) && !isChinese(right) && left != '\t' && right != '\t') {
                    out.append(' ');
                }
                i = j;
            } else if (c != '\uFEFF' && c != '\u200b') {
                out.append(c);
            }
        }
        return out.toString().strip();
    }

    /** Han characters and full-width forms: beside them a space says nothing. */
    static boolean isChinese(char c) {
        return c >= '\u2e80' && c <= '\u9fff'
                || c >= '\uf900' && c <= '\ufaff'
                || c >= '\uff00' && c <= '\uffef'
                || c >= '\u2010' && c <= '\u2027'
                || c >= '\ud840' && c <= '\udfff'
                || c == '·'
                || c == '×';
    }
}
