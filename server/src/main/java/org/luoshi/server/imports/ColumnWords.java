package org.luoshi.server.imports;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.luoshi.reading.packs.PackFile;
import org.luoshi.server.matters.types.Field;
import org.luoshi.server.matters.types.MatterType;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Which headings mean which fields ({@code luoshi-columns/1}): the words of the standard pack, or of the county's own
 * {@code columns.yaml}, and the names of the fields themselves.
 */
@Component
class ColumnWords {
    /** The number by which a list tells its rows apart; no field of a matter. */
    static final String KEY = "key";

    private static final String STANDARD = "/org/luoshi/packs/standard/columns.yaml";
    private static final int HEAD_ROWS = 30;

    private final Map<String, List<String>> words;

    ColumnWords(@Value("${luoshi.pack:#{null}}") @Nullable String pack) {
        Path own = pack == null ? null : Path.of(pack).resolve("columns.yaml");
        try {
            if (own != null && Files.exists(own)) {
                words = read(own.toString(), Files.readAllBytes(own));
            } else {
                try (InputStream standard = ColumnWords.class.getResourceAsStream(STANDARD)) {
                    if (standard == null) {
                        throw new IllegalStateException("The standard pack lacks columns.yaml");
                    }
                    words = read("columns.yaml", standard.readAllBytes());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The words of a file.
     *
     * @throws org.luoshi.reading.packs.PackFaultsException with every fault and its line
     */
    static Map<String, List<String>> read(String name, byte[] content) throws IOException {
        PackFile file = new PackFile(name, new ByteArrayInputStream(content));
        Map<String, List<String>> words = new LinkedHashMap<>();
        Node root = file.root();
        if (root != null) {
            Map<String, Node> top = file.mapping(root, Set.of("format", "columns"), "a file of columns");
            String format = file.need(top, "format", root, "The file");
            if (!format.isEmpty() && !format.equals("luoshi-columns/1")) {
                file.fault(root, "The format is \"" + format + "\"; it must be \"luoshi-columns/1\".");
            }
            Node columns = top.get("columns");
            if (columns == null) {
                file.fault(root, "The file lacks \"columns\".");
            } else {
                Set<String> known = new HashSet<>(Field.CORE);
                known.addAll(keys(columns));
                Map<String, String> owners = new HashMap<>();
                file.mapping(columns, known, "columns").forEach((field, node) -> {
                    List<String> said = file.texts(node, field).stream()
                            .map(ColumnWords::plain)
                            .toList();
                    for (String word : said) {
                        String owner = owners.putIfAbsent(word, field);
                        if (owner != null && !owner.equals(field)) {
                            file.fault(
                                    node,
                                    "\"" + word + "\" stands for \"" + owner + "\" and for \"" + field
                                            + "\". Take it out of one.");
                        }
                    }
                    words.put(field, said);
                });
            }
        }
        file.check();
        return words;
    }

    /** The fields that types add have keys of their own, so any key is allowed here. */
    private static Set<String> keys(Node columns) {
        Set<String> keys = new HashSet<>();
        if (columns instanceof org.yaml.snakeyaml.nodes.MappingNode mapping) {
            mapping.getValue().forEach(entry -> {
                if (entry.getKeyNode() instanceof org.yaml.snakeyaml.nodes.ScalarNode key) {
                    keys.add(key.getValue());
                }
            });
        }
        return keys;
    }

    /** A heading without what tables put around words: blanks, line breaks, stars, units in brackets. */
    static String plain(String heading) {
        return Normalizer.normalize(heading, Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT)
                .replaceAll("\\([^)]*\\)|\\[[^\\]]*\\]", "")
                .replaceAll("[\\s*:：、/_.-]+", "");
    }

    /** By its words, what a heading means most. */
    private record Meaning(int column, String field, int weight) {}

    /** By their places, the fields that the columns of a heading row mean; each field once. */
    Map<Integer, String> match(MatterType type, List<String> headings) {
        List<Meaning> meanings = new ArrayList<>();
        for (int c = 0; c < headings.size(); c++) {
            String heading = plain(headings.get(c));
            if (!heading.isEmpty()) {
                for (Map.Entry<String, List<String>> field : wordsOf(type).entrySet()) {
                    int weight = 0;
                    for (String word : field.getValue()) {
                        if (heading.equals(word)) {
                            weight = Math.max(weight, 1000 + word.length());
                        } else if (word.length() > 1 && heading.contains(word)) {
                            weight = Math.max(weight, word.length());
                        }
                    }
                    if (weight > 0) {
                        meanings.add(new Meaning(c, field.getKey(), weight));
                    }
                }
            }
        }
        meanings.sort((a, b) -> a.weight() != b.weight() ? b.weight() - a.weight() : a.column() - b.column());
        Map<Integer, String> matched = new TreeMap<>();
        for (Meaning meaning : meanings) {
            if (!matched.containsKey(meaning.column()) && !matched.containsValue(meaning.field())) {
                matched.put(meaning.column(), meaning.field());
            }
        }
        return matched;
    }

    private Map<String, List<String>> wordsOf(MatterType type) {
        Map<String, List<String>> all = new LinkedHashMap<>();
        for (Field field : type.fields().values()) {
            List<String> said = new ArrayList<>(words.getOrDefault(field.key(), List.of()));
            said.add(plain(field.name().in("zh")));
            said.add(plain(field.name().in("en")));
            all.put(field.key(), said);
        }
        all.put(KEY, words.getOrDefault(KEY, List.of()));
        return all;
    }

    /** The place of the row that looks most like headings: of the first rows, the one whose cells mean most fields. */
    int findHead(MatterType type, List<SheetFile.Line> lines) {
        int best = 0;
        int most = -1;
        for (int i = 0; i < Math.min(HEAD_ROWS, lines.size()); i++) {
            List<String> cells = lines.get(i).cells();
            boolean short_ = cells.stream().allMatch(cell -> cell.length() <= 30);
            int found = short_ ? match(type, cells).size() : 0;
            if (found > most) {
                most = found;
                best = i;
            }
        }
        return best;
    }
}
