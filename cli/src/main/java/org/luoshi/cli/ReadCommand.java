package org.luoshi.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.luoshi.reading.Reader;
import org.luoshi.reading.Reading;
import org.luoshi.reading.SourceText;
import org.luoshi.reading.commitments.Themes;
import org.luoshi.reading.departments.Duties;
import org.luoshi.writing.TableFormat;
import org.luoshi.writing.TaskRow;
import org.luoshi.writing.TaskTable;
import org.luoshi.writing.TaskTables;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code luoshi read FILE… [--out FILE] [--json DIR]}. */
@Command(name = "read", sortOptions = false)
final class ReadCommand implements Callable<Integer> {
    private static final List<TaskTable.Column> COLUMNS = List.of(
            TaskTable.Column.NUMBER,
            TaskTable.Column.TASK,
            TaskTable.Column.TARGETS,
            TaskTable.Column.DEADLINE,
            TaskTable.Column.LEAD_LEADER,
            TaskTable.Column.LEAD_UNIT,
            TaskTable.Column.JOINT_UNITS,
            TaskTable.Column.SOURCE,
            TaskTable.Column.REMARK);

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "FILE", descriptionKey = "usage.files")
    private List<Path> files = new ArrayList<>();

    @Option(
            names = {"-o", "--out"},
            paramLabel = "FILE",
            descriptionKey = "usage.out")
    private @Nullable Path out;

    @Option(names = "--json", paramLabel = "DIR", descriptionKey = "usage.json")
    private @Nullable Path json;

    @Option(names = "--duties", paramLabel = "FILE", descriptionKey = "usage.duties")
    private @Nullable Path duties;

    @Option(names = "--lang", paramLabel = "zh|en", descriptionKey = "usage.lang")
    private String language = "zh";

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            descriptionKey = "usage.help")
    private boolean help;

    private final Words words;
    private final boolean terminal;

    ReadCommand(Words words, boolean terminal) {
        this.words = words;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Targets targets = targets();
        Function<SourceText, Reading> reader = reader();
        PrintWriter err = commandSpec().commandLine().getErr();
        Progress progress = new Progress(err, terminal, files.size());
        Task task = new Task(reader, words, targets.json(), files.size() > 1 && targets.table() != null);
        int cores = Runtime.getRuntime().availableProcessors();
        Tally tally = new Tally(progress, words);
        try (Batch<Task.Result> batch = new Batch<>(files, cores, task::read)) {
            if (targets.table() != null) {
                writeOneTable(batch, targets.table(), tally);
            } else {
                while (batch.hasNext()) {
                    Task.Result result = batch.next();
                    if (tally.take(result)) {
                        writeOwnTable(result, targets.folder(), tally);
                    }
                }
            }
        }
        progress.end();
        if (files.size() > 1 || tally.failed > 0 || out != null || json != null) {
            err.println(words.say("summary", tally.done, tally.failed, tally.rows));
        }
        return tally.failed == 0 ? 0 : 1;
    }

    private CommandSpec commandSpec() {
        if (spec == null) {
            throw new IllegalStateException("The command line sets the specification before the call");
        }
        return spec;
    }

    private ParameterException wrong(String message) {
        return new ParameterException(commandSpec().commandLine(), message);
    }

    /**
     * Where to write.
     *
     * @param table one table of all files
     * @param folder a table of each file
     */
    private record Targets(
            @Nullable Path table,
            @Nullable Path folder,
            @Nullable Path json) {}

    private Targets targets() {
        Path table = null;
        Path folder = null;
        if (out != null) {
            Path place = out;
            boolean named = TableFormat.findByName(place.toString()).isPresent();
            if (Files.isDirectory(place) || (!named && place.toString().indexOf('.') < 0)) {
                folder = place;
            } else if (named) {
                table = place;
            } else {
                throw wrong(words.say("out.format", place));
            }
        }
        Set<Path> inputs = new HashSet<>();
        files.forEach(file -> inputs.add(real(file)));
        Map<Path, Path> outputs = new HashMap<>();
        for (Path file : files) {
            if (table != null && inputs.contains(real(table))) {
                throw wrong(words.say("out.input", table));
            }
            for (Path output : ownOutputs(file, folder)) {
                if (inputs.contains(real(output))) {
                    throw wrong(words.say("out.input", output));
                }
                Path other = outputs.putIfAbsent(real(output), file);
                if (other != null) {
                    throw wrong(words.say("clash", file, other, output));
                }
            }
        }
        return new Targets(table, folder, json);
    }

    private List<Path> ownOutputs(Path file, @Nullable Path folder) {
        List<Path> outputs = new ArrayList<>();
        if (json != null) {
            outputs.add(json.resolve(Task.baseName(file) + ".json"));
        }
        if (folder != null) {
            outputs.add(folder.resolve(Task.baseName(file) + ".xlsx"));
        }
        return outputs;
    }

    /** The file itself where there is one, however it is named. */
    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            return path.toAbsolutePath().normalize();
        }
    }

    private Function<SourceText, Reading> reader() {
        if (duties == null) {
            return Reader.standard()::read;
        }
        try {
            return Reader.with(Duties.load(duties), Themes.standard())::read;
        } catch (IOException | IllegalArgumentException e) {
            throw wrong(words.say("duties.failed", duties, String.valueOf(e.getMessage())));
        }
    }

    private void writeOneTable(Batch<Task.Result> batch, Path file, Tally tally) {
        // Nothing is opened before the first report has been read: where none can be, no empty table is left.
        Iterator<TaskRow> rows = new TallyRows(batch, tally);
        if (!rows.hasNext() && tally.read == 0) {
            return;
        }
        write(file, title(tally), () -> rows, tally);
    }

    private String title(Tally tally) {
        return files.size() == 1 && !tally.title.isEmpty() ? tally.title : words.say("title");
    }

    private void writeOwnTable(Task.Result result, @Nullable Path folder, Tally tally) {
        List<TaskRow> numbered = tally.number(result.rows());
        if (folder != null) {
            Path file = folder.resolve(Task.baseName(result.file()) + ".xlsx");
            write(file, result.title().isEmpty() ? words.say("title") : result.title(), numbered, tally);
        } else if (json == null) {
            PrintWriter stdout = commandSpec().commandLine().getOut();
            for (TaskRow row : numbered) {
                stdout.println(String.join(
                        "\t",
                        Integer.toString(row.number()),
                        row.task(),
                        row.targets(),
                        row.deadline(),
                        row.leadUnit(),
                        row.jointUnits(),
                        row.source()));
            }
            stdout.flush();
        }
    }

    private void write(Path file, String title, Iterable<TaskRow> rows, Tally tally) {
        Optional<TableFormat> format = TableFormat.findByName(file.toString());
        TaskTable table = new TaskTable(title, "", LocalDate.now(java.time.ZoneId.systemDefault()), COLUMNS, rows);
        try {
            OutputFile.write(file, stream -> TaskTables.write(table, format.orElse(TableFormat.XLSX), stream));
        } catch (IOException e) {
            tally.fail(words.say("out.failed", file, e.getMessage() == null ? e.toString() : e.getMessage()));
        }
    }
}
