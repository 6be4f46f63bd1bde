package org.luoshi.server.matters.types;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.luoshi.reading.packs.PackFaultsException;

class TypeReaderTest {
    static final Path STANDARD = Path.of("..", "packs", "standard", "matters");

    static Stream<Path> standard() throws IOException {
        return Files.list(STANDARD).sorted();
    }

    static MatterType read(String name) throws IOException {
        return TypeReader.read(name + ".yaml", Files.readString(STANDARD.resolve(name + ".yaml")));
    }

    @ParameterizedTest
    @MethodSource("standard")
    void readsTheTypesOfTheHouse(Path file) throws IOException {
        MatterType type = TypeReader.read(file.toString(), Files.readString(file));

        assertThat(file.getFileName()).hasToString(type.key() + ".yaml");
        assertThat(type.states()).isNotEmpty();
    }

    @Test
    void reportsEveryFaultAtOnceWithItsLine() throws IOException {
        String text = Files.readString(STANDARD.resolve("to-do.yaml"))
                .replace("who: lead, asks: {note: needed", "who: boss, asks: {note: must")
                .replace("length", "lenght")
                .replace("stop: [confirm, drop, return]", "stop: [confirm, return]")
                .replace("from: answered, to: done", "from: answered, to: dnoe")
                .replace("{light: red, word: overdue", "{light: purple, word: overdue");

        assertThatThrownBy(() -> TypeReader.read("to-do.yaml", text))
                .isInstanceOfSatisfying(PackFaultsException.class, e -> {
                    List<String> faults =
                            e.faults().stream().map(Object::toString).toList();
                    assertThat(faults)
                            .anySatisfy(f ->
                                    assertThat(f).startsWith("to-do.yaml:24:").contains("\"boss\" is unknown"));
                    assertThat(faults)
                            .anySatisfy(f ->
                                    assertThat(f).startsWith("to-do.yaml:24:").contains("needed or optional"));
                    assertThat(faults)
                            .anySatisfy(f ->
                                    assertThat(f).startsWith("to-do.yaml:26:").contains("names the state \"dnoe\""));
                    assertThat(faults)
                            .anySatisfy(f ->
                                    assertThat(f).startsWith("to-do.yaml:36:").contains("\"purple\""));
                });
    }

    @Test
    void refusesAClockOfAMoveThatTheTypeLacks() throws IOException {
        String text = Files.readString(STANDARD.resolve("inspection.yaml"))
                .replace("over: object, asks", "over: objekt, asks");

        assertThatThrownBy(() -> TypeReader.read("inspection.yaml", text))
                .isInstanceOf(PackFaultsException.class)
                .hasMessageContaining("asks for the clock \"objekt\"");
    }

    @Test
    void refusesToHideAFieldThatEverybodySees() throws IOException {
        String text = Files.readString(STANDARD.resolve("to-do.yaml"))
                .replace("kind: date,", "kind: date, sees: [supervision],");

        assertThatThrownBy(() -> TypeReader.read("to-do.yaml", text))
                .isInstanceOf(PackFaultsException.class)
                .hasMessageContaining("\"sees\" does not hold for \"due\"");
    }

    @Test
    void tellsWhatWasCalledOffFromWhatWasNotDone() throws IOException {
        MatterType type = read("target-task");

        assertThat(type.states().keySet().stream().filter(type::isCalledOff)).containsExactly("cancelled", "merged");
        assertThat(type.beginnings())
                .containsExactlyInAnyOrder("hand-down", "sign", "transfer", "bounce", "reopen", "recur");
    }

    @Test
    void refusesATimeToReplyThatIsNoneOrHasNoLetter() throws IOException {
        String text = Files.readString(STANDARD.resolve("target-task.yaml"));

        assertThat(TypeReader.read("target-task.yaml", text)
                        .findRung("blue")
                        .orElseThrow()
                        .reply())
                .hasToString(String.valueOf(
                        new org.luoshi.server.calendar.Limit(5, org.luoshi.server.calendar.Limit.Unit.WORKING_DAYS)));
        assertThatThrownBy(() -> TypeReader.read(
                        "target-task.yaml",
                        text.replace(
                                "by: rule, letter: true, reply: 5 working days",
                                "by: rule, letter: true, reply: soon")))
                .isInstanceOfSatisfying(
                        PackFaultsException.class,
                        e -> assertThat(e.faults().stream()
                                        .map(Object::toString)
                                        .toList())
                                .hasSize(1)
                                .anySatisfy(f -> assertThat(f)
                                        .startsWith("target-task.yaml:88:")
                                        .contains("\"soon\" is no time limit")));
        assertThatThrownBy(() -> TypeReader.read(
                        "target-task.yaml",
                        text.replace("by: rule, letter: true, reply: 5 working days", "by: rule, reply: 5 days")))
                .hasMessageContaining("target-task.yaml:88:")
                .hasMessageContaining("no letter to reply to");
    }

    @Test
    void refusesAClockThatNeverStops() throws IOException {
        String text = Files.readString(STANDARD.resolve("to-do.yaml"))
                .replace("stop: [confirm, drop, return]", "stop: [confirm, return]");

        assertThatThrownBy(() -> TypeReader.read("to-do.yaml", text))
                .hasMessageContaining("never stops on the way")
                .hasMessageContaining("drop to \"dropped\"");
    }

    @Test
    void refusesStatesThatCannotBeReachedOrLeft() throws IOException {
        String text = Files.readString(STANDARD.resolve("to-do.yaml"))
                .replace("moves:\n", "moves:\n  lose: {name: {zh: 丢, en: Lose}, from: open, to: lost, who: lead}\n")
                .replace(
                        "states:\n",
                        "states:\n  lost: {name: {zh: 丢了, en: Lost}, public: hidden, waits: lead, ask: {zh: 找, en: Find}}\n"
                                + "  island: {name: {zh: 孤岛, en: Island}, public: hidden, end: true}\n");

        assertThatThrownBy(() -> TypeReader.read("to-do.yaml", text))
                .hasMessageContaining("\"lost\" is a dead end")
                .hasMessageContaining("\"lost\" waits for lead, who can do nothing in it")
                .hasMessageContaining("\"island\" cannot be reached");
    }

    @Test
    void numbersAMatterByItsPattern() throws IOException {
        assertThat(read("target-task").numberOf(2026, 142)).isEqualTo("26-0142");
        assertThat(read("inspection").numberOf(2026, 7)).isEqualTo("督2026-007");
    }
}
