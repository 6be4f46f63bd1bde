package org.luoshi.server.register;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.luoshi.server.register.RegisterFilter.Part;
import org.luoshi.server.web.Languages;
import org.luoshi.server.web.Words;
import org.luoshi.writing.ResponsibilityLetter;
import org.luoshi.writing.ResponsibilityLetter.Answered;
import org.luoshi.writing.ResponsibilityLetter.Role;
import org.luoshi.writing.TableFormat;
import org.luoshi.writing.TaskRow;
import org.luoshi.writing.TaskTable;
import org.luoshi.writing.TaskTables;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Writes parts of the register into files. They are official papers, so they are in Chinese whoever asks. */
@Component
class RegisterFiles {
    private final Register register;
    private final JdbcClient sql;
    private final Words words;
    private final Clock clock;

    RegisterFiles(Register register, JdbcClient sql, Languages languages, Clock clock) {
        this.register = register;
        this.sql = sql;
        this.words = languages.words("zh");
        this.clock = clock;
    }

    /** The name of a file without its extension, such as 青岚县任务分解表2026-01-19. */
    String tableName() {
        return words.t("register.file.table", place(), LocalDate.now(clock).toString());
    }

    /** Every entry of a list, in its order; memory does not grow with the list. */
    void write(RegisterFilter filter, RegisterSort sort, boolean descending, TableFormat format, OutputStream out)
            throws IOException {
        table(() -> rows(register.walk(filter, sort, descending)), format, out);
    }

    /** The chosen entries. */
    void writeChosen(List<Long> ids, TableFormat format, OutputStream out) throws IOException {
        table(() -> rows(register.listChosen(ids).iterator()), format, out);
    }

    private void table(Iterable<TaskRow> rows, TableFormat format, OutputStream out) throws IOException {
        LocalDate today = LocalDate.now(clock);
        TaskTables.write(
                new TaskTable(words.t("register.file.title", place()), office(), today, TaskTable.USUAL, rows),
                format,
                out);
    }

    private Iterator<TaskRow> rows(Iterator<Entry> entries) {
        Labels labels = labels();
        return new Iterator<>() {
            private int number;

            @Override
            public boolean hasNext() {
                return entries.hasNext();
            }

            @Override
            public TaskRow next() {
                return row(++number, entries.next(), labels);
            }
        };
    }

    private TaskRow row(int number, Entry entry, Labels labels) {
        String leader = entry.leader();
        return new TaskRow(
                number,
                entry.what(),
                labels.targets(entry),
                deadline(entry),
                leader == null ? "" : leader,
                entry.lead() == null ? "" : entry.lead().shortName(),
                labels.jointInFull(entry),
                labels.source(entry),
                entry.number());
    }

    private String deadline(Entry entry) {
        return entry.due() == null ? "" : words.t("register.file.day", day(entry.due()));
    }

    private static String[] parts(LocalDate day) {
        return new String[] {
            Integer.toString(day.getYear()),
            Integer.toString(day.getMonthValue()),
            Integer.toString(day.getDayOfMonth())
        };
    }

    private String day(LocalDate day) {
        String[] parts = parts(day);
        return words.t("register.file.date", parts[0], parts[1], parts[2]);
    }

    private Labels labels() {
        return new Labels(words, register.units(), Map.of(), LocalDate.now(clock), register.themes());
    }

    private String place() {
        return sql.sql("select value #>> '{}' from setting where name = 'place'")
                .query(String.class)
                .optional()
                .orElse("");
    }

    private String office() {
        return place().isEmpty() ? "" : words.t("register.file.office", place());
    }

    /** A letter of responsibility under its file name. */
    record Letter(String name, ResponsibilityLetter content, int tasks) {}

    /** What a unit answers for in a year: first what it leads, then what it joins in, each by number. */
    Letter letter(long unit, int year) {
        UnitNames units = register.units();
        LocalDate today = LocalDate.now(clock);
        Labels labels = labels();
        List<Answered> answered = new ArrayList<>();
        for (Part part : List.of(Part.LEAD, Part.JOINT)) {
            RegisterFilter filter = RegisterFilter.ALL.withUnit(unit, part).withYear(year);
            register.walk(filter, RegisterSort.NUMBER, false)
                    .forEachRemaining(entry -> answered.add(new Answered(
                            entry.what(),
                            labels.targets(entry),
                            deadline(entry),
                            part == Part.LEAD ? Role.LEAD : Role.JOINT)));
        }
        String name = units.full(unit, today);
        String of = Integer.toString(year);
        String place = place();
        return new Letter(
                words.t("register.letter.file", name, of),
                new ResponsibilityLetter(
                        words.t("register.letter.title", place, of),
                        words.t("register.letter.issuer", place),
                        name,
                        List.of(words.t("register.letter.preamble", place, of, name)),
                        answered,
                        List.of(
                                words.t("register.letter.term1"),
                                words.t("register.letter.term2"),
                                words.t("register.letter.term3")),
                        null),
                answered.size());
    }

    int thisYear() {
        return register.newestYear().orElse(LocalDate.now(clock).getYear());
    }
}
