package org.luoshi.server.matters.types;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The lifecycle of a type as a picture, drawn from its file: the main line from left to right, side states above, ways
 * back below. For a single matter, what it has passed is filled.
 */
public final class Drawing {
    private static final int TOP = 52;
    private static final int HIGH = 32;
    private static final int MIDDLE = TOP + HIGH / 2;
    private static final int SIDE_HIGH = 24;
    private static final int LANE = 16;

    private final MatterType type;
    private final String language;
    private final Map<String, String> passed;
    private final @Nullable String now;
    private final StringBuilder edges = new StringBuilder();
    private final StringBuilder nodes = new StringBuilder();
    private final Map<String, Box> boxes = new LinkedHashMap<>();

    private record Box(String key, int x, int width, int index) {
        int centre() {
            return x + width / 2;
        }

        int right() {
            return x + width;
        }
    }

    private Drawing(MatterType type, String language, Map<String, String> passed, @Nullable String now) {
        this.type = type;
        this.language = language;
        this.passed = passed;
        this.now = now;
    }

    /** The type alone. */
    public static String of(MatterType type, String language) {
        return new Drawing(type, language, Map.of(), null).draw();
    }

    /**
     * A matter in its type.
     *
     * @param passed the states that it has been in, with a few words such as the day
     * @param now the state that it is in
     */
    public static String of(MatterType type, String language, Map<String, String> passed, String now) {
        return new Drawing(type, language, passed, now).draw();
    }

    private String draw() {
        List<State> line =
                type.states().values().stream().filter(s -> !s.side()).toList();
        int x = 1;
        for (int i = 0; i < line.size(); i++) {
            State state = line.get(i);
            String name = state.name().in(language);
            Box box = new Box(state.key(), x, width(name, 13) + 26, i);
            boxes.put(state.key(), box);
            node(state, box, TOP, HIGH, name);
            if (i + 1 < line.size()) {
                String label = label(state.key(), line.get(i + 1).key());
                int gap = Math.max(46, width(label, 12) + 26);
                forward(
                        box.right(),
                        box.right() + gap,
                        label,
                        went(state.key(), line.get(i + 1).key()));
                x = box.right() + gap;
            }
        }
        int wide = boxes.values().stream().mapToInt(Box::right).max().orElse(0) + 1;
        wide = Math.max(wide, sides());
        int lanes = arcs(line);
        int high = TOP + HIGH + 18 + lanes * LANE + 4;
        return "<svg class=\"life\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\" aria-label=\"%s\">%n"
                        .formatted(wide, high, wide, high, escape(said(line)))
                + edges
                + nodes
                + "</svg>\n";
    }

    private void node(State state, Box box, int top, int high, String name) {
        boolean here = state.key().equals(now);
        boolean was = passed.containsKey(state.key());
        nodes.append("<rect class=\"node%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"3\"/>"
                .formatted(here ? " now" : was ? " went" : "", box.x(), top, box.width(), high));
        nodes.append("<text%s x=\"%d\" y=\"%d\">%s</text>%n"
                .formatted(
                        here ? " class=\"on\"" : was || now == null ? "" : " class=\"soft\"",
                        box.centre(),
                        top + high / 2 + 5,
                        escape(name)));
        String sub = passed.get(state.key());
        if (sub != null && !sub.isEmpty() && top == TOP) {
            nodes.append("<text class=\"sub\" x=\"%d\" y=\"%d\">%s</text>%n"
                    .formatted(box.centre(), TOP + HIGH + 14, escape(sub)));
        }
    }

    private void forward(int from, int to, String label, boolean went) {
        String css = went ? " went" : "";
        edges.append("<path class=\"edge%s\" d=\"M%d %dH%d\"/><path class=\"tip%s\" d=\"M%d %dl-9-4.5v9z\"/>"
                .formatted(css, from, MIDDLE, to - 8, css, to, MIDDLE));
        if (!label.isEmpty()) {
            edges.append("<text class=\"sub\" x=\"%d\" y=\"%d\">%s</text>"
                    .formatted((from + to - 4) / 2, MIDDLE - 6, escape(label)));
        }
        edges.append('\n');
    }

