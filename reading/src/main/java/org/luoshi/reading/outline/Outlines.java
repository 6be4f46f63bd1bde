package org.luoshi.reading.outline;

import java.util.List;
import org.luoshi.reading.Outline;
import org.luoshi.reading.Outline.Section;
import org.luoshi.reading.SourceText;

/** Reads the outline of a text. */
public final class Outlines {
    private Outlines() {}

    /**
     * What the text says of itself and its sections. Never throws; what the text does not state is null. The name of the
     * file is not looked at, since labels of files are often wrong.
     */
    public static Outline read(SourceText source) {
        List<Section> sections = Headings.read(source.text());
        Front front = Front.read(source.text(), sections);
        Years years = Years.read(source.text(), sections, front);
        return new Outline(
                front.title(),
                front.date(),
                front.place(),
                front.speaker(),
                front.occasion(),
                years.review(),
                years.task(),
                sections);
    }
}
