package org.luoshi.reading.figures;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A word list of this package: groups headed by {@code [name]}, words separated by blanks or line ends, {@code #} to the
 * line's end is a remark.
 */
final class WordFile {
    private final String name;
    private final Map<String, List<String>> groups = new LinkedHashMap<>();

    private WordFile(String name) {
        this.name = name;
    }

    static WordFile load(String name) {
        WordFile file = new WordFile(name);
        try (var stream = WordFile.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException("The word list " + name + " is missing from the package; build again.");
            }
            var reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
            List<String> group = new ArrayList<>();
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                int remark = line.indexOf('#');
                String text = (remark < 0 ? line : line.substring(0, remark)).strip();
                if (text.startsWith("[")) {
                    group = file.groups.computeIfAbsent(text.substring(1, text.length() - 1), key -> new ArrayList<>());
                } else if (!text.isEmpty()) {
                    group.addAll(List.of(text.split("\\s+")));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The word list " + name + " cannot be read", e);
        }
        return file;
    }

    List<String> words(String group) {
        List<String> words = groups.get(group);
        if (words == null) {
            throw new IllegalStateException("The word list " + name + " has no group [" + group + "].");
        }
        return words;
    }

    /** The words of several groups, each with its group's place in the arguments as its number. */
    Map<String, Integer> numbered(String... names) {
        Map<String, Integer> numbers = new LinkedHashMap<>();
        for (int i = 0; i < names.length; i++) {
            for (String word : words(names[i])) {
                numbers.put(word, i);
            }
        }
        return numbers;
    }
}
