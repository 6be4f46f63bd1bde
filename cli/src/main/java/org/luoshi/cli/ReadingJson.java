package org.luoshi.cli;

import java.io.OutputStream;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.luoshi.reading.Commitment;
import org.luoshi.reading.Evidence;
import org.luoshi.reading.Figure;
import org.luoshi.reading.Outline;
import org.luoshi.reading.Reading;
import org.luoshi.reading.Segment;
import org.luoshi.reading.Span;
import org.luoshi.reading.files.FileNote;
import org.luoshi.reading.files.FileText;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * A reading as JSON. Offsets count Unicode code points of the stored text, from 0, the end exclusive; dates are ISO 8601;
 * confidences run from 0 to 1. docs/command-line.md describes the form.
 */
final class ReadingJson {
    private static final JsonFactory FACTORY = new JsonFactory();

    private final JsonGenerator json;
    private final int @Nullable [] codePoints;

    private ReadingJson(JsonGenerator json, String text) {
        this.json = json;
        this.codePoints = codePoints(text);
    }

    static void write(FileText file, Reading reading, OutputStream out) {
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
            ReadingJson writer = new ReadingJson(json, file.stored().text());
            json.writeStartObject();
            writer.file(file);
            writer.outline(reading.outline());
            writer.list("segments", reading.segments(), writer::segment);
            writer.list("figures", reading.figures(), writer::figure);
            writer.list("commitments", reading.commitments(), writer::commitment);
            json.writeEndObject();
        }
    }

    private void file(FileText file) {
        json.writeStringProperty("name", file.stored().name());
        json.writeStringProperty("format", file.format().extension());
        json.writeStringProperty("sha256", file.sha256());
        if (file.pages() == null) {
            json.writeNullProperty("pages");
        } else {
            json.writeNumberProperty("pages", file.pages());
        }
        json.writeArrayPropertyStart("notes");
        for (FileNote note : file.notes()) {
            json.writeString(note.key());
        }
        json.writeEndArray();
    }

    private void outline(Outline outline) {
        json.writeObjectPropertyStart("outline");
        stated("title", outline.title());
        stated("date", outline.date());
        stated("place", outline.place());
        stated("speaker", outline.speaker());
        stated("occasion", outline.occasion());
        stated("reviewYear", outline.reviewYear());
        stated("taskYear", outline.taskYear());
        list("sections", outline.sections(), section -> {
            json.writeNumberProperty("depth", section.depth());
            json.writeStringProperty("marker", section.marker());
            json.writeStringProperty("title", section.title());
            json.writeStringProperty("role", lower(section.role()));
            span("heading", section.heading());
            span("body", section.body());
        });
        json.writeEndObject();
    }

    private void stated(String name, Outline.@Nullable Stated<?> stated) {
        if (stated == null) {
            json.writeNullProperty(name);
        } else if (stated.value() instanceof Integer number) {
            json.writeNumberProperty(name, number);
        } else {
            json.writeStringProperty(name, stated.value().toString());
        }
    }

    private void segment(Segment segment) {
        json.writeNumberProperty("i", segment.index());
        offsets(segment.span());
        json.writeStringProperty("label", lower(segment.label()));
        confidence(segment.confidence());
        evidence(segment.evidence());
    }

    private void figure(Figure figure) {
        offsets(figure.span());
        json.writeNumberProperty("segment", figure.segment());
        json.writeStringProperty("kind", lower(figure.kind()));
        json.writeStringProperty("indicator", figure.indicator());
        json.writeStringProperty("op", figure.op().sign());
        number("value", figure.value());
        number("value2", figure.value2());
        text("unit", figure.unit());
        json.writeStringProperty("basis", lower(figure.basis()));
        json.writeBooleanProperty("masked", figure.masked());
        text("time", figure.time());
        text("due", figure.due());
        json.writeBooleanProperty("stretch", figure.stretch());
        confidence(figure.confidence());
        evidence(figure.evidence());
    }

    private void commitment(Commitment commitment) {
        json.writeNumberProperty("i", commitment.index());
        offsets(commitment.span());
        json.writeNumberProperty("segment", commitment.segment());
        json.writeNumberProperty("section", commitment.section());
        json.writeStringProperty("what", commitment.what());
        json.writeStringProperty("verb", commitment.verb());
        json.writeStringProperty("object", commitment.object());
        list("targets", commitment.targets(), this::figure);
        text("due", commitment.deadline().due());
        json.writeBooleanProperty("dueInferred", commitment.deadline().inferred());
        list("names", commitment.names(), named -> {
            json.writeStringProperty("sort", lower(named.sort()));
            json.writeStringProperty("name", named.name());
            offsets(named.span());
        });
        json.writeStringProperty("theme", commitment.theme().theme());
        json.writeStringProperty("subtheme", commitment.theme().sub());
        list("lead", commitment.lead(), this::proposal);
        list("joint", commitment.joint(), this::proposal);
        json.writeNumberProperty("sameAs", commitment.sameAs());
        confidence(commitment.confidence());
        list("doubts", commitment.doubts(), doubt -> {
            json.writeStringProperty("question", doubt.question());
            json.writeStringProperty("detail", doubt.detail());
            if (doubt.words() != null) {
                offsets(doubt.words());
            }
        });
        evidence(commitment.evidence());
    }

    private void proposal(Commitment.Proposal proposal) {
        json.writeStringProperty("department", proposal.department());
        json.writeStringProperty("name", proposal.name());
        json.writeBooleanProperty("named", proposal.named());
        json.writeNumberProperty("score", rounded(proposal.score()));
        evidence(proposal.evidence());
    }

    private void evidence(Evidence evidence) {
        json.writeStringProperty("rule", evidence.rule());
        if (!evidence.detail().isEmpty()) {
            json.writeStringProperty("detail", evidence.detail());
        }
        if (evidence.words() != null) {
            span("words", evidence.words());
        }
    }

    private interface Item<T> {
        void write(T item);
    }

    private <T> void list(String name, List<T> items, Item<T> writer) {
        json.writeArrayPropertyStart(name);
        for (T item : items) {
            json.writeStartObject();
            writer.write(item);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void offsets(Span span) {
        json.writeNumberProperty("start", offset(span.start()));
        json.writeNumberProperty("end", offset(span.end()));
    }

    private void span(String name, Span span) {
        json.writeArrayPropertyStart(name);
        json.writeNumber(offset(span.start()));
        json.writeNumber(offset(span.end()));
        json.writeEndArray();
    }

    private int offset(int utf16) {
        return codePoints == null ? utf16 : codePoints[utf16];
    }

    private void text(String name, @Nullable Object value) {
        if (value == null) {
            json.writeNullProperty(name);
        } else {
            json.writeStringProperty(name, value.toString());
        }
    }

    private void number(String name, @Nullable BigDecimal value) {
        if (value == null) {
            json.writeNullProperty(name);
        } else {
            json.writeNumberProperty(
                    name, new BigDecimal(value.stripTrailingZeros().toPlainString()));
        }
    }

    private void confidence(double confidence) {
        json.writeNumberProperty("confidence", rounded(confidence));
    }

    private static BigDecimal rounded(double value) {
        return new BigDecimal(String.format(Locale.ROOT, "%.3f", value));
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** For each UTF-16 offset the number of code points before it; null where the two are equal throughout. */
    private static int @Nullable [] codePoints(String text) {
        if (text.codePointCount(0, text.length()) == text.length()) {
            return null;
        }
        int[] before = new int[text.length() + 1];
        int count = 0;
        for (int i = 0; i < text.length(); i++) {
            before[i] = count;
            boolean second =
                    Character.isLowSurrogate(text.charAt(i)) && i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
            if (!second) {
                count++;
            }
        }
        before[text.length()] = count;
        return before;
    }
}
