package org.luoshi.server.commitments;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.luoshi.reading.Figure;
import org.luoshi.reading.Outline;
import org.luoshi.reading.Segment;
import org.luoshi.reading.SegmentLabel;
import org.luoshi.reading.Span;
import org.luoshi.server.commitments.Commitment.State;
import org.luoshi.server.documents.DocumentText;

/** The text beside the list: its paragraphs, with what was found marked in them. */
public final class ReviewText {
    private ReviewText() {}

    /**
     * A paragraph.
     *
     * @param start offset of its first character, by which a selection finds its place in the text
     * @param kind {@code title}, {@code front}, {@code head-1} to {@code head-4} or {@code text}
     */
    public record Block(int index, int start, int end, String kind, List<Mark> marks) {}

    /**
     * A run of words of one segment that the same commitments hold.
     *
     * @param look classes of the style sheet
     * @param pairs ids of the commitments, apart by a blank
     * @param numbers of the commitments that end here
     */
    public record Mark(String look, String pairs, List<Run> runs, List<Number> numbers) {}

    /** Words in one look: {@code target}, {@code was}, {@code masked} for figures, else empty. */
    public record Run(String text, String figure, boolean strong) {}

    public record Number(long id, String label, boolean done, boolean off) {}

    /** The number of each commitment by the order of the text; those that a person added or split off follow theirs. */
    static Map<Long, String> numbers(List<Commitment> inOrder) {
        Map<Long, String> numbers = new LinkedHashMap<>();
        int last = 0;
        int after = 0;
        List<Commitment> sorted = inOrder.stream()
                .sorted(Comparator.comparingInt((Commitment c) -> c.passage().start())
                        .thenComparing(c -> c.origin().byHand())
                        .thenComparingLong(Commitment::id))
                .toList();
        for (Commitment c : sorted) {
            if (c.origin().byHand()) {
                after++;
                numbers.put(c.id(), last == 0 ? "+" + after : last + "." + after);
            } else {
                numbers.put(c.id(), Integer.toString(++last));
                after = 0;
            }
        }
        return numbers;
    }

    static List<Block> blocks(DocumentText source, List<Commitment> commitments) {
        Map<Long, String> numbers = numbers(commitments);
        List<Commitment> shown =
                commitments.stream().filter(c -> c.state() != State.MERGED).toList();
        Lines lines = new Lines(source);
        List<Block> blocks = new ArrayList<>();
        for (Span line : lines.spans()) {
            blocks.add(new Block(
                    blocks.size(), line.start(), line.end(), lines.kind(line), marks(source, line, shown, numbers)));
        }
        return blocks;
    }

    /** Only the paragraphs that some commitments touch. */
    static List<Block> blocksOf(DocumentText source, List<Commitment> commitments, List<Span> touched) {
        return blocks(source, commitments).stream()
                .filter(block -> touched.stream().anyMatch(new Span(block.start(), block.end())::overlaps))
                .toList();
    }

    /** The lines of a text that are not blank, without the blanks around them, and what each is. */
    private static final class Lines {
        private final DocumentText source;
        private final Map<Integer, Integer> headings = new HashMap<>();
        private final Set<Integer> front = new HashSet<>();
        private final int title;

        private Lines(DocumentText source) {
            this.source = source;
            Outline outline = source.outline();
            outline.sections().forEach(s -> headings.putIfAbsent(s.heading().start(), s.depth()));
            this.title = start(outline.title());
            front.add(start(outline.date()));
            front.add(start(outline.speaker()));
            front.add(start(outline.occasion()));
            front.remove(-1);
        }

        private static int start(Outline.@Nullable Stated<?> stated) {
            return stated == null || stated.evidence().words() == null
                    ? -1
                    : Objects.requireNonNull(stated.evidence().words()).start();
        }

        private List<Span> spans() {
            String text = source.text();
            List<Span> spans = new ArrayList<>();
            int from = 0;
            for (int i = 0; i <= text.length(); i++) {
                if (i == text.length() || text.charAt(i) == '\n' || text.charAt(i) == '\r') {
                    int start = from;
                    int end = i;
                    while (start < end && isBlank(text.charAt(start))) {
                        start++;
                    }
                    while (end > start && isBlank(text.charAt(end - 1))) {
                        end--;
                    }
                    if (start < end) {
                        spans.add(new Span(start, end));
                    }
                    from = i + 1;
                }
            }
            return spans;
        }

        private static boolean isBlank(char c) {
            return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\ufeff';
        }

        private String kind(Span line) {
            if (title >= line.start() && title < line.end() && line.length() < 60) {
                return "title";
            }
            Integer depth = headings.get(line.start());
            if (depth != null && source.outline().sections().stream().anyMatch(s -> fills(s, line))) {
                return "head-" + Math.min(depth, 4);
            }
            for (int start : front) {
                if (start >= line.start() && start < line.end() && line.length() < 120 && line.start() < 600) {
                    return "front";
                }
            }
            return "text";
        }

