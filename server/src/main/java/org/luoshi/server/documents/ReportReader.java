package org.luoshi.server.documents;

import org.luoshi.reading.Reading;
import org.luoshi.reading.SourceText;

/** Reads a text; the application's one link to the reading library, so that tests can give readings of their own. */
public interface ReportReader {
    Reading read(SourceText text);

    /** Name and version, kept with every document so that a result can be told from that of a later reader. */
    String version();
}
