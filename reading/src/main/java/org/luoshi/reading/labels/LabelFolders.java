package org.luoshi.reading.labels;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.luoshi.reading.SourceText;

/**
 * Where the reports and labels lie that a command was told of: {@code --texts DIR[:DIR...] --labels DIR[:DIR...]}, and
 * {@code --judge DIR} for the folder of labels that is reported on apart, the first of {@code --labels} where it is not
 * given. A report is {@code NAME.txt}, its labels {@code NAME.segments.jsonl} and {@code NAME.figures.jsonl}.
 */
public final class LabelFolders {
    public static final String SEGMENTS = ".segments.jsonl";
    public static final String FIGURES = ".figures.jsonl";
    public static final String USAGE = "--texts DIR[:DIR...] --labels DIR[:DIR...] [--judge DIR]";

    private final List<Path> texts;
    private final List<Path> labels;
    private final Path judged;

    public LabelFolders(List<Path> texts, List<Path> labels, Path judged) {
        this.texts = texts;
        this.labels = labels;
        this.judged = judged;
    }

    /** The folders of the options, null where one that is needed is missing. */
    public static @Nullable LabelFolders of(Map<String, String> options) {
        String texts = options.get("--texts");
        String labels = options.get("--labels");
        if (texts == null || labels == null) {
            return null;
        }
        List<Path> folders = paths(labels);
        String judged = options.get("--judge");
        return new LabelFolders(paths(texts), folders, judged == null ? folders.getFirst() : Path.of(judged));
    }

    /** Options that each take one word: {@code --name word}. */
    public static Map<String, String> options(String[] args) {
        Map<String, String> options = new HashMap<>();
        for (int i = 0; i + 1 < args.length; i += 2) {
            options.put(args[i], args[i + 1]);
        }
        return options;
    }

    /** The same texts with the labels of other folders. */
    public LabelFolders labelledIn(String folders) {
        return new LabelFolders(texts, paths(folders), judged);
    }

    private static List<Path> paths(String folders) {
        return Stream.of(folders.split(":")).map(Path::of).toList();
    }

    /** The files of labels by the name of their report; a name that occurs twice is taken from the first folder. */
    public SortedMap<String, Path> files(String suffix) throws IOException {
        SortedMap<String, Path> files = new TreeMap<>();
        for (Path folder : labels) {
            try (Stream<Path> entries = Files.list(folder)) {
                for (Path file : entries.toList()) {
                    String name = file.getFileName().toString();
                    if (name.endsWith(suffix)) {
                        files.putIfAbsent(name.substring(0, name.length() - suffix.length()), file);
                    }
                }
            }
        }
        return files;
    }

    /** The report of that name. */
    public SourceText text(String name) throws IOException {
        for (Path folder : texts) {
            Path file = folder.resolve(name + ".txt");
            if (Files.exists(file)) {
                return new SourceText(name, Files.readString(file, StandardCharsets.UTF_8));
            }
        }
        throw new IOException("No text " + name + ".txt in " + texts + ". Maybe name its folder with --texts.");
    }

    /** The report is one of those that are reported on apart. */
    public boolean isJudged(String name) {
        return Files.exists(judged.resolve(name + SEGMENTS));
    }

    /**
     * The place of a report: {@code city_某省_某市_2022} is of {@code city_某省_某市}; a name that does not end in a year is a
     * place of its own. Reports of one place are left out together.
     */
    public static String place(String name) {
        int cut = name.lastIndexOf('_');
        boolean year = cut > 0
                && name.length() - cut == 5
                && name.substring(cut + 1).chars().allMatch(Character::isDigit);
        return year ? name.substring(0, cut) : name;
    }
}
