package org.luoshi.server.matters.types;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.luoshi.reading.packs.PackFile;
import org.yaml.snakeyaml.nodes.Node;

/** Reads the milestones that a type offers; a type may offer none. */
final class MilestoneReader {
    private final PackFile file;
    private final SequencedMap<String, MilestoneRule> found = new LinkedHashMap<>();

    private MilestoneReader(PackFile file) {
        this.file = file;
    }

    static SequencedMap<String, MilestoneRule> read(PackFile file, @Nullable Node node) {
        MilestoneReader reader = new MilestoneReader(file);
        if (node != null) {
            file.mapping(node, Set.of(), "\"milestones\"").forEach(reader::milestone);
        }
        return reader.found;
    }

    private void milestone(String key, Node node) {
        Map<String, Node> line =
                file.mapping(node, Set.of("name", "share", "before", "weight", "follows"), "a milestone");
        Node share = line.get("share");
        Node before = line.get("before");
        if ((share == null) == (before == null)) {
            file.fault(
                    node,
                    "The milestone \"" + key + "\" needs either a \"share\" of the time in per cent, such as 40, or"
                            + " \"before\", the days before the deadline.");
        }
        Node follows = line.get("follows");
        String after = follows == null ? null : file.text(follows, "\"follows\"");
        if (after != null && !found.containsKey(after)) {
            file.fault(
                    node,
                    "The milestone \"" + key + "\" follows \"" + after
                            + "\", which does not stand before it. Before it: " + String.join(", ", found.keySet())
                            + ".");
        }
        Node weight = line.get("weight");
        found.put(
                key,
                new MilestoneRule(
                        key,
                        name(line, node),
                        share == null ? null : file.whole(share, 1, 100, "\"share\""),
                        before == null ? 0 : file.whole(before, 0, 3660, "\"before\""),
                        weight == null ? 1 : file.whole(weight, 1, 9999, "\"weight\""),
                        after));
    }

    private Named name(Map<String, Node> line, Node owner) {
        Node node = line.get("name");
        if (node == null) {
            file.fault(owner, "\"name\" is missing: {zh: …, en: …}.");
            return new Named("", "");
        }
        Map<String, Node> words = file.mapping(node, Set.of("zh", "en"), "a name");
        return new Named(file.need(words, "zh", node, "The name"), file.need(words, "en", node, "The name"));
    }
}
