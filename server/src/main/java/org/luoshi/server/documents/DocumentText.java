package org.luoshi.server.documents;

import java.util.List;
import org.luoshi.reading.Figure;
import org.luoshi.reading.Outline;
import org.luoshi.reading.Segment;

/**
 * The text of a document that was read, with what was found in it. It never changes; every offset counts UTF-16 units
 * of {@code text}.
 */
public record DocumentText(long document, String text, Outline outline, List<Segment> segments, List<Figure> figures) {}