    /** The name of the first move between two states. */
    private String label(String from, String to) {
        return type.moves().values().stream()
                .filter(m -> m.from().contains(from) && to.equals(m.to()))
                .map(m -> m.name().in(language))
                .findFirst()
                .orElse("");
    }

    private boolean went(String from, String to) {
        return passed.containsKey(from) && (passed.containsKey(to) || to.equals(now));
    }

    /** Side states stand above the state that leads to them. */
    private int sides() {
        int right = 0;
        Map<String, Integer> tips = new HashMap<>();
        for (State state : type.states().values()) {
            if (!state.side()) {
                continue;
            }
            String name = state.name().in(language);
            int width = width(name, 13) + 20;
            Box from = type.moves().values().stream()
                    .filter(m -> state.key().equals(m.to()))
                    .flatMap(m -> m.from().stream())
                    .map(boxes::get)
                    .filter(b -> b != null && b.index() >= 0)
                    .reduce((a, b) -> b.index() >= a.index() ? b : a)
                    .orElse(null);
            int wanted = from == null ? 0 : from.centre() - width / 2;
            int x = Math.max(Math.max(1, wanted), right);
            Box box = new Box(state.key(), x, width, -1);
            boxes.put(state.key(), box);
            node(state, box, 1, SIDE_HIGH, name);
            right = box.right() + 10;
            if (from != null) {
                int nth = tips.merge(from.key(), 1, Integer::sum) - 1;
                int start = Math.min(from.right() - 8, from.x() + 12 + nth * 14);
                int end = Math.max(box.x() + 8, Math.min(box.right() - 8, start));
                edges.append(
                        "<path class=\"edge%s\" d=\"M%d %dV38H%dV33\"/><path class=\"tip\" d=\"M%d 26l-4.5 8h9z\"/>%n"
                                .formatted(went(from.key(), state.key()) ? " went" : "", start, TOP, end, end));
            }
        }
        return right;
    }

    /** Ways back, and ways that leave states out, run below; those that lead to one state share a lane. */
    private int arcs(List<State> line) {
        Map<String, Set<String>> into = new LinkedHashMap<>();
        for (Move move : type.moves().values()) {
            Box to = move.to() == null ? null : boxes.get(move.to());
            if (to == null || to.index() < 0) {
                continue;
            }
            for (String source : move.from()) {
                Box from = boxes.get(source);
                if (from != null && from.index() >= 0 && from.index() != to.index() && from.index() + 1 != to.index()) {
                    into.computeIfAbsent(to.key(), key -> new LinkedHashSet<>()).add(source);
                }
            }
        }
        int lane = 0;
        for (State state : line) {
            Set<String> sources = into.get(state.key());
            if (sources == null) {
                continue;
            }
            Box to = java.util.Objects.requireNonNull(boxes.get(state.key()));
            int y = TOP + HIGH + 20 + lane * LANE;
            int end = to.x() + 6;
            for (String source : sources) {
                Box from = java.util.Objects.requireNonNull(boxes.get(source));
                int start = from.right() - 6;
                edges.append("<path class=\"edge\" d=\"M%d %dV%dH%dV%d\"/>"
                        .formatted(start, TOP + HIGH, y, end, TOP + HIGH + 8));
            }
            edges.append("<path class=\"tip\" d=\"M%d %dl-4.5 9h9z\"/>%n".formatted(end, TOP + HIGH));
            lane++;
        }
        return lane;
    }

    /** The picture in words, for those who cannot see it. */
    private String said(List<State> line) {
        boolean zh = !language.startsWith("en");
        List<String> names = new ArrayList<>();
        for (State state : line) {
            names.add(state.name().in(language));
        }
        String way = String.join(zh ? "、" : ", ", names);
        String current = now == null ? "" : type.getState(now).name().in(language);
        return (zh ? "生命周期：" : "Lifecycle: ")
                + way
                + (zh ? "。" : ".")
                + (current.isEmpty()
                        ? ""
                        : zh ? "现在" + current + "。" : " Now " + current.toLowerCase(Locale.ROOT) + ".");
    }

    /** A fair guess without a font: Chinese characters are square, others a bit more than half as wide. */
    private static int width(String text, int size) {
        double width = 0;
        for (int i = 0; i < text.length(); i++) {
            width += text.charAt(i) > 0x2E80 ? size : size * 0.54;
        }
        return (int) Math.ceil(width);
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
