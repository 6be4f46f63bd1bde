package org.luoshi.reading.figures;

import java.util.List;
import java.util.Locale;
import org.luoshi.reading.Figure;
import org.luoshi.reading.Segment;

/** What was read of a labelled report, in the form that labels are scored in. */
final class Prediction {
    private Prediction() {}

    /** The form of labels and scores, offsets in code points. */
    static String json(LabelledReport report, List<Segment> segments, List<Figure> figures) {
        StringBuilder json = new StringBuilder("{\"segments\": [");
        for (Segment s : segments) {
            json.append(s.index() == 0 ? "" : ",\n")
                    .append("{\"i\": ")
                    .append(s.index())
                    .append(span(report, s.span().start(), s.span().end()))
                    .append(", \"label\": ")
                    .append(quoted(s.label().name().toLowerCase(Locale.ROOT)))
                    .append('}');
        }
        json.append("],\n\"figures\": [");
        for (int i = 0; i < figures.size(); i++) {
            Figure f = figures.get(i);
            json.append(i == 0 ? "" : ",\n")
                    .append("{\"kind\": ")
                    .append(quoted(f.kind().name().toLowerCase(Locale.ROOT)))
                    .append(span(report, f.span().start(), f.span().end()))
                    .append(", \"indicator\": ")
                    .append(quoted(f.indicator()))
                    .append(", \"op\": ")
                    .append(quoted(f.op().sign()))
                    .append(", \"value\": ")
                    .append(f.value() == null ? "null" : f.value().toPlainString())
                    .append(", \"value2\": ")
                    .append(f.value2() == null ? "null" : f.value2().toPlainString())
                    .append(", \"unit\": ")
                    .append(f.unit() == null ? "null" : quoted(f.unit()))
                    .append(", \"basis\": ")
                    .append(quoted(f.basis().name().toLowerCase(Locale.ROOT)))
                    .append(", \"masked\": ")
                    .append(f.masked())
                    .append(", \"time\": ")
                    .append(f.time() == null ? "null" : quoted(f.time()))
                    .append(", \"due\": ")
                    .append(f.due() == null ? "null" : quoted(f.due().toString()))
                    .append(", \"rule\": ")
                    .append(quoted(f.evidence().rule()))
                    .append(", \"p\": ")
                    .append(f.confidence())
                    .append('}');
        }
        return json.append("]}\n").toString();
    }

    private static String span(LabelledReport report, int start, int end) {
        return ", \"start\": " + report.source().codePoints(start) + ", \"end\": "
                + report.source().codePoints(end);
    }

    private static String quoted(String words) {
        StringBuilder json = new StringBuilder("\"");
        for (int i = 0; i < words.length(); i++) {
            char c = words.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ') {
                json.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }
}
