package org.luoshi.server.documents;

import org.luoshi.reading.Reader;
import org.luoshi.reading.Reading;
import org.luoshi.reading.SourceText;
import org.springframework.stereotype.Component;

/** The reader of the reading library, with the duties and themes that come with the program. */
@Component
class LibraryReader implements ReportReader {
    @Override
    public Reading read(SourceText text) {
        return Reader.standard().read(text);
    }

    @Override
    public String version() {
        return "luoshi-reading 0.1.0";
    }
}