        private static boolean fills(Outline.Section section, Span line) {
            return section.heading().start() == line.start()
                    && section.heading().end() >= line.end() - 1;
        }
    }

    private static List<Mark> marks(
            DocumentText source, Span block, List<Commitment> commitments, Map<Long, String> numbers) {
        List<Segment> segments =
                source.segments().stream().filter(s -> s.span().overlaps(block)).toList();
        List<Figure> figures =
                source.figures().stream().filter(f -> f.span().overlaps(block)).toList();
        List<Commitment> inside = commitments.stream()
                .filter(c -> span(source, c).overlaps(block))
                .toList();
        TreeSet<Integer> cuts = new TreeSet<>(Set.of(block.start(), block.end()));
        segments.forEach(s -> cut(cuts, s.span()));
        figures.forEach(f -> {
            cut(cuts, f.span());
            cut(cuts, f.number());
        });
        inside.forEach(c -> cut(cuts, span(source, c)));
        List<Piece> pieces = new ArrayList<>();
        Integer from = null;
        for (int to : cuts.subSet(block.start(), true, block.end(), true)) {
            if (from != null) {
                pieces.add(piece(source, new Span(from, to), segments, figures, inside));
            }
            from = to;
        }
        return group(pieces, inside, numbers);
    }

    private static void cut(Set<Integer> cuts, Span span) {
        cuts.add(span.start());
        cuts.add(span.end());
    }

    /** The words of a commitment with the mark that closes them, so that its number stands behind that. */
    private static Span span(DocumentText source, Commitment c) {
        int end = c.passage().end();
        boolean closed = end < source.text().length() && isClosing(source.text().charAt(end));
        return new Span(c.passage().start(), closed ? end + 1 : end);
    }

    private static boolean isClosing(char c) {
        return c == '\u3002' || c == '\uff1b' || c == '\uff0c' || c == '\uff01' || c == '\uff1f' || c == '\u3001';
    }

    private record Piece(@Nullable SegmentLabel label, int segment, List<Commitment> of, Run run) {}

    private static Piece piece(
            DocumentText source,
            Span span,
            List<Segment> segments,
            List<Figure> figures,
            List<Commitment> commitments) {
        Segment segment = segments.stream()
                .filter(s -> s.span().contains(span))
                .findFirst()
                .orElse(null);
        Figure figure = figures.stream()
                .filter(f -> f.span().contains(span))
                .findFirst()
                .orElse(null);
        String look = "";
        boolean strong = false;
        if (figure != null) {
            boolean number = figure.number().contains(span);
            look = figure.masked() && number ? "masked" : figure.kind() == Figure.Kind.TARGET ? "target" : "was";
            strong = figure.kind() == Figure.Kind.TARGET && number && !figure.masked();
        }
        return new Piece(
                segment == null ? null : segment.label(),
                segment == null ? -1 : segment.index(),
                commitments.stream().filter(c -> span(source, c).contains(span)).toList(),
                new Run(span.of(source.text()), look, strong));
    }

    private static List<Mark> group(List<Piece> pieces, List<Commitment> inside, Map<Long, String> numbers) {
        Map<Long, Integer> lastPiece = new HashMap<>();
        for (int i = 0; i < pieces.size(); i++) {
            for (Commitment c : pieces.get(i).of()) {
                lastPiece.put(c.id(), i);
            }
        }
        List<Mark> marks = new ArrayList<>();
        int i = 0;
        while (i < pieces.size()) {
            Piece first = pieces.get(i);
            List<Run> runs = new ArrayList<>();
            int last = i;
            while (last < pieces.size()
                    && (pieces.get(last).segment() == first.segment()
                            || (pieces.get(last).segment() < 0 && !first.of().isEmpty()))
                    && pieces.get(last).of().equals(first.of())) {
                runs.add(pieces.get(last).run());
                last++;
            }
            int end = last - 1;
            List<Number> here = inside.stream()
                    .filter(c -> Objects.equals(lastPiece.get(c.id()), end))
                    .map(c -> new Number(
                            c.id(),
                            Objects.requireNonNullElse(numbers.get(c.id()), ""),
                            c.state() == State.ACCEPTED || c.state() == State.REGISTERED,
                            c.state() == State.REJECTED))
                    .toList();
            marks.add(new Mark(look(first), pairs(first), runs, here));
            i = last;
        }
        return marks;
    }

    private static String look(Piece piece) {
        List<Commitment> of = piece.of();
        if (of.isEmpty()) {
            return piece.label() == SegmentLabel.PAST
                    ? "seg past"
                    : piece.label() == SegmentLabel.TALK ? "seg talk" : "";
        }
        if (of.stream().allMatch(c -> c.state() == State.REJECTED)) {
            return "seg off";
        }
        return of.stream().anyMatch(Commitment::isDoubtful) ? "seg commit doubt" : "seg commit";
    }

    private static String pairs(Piece piece) {
        return String.join(
                " ", piece.of().stream().map(c -> Long.toString(c.id())).toList());
    }
}
