package org.luoshi.reading.commitments;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.luoshi.reading.packs.PackFile;
import org.yaml.snakeyaml.nodes.Node;

/** The two-level taxonomy of themes: a file that a county may edit, checked whole when loaded. Immutable. */
public final class Themes {
    private static final String FORMAT = "luoshi-themes/1";
    private static final String STANDARD = "/org/luoshi/packs/standard/themes.yaml";
    private static final Set<String> TOP = Set.of("format", "themes");
    private static final Set<String> UPPER = Set.of("key", "name", "en", "terms", "sub");
    private static final Set<String> LOWER = Set.of("key", "name", "en", "terms");

    private final List<Theme> all;

    private Themes(List<Theme> all) {
        this.all = List.copyOf(all);
    }

    /** The general themes that come with the program. */
    public static Themes standard() {
        try (InputStream in = Themes.class.getResourceAsStream(STANDARD)) {
            if (in == null) {
                throw new IllegalStateException(
                        "The class path lacks " + STANDARD + ". Build the reading module anew.");
            }
            return load("themes.yaml", in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads a file. Throws {@link org.luoshi.reading.packs.PackFaultsException} with every fault at once. */
    public static Themes load(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return load(String.valueOf(file.getFileName()), in);
        }
    }

    /** As {@link #load(Path)}; {@code name} stands in the faults. */
    public static Themes load(String name, InputStream in) throws IOException {
        var file = new PackFile(name, in);
        var themes = new ArrayList<Theme>();
        Node root = file.root();
        if (root != null) {
            Map<String, Node> top = file.mapping(root, TOP, "the themes file");
            String format = file.need(top, "format", root, "The themes file");
            if (!format.isEmpty() && !format.equals(FORMAT)) {
                file.fault(
                        top.getOrDefault("format", root),
                        "The format is \"" + format + "\"; this program reads " + FORMAT + ".");
            }
            Node list = top.get("themes");
            if (list == null) {
                file.fault(root, "The themes file lacks \"themes\".");
            } else {
                themes.addAll(level(file, list, "\"themes\"", UPPER));
            }
        }
        file.check();
        return new Themes(themes);
    }

    private static List<Theme> level(PackFile file, Node list, String what, Set<String> known) {
        var themes = new ArrayList<Theme>();
        var keys = new HashMap<String, Integer>();
        for (Node item : file.list(list, what)) {
            Map<String, Node> entries = file.mapping(item, known, "a theme");
            String key = file.need(entries, "key", item, "A theme");
            Integer before = key.isEmpty() ? null : keys.putIfAbsent(key, PackFile.line(item));
            if (before != null) {
                file.fault(item, "The key \"" + key + "\" is taken since line " + before + ". Give another.");
            }
            Node sub = entries.get("sub");
            themes.add(new Theme(
                    key,
                    file.need(entries, "name", item, "The theme \"" + key + "\""),
                    file.need(entries, "en", item, "The theme \"" + key + "\""),
                    file.weightedTerms(entries.get("terms"), "the theme \"" + key + "\""),
                    sub == null ? List.of() : level(file, sub, "\"sub\" of \"" + key + "\"", LOWER)));
        }
        return themes;
    }

    /** The themes of the first level in the order of the file. */
    public List<Theme> all() {
        return all;
    }

    public Optional<Theme> find(String key) {
        return all.stream().filter(theme -> theme.key().equals(key)).findFirst();
    }
}
