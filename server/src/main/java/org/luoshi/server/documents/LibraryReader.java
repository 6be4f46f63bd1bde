package org.luoshi.server.documents;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.luoshi.reading.Reader;
import org.luoshi.reading.Reading;
import org.luoshi.reading.SourceText;
import org.luoshi.reading.commitments.Themes;
import org.luoshi.reading.departments.Duties;
import org.luoshi.reading.packs.PackFault;
import org.luoshi.reading.packs.PackFaultsException;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** The reader of the reading library, with the county's duties and themes where its pack holds them. */
@Component
class LibraryReader implements ReportReader {
    private static final String VERSION = "luoshi-reading 0.1.0";

    private final @Nullable Path duties;
    private final @Nullable Path themes;
    private final @Nullable Reader own;
    private final Themes taxonomy;

    /**
     * Reads the pack's files at the start of the server, so that a fault shows before the first document.
     *
     * @throws PackFaultsException with the faults of both files
     */
    @SuppressWarnings("SystemOut") // a fault is for the person who started the program, not for the log alone
    LibraryReader(@Value("${luoshi.pack:#{null}}") @Nullable String pack) throws IOException {
        duties = file(pack, "duties.yaml");
        themes = file(pack, "themes.yaml");
        try {
            own = duties == null && themes == null ? null : own(duties, themes);
            taxonomy = themes == null ? Themes.standard() : Themes.load(themes);
        } catch (PackFaultsException e) {
            System.err.println(e.getMessage());
            throw e;
        }
    }

    private static @Nullable Path file(@Nullable String pack, String name) {
        if (pack == null) {
            return null;
        }
        Path file = Path.of(pack).resolve(name);
        return Files.isRegularFile(file) ? file : null;
    }

    private static Reader own(@Nullable Path dutiesFile, @Nullable Path themesFile) throws IOException {
        List<PackFault> faults = new ArrayList<>();
        Duties duties = Duties.standard();
        Themes themes = Themes.standard();
        try {
            duties = dutiesFile == null ? duties : Duties.load(dutiesFile);
        } catch (PackFaultsException e) {
            faults.addAll(e.faults());
        }
        try {
            themes = themesFile == null ? themes : Themes.load(themesFile);
        } catch (PackFaultsException e) {
            faults.addAll(e.faults());
        }
        if (!faults.isEmpty()) {
            throw new PackFaultsException(faults);
        }
        return Reader.with(duties, themes);
    }

    /** What commitments are filed under. */
    Themes taxonomy() {
        return taxonomy;
    }

    /** The standard reader is built with the first document, not at the start, which it would make slower. */
    @Override
    public Reading read(SourceText text) {
        return (own == null ? Reader.standard() : own).read(text);
    }

    @Override
    public String version() {
        return VERSION + (duties == null ? "" : " + duties.yaml") + (themes == null ? "" : " + themes.yaml");
    }
}
