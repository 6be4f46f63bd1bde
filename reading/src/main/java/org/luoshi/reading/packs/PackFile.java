package org.luoshi.reading.packs;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.AnchorNode;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * A YAML file read node by node, so that a fault can name its line and reading goes on after it: a county that edits a
 * file sees all its faults at once.
 */
public final class PackFile {
    private static final int MOST_CODE_POINTS = 4_000_000;
    private static final int HEAVIEST = 10;

    private final String name;
    private final List<PackFault> faults = new ArrayList<>();
    private final @Nullable Node root;

    /** Reads the whole stream as UTF-8 and leaves closing it to the caller. */
    public PackFile(String name, InputStream in) throws IOException {
        this.name = name;
        this.root = compose(new InputStreamReader(in, StandardCharsets.UTF_8));
    }

    private @Nullable Node compose(Reader reader) throws IOException {
        var options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        options.setMaxAliasesForCollections(20);
        options.setCodePointLimit(MOST_CODE_POINTS);
        try {
            Node node = new Yaml(options).compose(reader);
            if (node == null) {
                faults.add(new PackFault(name, 1, 1, "The file is empty. Start from the standard file of the pack."));
            }
            return node;
        } catch (MarkedYAMLException e) {
            Mark mark = e.getProblemMark();
            faults.add(new PackFault(
                    name,
                    mark == null ? 1 : mark.getLine() + 1,
                    mark == null ? 1 : mark.getColumn() + 1,
                    "This is not YAML: " + e.getProblem() + ". Mend it here; the rest could not be checked."));
        } catch (YAMLException e) {
            faults.add(new PackFault(name, 1, 1, "This is not YAML: " + e.getMessage()));
        }
        return null;
    }

    /** The top of the file, null where it could not be read; the fault is then noted already. */
    public @Nullable Node root() {
        return root;
    }

    public void fault(Node node, String message) {
        Mark mark = node.getStartMark();
        faults.add(new PackFault(name, mark.getLine() + 1, mark.getColumn() + 1, message));
    }

    /** Throws all faults noted so far; returns silently where there are none. */
    public void check() {
        if (!faults.isEmpty()) {
            faults.sort(Comparator.comparingInt(PackFault::line).thenComparingInt(PackFault::column));
            throw new PackFaultsException(faults);
        }
    }

    /** The line of a node, from 1. */
    public static int line(Node node) {
        return node.getStartMark().getLine() + 1;
    }

    /** The entries of a mapping by key, each key one of {@code known}. Faults: no mapping, unknown or repeated keys. */
    public Map<String, Node> mapping(Node node, Set<String> known, String what) {
        var entries = new LinkedHashMap<String, Node>();
        if (!(node instanceof MappingNode mapping)) {
            fault(node, what + " must be a mapping (key: value), not " + sort(node) + ".");
            return entries;
        }
        for (NodeTuple tuple : mapping.getValue()) {
            String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
            if (!known.isEmpty() && !known.contains(key)) {
                fault(
                        tuple.getKeyNode(),
                        "Unknown key \"" + key + "\" in " + what + ". Known keys: "
                                + String.join(", ", known.stream().sorted().toList()) + ".");
                continue;
            }
            if (entries.putIfAbsent(key, tuple.getValueNode()) != null) {
                fault(tuple.getKeyNode(), "The key \"" + key + "\" stands twice in " + what + ". Keep one.");
            }
        }
        return entries;
    }

    /** The items of a list; empty with a fault where it is none. */
    public List<Node> list(Node node, String what) {
        if (node instanceof SequenceNode sequence) {
            return sequence.getValue();
        }
        fault(node, what + " must be a list ([…] or lines that begin with -), not " + sort(node) + ".");
        return List.of();
    }

    /** The texts of a list of scalars, blank ones refused. */
    public List<String> texts(Node node, String what) {
        var texts = new ArrayList<String>();
        for (Node item : list(node, what)) {
            String text = text(item, "An item of " + what);
            if (!text.isEmpty()) {
                texts.add(text);
            }
        }
        return texts;
    }

    /** The text of a scalar, trimmed; empty with a fault where it is none or blank. */
    public String text(Node node, String what) {
        if (!(node instanceof ScalarNode scalar)) {
            fault(node, what + " must be a text, not " + sort(node) + ".");
            return "";
        }
        String text = scalar.getValue().strip();
        if (text.isEmpty()) {
            fault(node, what + " is blank. Write it or take the line out.");
        }
        return text;
    }

    /** A whole number of {@code least} to {@code most}; {@code least} with a fault where it is none. */
    public int whole(Node node, int least, int most, String what) {
        String text = text(node, what);
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            if (text.isEmpty()) {
                return least;
            }
        }
        fault(node, what + " is \"" + text + "\"; it must be a whole number from " + least + " to " + most + ".");
        return least;
    }

    /** True or false; false with a fault where it is neither. */
    public boolean flag(Node node, String what) {
        String text = text(node, what);
        if (!text.isEmpty() && !text.equals("true") && !text.equals("false")) {
            fault(node, what + " is \"" + text + "\"; write true or false.");
        }
        return text.equals("true");
    }

    /** One of the known words; empty with a fault where it is none of them. */
    public String choice(Node node, Set<String> known, String what) {
        String text = text(node, what);
        if (text.isEmpty() || known.contains(text)) {
            return text;
        }
        fault(
                node,
                what + " is \"" + text + "\". Known words: "
                        + String.join(", ", known.stream().sorted().toList()) + ".");
        return "";
    }

    /** The text of a needed entry; empty with a fault at {@code owner} where it is missing. */
    public String need(Map<String, Node> entries, String key, Node owner, String what) {
        Node node = entries.get(key);
        if (node == null) {
            fault(owner, what + " lacks \"" + key + "\".");
            return "";
        }
        return text(node, "\"" + key + "\"");
    }

    /** Terms by weight, written as {@code weight: [term, …]}; empty where {@code node} is null. */
    public Map<String, Double> weightedTerms(@Nullable Node node, String owner) {
        var terms = new LinkedHashMap<String, Double>();
        if (node == null) {
            return terms;
        }
        for (Map.Entry<String, Node> entry :
                mapping(node, Set.of(), "\"terms\" of " + owner).entrySet()) {
            double weight = weight(entry.getKey());
            if (Double.isNaN(weight)) {
                fault(
                        entry.getValue(),
                        "The weight \"" + entry.getKey() + "\" of " + owner + " must be a number above 0 and at most "
                                + HEAVIEST + ".");
                continue;
            }
            for (Node item : list(entry.getValue(), "The terms of weight " + entry.getKey() + " of " + owner)) {
                String term = text(item, "A term of " + owner);
                if (!term.isEmpty() && terms.putIfAbsent(term.toLowerCase(Locale.ROOT), weight) != null) {
                    fault(item, "The term \"" + term + "\" of " + owner + " stands twice. Keep the weight you mean.");
                }
            }
        }
        return terms;
    }

    private static double weight(String text) {
        try {
            double weight = Double.parseDouble(text);
            return weight > 0 && weight <= HEAVIEST ? weight : Double.NaN;
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    private static String sort(Node node) {
        return switch (node) {
            case ScalarNode scalar -> "the text \"" + scalar.getValue() + "\"";
            case SequenceNode list -> "a list";
            case MappingNode mapping -> "a mapping";
            case AnchorNode anchor -> "a reference";
            default -> "a " + node.getNodeId();
        };
    }
}
