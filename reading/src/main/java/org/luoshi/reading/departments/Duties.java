package org.luoshi.reading.departments;

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
import org.luoshi.reading.packs.PackFaultsException;
import org.luoshi.reading.packs.PackFile;
import org.yaml.snakeyaml.nodes.Node;

/**
 * What each department answers for: a county's file, checked whole when loaded. Immutable.
 *
 * <p>See {@code docs/duties.md} for the form of the file.
 */
public final class Duties {
    private static final String FORMAT = "luoshi-duties/1";
    private static final String STANDARD = "/org/luoshi/packs/standard/duties.yaml";
    private static final Set<String> TOP = Set.of("format", "silent", "departments");
    private static final Set<String> KEYS = Set.of("key", "name", "stems", "aliases", "theme", "terms");

    private final List<Duty> all;
    private final Map<String, Duty> byKey;
    private final List<String> silent;

    private Duties(List<Duty> all, List<String> silent) {
        this.all = List.copyOf(all);
        this.silent = List.copyOf(silent);
        var keys = new HashMap<String, Duty>();
        for (Duty duty : all) {
            keys.put(duty.key(), duty);
        }
        this.byKey = Map.copyOf(keys);
    }

    /** The general duties that come with the program. */
    public static Duties standard() {
        try (InputStream in = Duties.class.getResourceAsStream(STANDARD)) {
            if (in == null) {
                throw new IllegalStateException(
                        "The class path lacks " + STANDARD + ". Build the reading module anew.");
            }
            return load("duties.yaml", in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads a county's file. Throws {@link PackFaultsException} with every fault at once. */
    public static Duties load(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return load(String.valueOf(file.getFileName()), in);
        }
    }

    /** Reads a county's file; {@code name} stands in the faults. Throws {@link PackFaultsException}. */
    public static Duties load(String name, InputStream in) throws IOException {
        var file = new PackFile(name, in);
        var duties = new ArrayList<Duty>();
        List<String> silent = List.of();
        Node root = file.root();
        if (root != null) {
            Map<String, Node> top = file.mapping(root, TOP, "the duties file");
            String format = file.need(top, "format", root, "The duties file");
            if (!format.isEmpty() && !format.equals(FORMAT)) {
                file.fault(
                        top.getOrDefault("format", root),
                        "The format is \"" + format + "\"; this program reads " + FORMAT + ".");
            }
            silent = optional(file, top, "silent");
            Node departments = top.get("departments");
            if (departments == null) {
                file.fault(root, "The duties file lacks \"departments\".");
            } else {
                duties.addAll(departments(file, departments));
            }
        }
        file.check();
        return new Duties(duties, silent);
    }

    private static List<Duty> departments(PackFile file, Node node) {
        var duties = new ArrayList<Duty>();
        var keys = new HashMap<String, Integer>();
        var names = new HashMap<String, Named>();
        List<Node> items = file.list(node, "\"departments\"");
        if (items.isEmpty()) {
            file.fault(node, "\"departments\" names no department.");
        }
        for (Node item : items) {
            Map<String, Node> entries = file.mapping(item, KEYS, "a department");
            String key = file.need(entries, "key", item, "A department");
            Integer before = key.isEmpty() ? null : keys.putIfAbsent(key, PackFile.line(item));
            if (before != null) {
                file.fault(item, "The key \"" + key + "\" is taken since line " + before + ". Give another.");
            }
            if (!key.isEmpty() && !key.matches("[a-z][a-z0-9-]*")) {
                file.fault(
                        entries.getOrDefault("key", item),
                        "The key \"" + key + "\" must be small Latin letters, digits and hyphens.");
            }
            String name = file.need(entries, "name", item, "The department \"" + key + "\"");
            List<String> stems = optional(file, entries, "stems");
            List<String> aliases = optional(file, entries, "aliases");
            Node themeNode = entries.get("theme");
            String theme = themeNode == null ? "" : file.text(themeNode, "\"theme\"");
            claim(file, names, entries.getOrDefault("name", item), name, key);
            for (String alias : aliases) {
                claim(file, names, entries.getOrDefault("aliases", item), alias, key);
            }
            duties.add(new Duty(key, name, stems, aliases, theme, terms(file, entries, item, key)));
        }
        return duties;
    }

    private record Named(String key, int line) {}

    /** A name stands for one department only, else a text that writes it could mean either. */
    private static void claim(PackFile file, Map<String, Named> names, Node at, String name, String key) {
        if (name.isEmpty()) {
            return;
        }
        Named before = names.putIfAbsent(name, new Named(key, PackFile.line(at)));
        if (before != null && !before.key().equals(key)) {
            file.fault(
                    at,
                    "The name \"" + name + "\" of \"" + key + "\" is taken by \"" + before.key() + "\" (line "
                            + before.line() + "). Keep it at one of them.");
        }
    }

    private static List<String> optional(PackFile file, Map<String, Node> entries, String key) {
        Node node = entries.get(key);
        return node == null ? List.of() : file.texts(node, "\"" + key + "\"");
    }

    private static Map<String, Double> terms(PackFile file, Map<String, Node> entries, Node owner, String key) {
        Node node = entries.get("terms");
        if (node == null) {
            file.fault(
                    owner,
                    "The department \"" + key + "\" lacks \"terms\". Write at least one word that speaks for it.");
        }
        return file.weightedTerms(node, "the department \"" + key + "\"");
    }

    /** All departments in the order of the file. */
    public List<Duty> all() {
        return all;
    }

    /** Words that speak for nobody although a term stands in them: 高质量 is no matter of quality control. */
    public List<String> silent() {
        return silent;
    }

    public Optional<Duty> find(String key) {
        return Optional.ofNullable(byKey.get(key));
    }

    /** Throws {@link IllegalArgumentException} where no department has the key. */
    public Duty get(String key) {
        return find(key)
                .orElseThrow(() -> new IllegalArgumentException(
                        "No department has the key \"" + key + "\". Maybe it was taken out of the duties file."));
    }
}
