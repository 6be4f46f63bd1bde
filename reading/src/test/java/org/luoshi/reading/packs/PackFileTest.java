package org.luoshi.reading.packs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.nodes.Node;

class PackFileTest {
    private static PackFile file(String yaml) throws IOException {
        return new PackFile("f.yaml", new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)));
    }

    private static Node root(PackFile file) {
        return Objects.requireNonNull(file.root());
    }

    @Test
    void nested_mappings_and_lists_are_read() throws IOException {
        PackFile file = file("""
                matters:
                  - key: petition
                    days: 15
                    open: true
                    steps: [收件, 转办]
                  - key: order
                    days: 30
                    open: false
                    steps: []
                """);
        var read = new ArrayList<String>();
        Node matters = Objects.requireNonNull(
                file.mapping(root(file), Set.of("matters"), "the file").get("matters"));
        for (Node matter : file.list(matters, "matters")) {
            Map<String, Node> entries = file.mapping(matter, Set.of("key", "days", "open", "steps"), "a matter");
            read.add(file.need(entries, "key", matter, "A matter")
                    + PackFile.line(matter)
                    + file.whole(Objects.requireNonNull(entries.get("days")), 1, 90, "days")
                    + file.flag(Objects.requireNonNull(entries.get("open")), "open")
                    + file.texts(Objects.requireNonNull(entries.get("steps")), "steps"));
        }
        file.check();
        assertThat(read).isEqualTo(List.of("petition215true[收件, 转办]", "order630false[]"));
    }

    @Test
    void all_faults_are_told_at_once_with_their_lines() throws IOException {
        PackFile file = file("""
                days: many
                open: maybe
                kind: other
                extra: 1
                steps: none
                """);
        Map<String, Node> top = file.mapping(root(file), Set.of("days", "open", "kind", "steps"), "the file");
        file.list(Objects.requireNonNull(top.get("steps")), "steps");
        file.choice(Objects.requireNonNull(top.get("kind")), Set.of("letter", "order"), "kind");
        file.flag(Objects.requireNonNull(top.get("open")), "open");
        assertThat(file.whole(Objects.requireNonNull(top.get("days")), 1, 9, "days"))
                .isEqualTo(1);
        PackFaultsException thrown = catchThrowableOfType(PackFaultsException.class, file::check);
        assertThat(thrown.faults().stream().map(PackFault::line)).containsExactly(1, 2, 3, 4, 5);
        assertThat(thrown.faults().get(2).message()).isEqualTo("kind is \"other\". Known words: letter, order.");
    }

    @Test
    void a_file_that_is_no_yaml_names_the_line() throws IOException {
        PackFile file = file("a: 1\nb: [1, 2\nc: 3\n");
        PackFaultsException thrown = catchThrowableOfType(PackFaultsException.class, file::check);
        assertThat(thrown.faults()).hasSize(1);
        assertThat(thrown.faults().getFirst().line()).isEqualTo(3);
    }
}
