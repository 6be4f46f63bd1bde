package org.luoshi.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.luoshi.reading.Outline;
import org.luoshi.reading.Reading;
import org.luoshi.reading.SourceText;
import org.luoshi.reading.files.FileRefused;
import org.luoshi.reading.files.FileText;
import org.luoshi.reading.files.SourceFiles;
import org.luoshi.writing.TaskRow;

/** What is done with one file, on any thread: read it, write its JSON, keep the rows of the table. */
final class Task {
    /**
     * @param failure why the file could not be read, empty where it was
     * @param sha256 of the file, empty where it could not be read
     * @param title of the table of this file alone
     */
    record Result(Path file, String failure, String sha256, String title, List<String> notes, List<TaskRow> rows) {}

    private final Function<SourceText, Reading> reader;
    private final Words words;
    private final @Nullable Path json;
    private final boolean nameFile;

    /** @param nameFile whether rows name their file as source */
    Task(Function<SourceText, Reading> reader, Words words, @Nullable Path json, boolean nameFile) {
        this.reader = reader;
        this.words = words;
        this.json = json;
        this.nameFile = nameFile;
    }

    Result read(Path path) {
        try {
            FileText file = SourceFiles.read(path);
            Reading reading = reader.apply(file.simplified());
            if (json != null) {
                OutputFile.write(json.resolve(baseName(path) + ".json"), out -> ReadingJson.write(file, reading, out));
            }
            List<String> notes = file.notes().stream()
                    .map(note -> words.say("note", path, note.sentence(words.locale())))
                    .toList();
            String source = nameFile ? baseName(path) : "";
            List<TaskRow> rows = Rows.of(reading, file.stored(), source, words);
            return new Result(path, "", file.sha256(), title(reading), notes, rows);
        } catch (FileRefused e) {
            return failed(path, words.say("refused", path, e.sentence(words.locale())));
        } catch (IOException | RuntimeException | StackOverflowError | OutOfMemoryError e) {
            // A fault of the program in one file must not cost the others their result.
            return failed(path, words.say("failed", path, e));
        }
    }

    private static Result failed(Path path, String failure) {
        return new Result(path, failure, "", "", List.of(), List.of());
    }

    private String title(Reading reading) {
        Outline.@Nullable Stated<Integer> year = reading.outline().taskYear();
        Outline.@Nullable Stated<String> place = reading.outline().place();
        String name = place == null || place.value().matches(".*[xX*×].*") ? "" : place.value();
        return name + (year == null ? "" : year.value() + "年") + words.say("title");
    }

    /** The file's name without folders and extension. */
    static String baseName(Path file) {
        @Nullable Path last = file.getFileName();
        String name = last == null ? file.toString() : last.toString();
        int dot = name.lastIndexOf('.');
        return dot <= 0 ? name : name.substring(0, dot);
    }
}
