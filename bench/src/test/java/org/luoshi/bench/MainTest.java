package org.luoshi.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
    @TempDir
    Path folder = Path.of("unset");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    /** Answers one row without measuring anything. */
    private record Fixed(String name, double value) implements Benchmark {
        @Override
        public List<Row> run(Setting setting) {
            if (value < 0) {
                throw new IllegalStateException("nothing to measure");
            }
            return List.of(
                    Row.compared(name, value, "MB/s", "sloth", 4, Bar.atLeast(5).andRatioAtLeast(2)));
        }
    }

    private int run(String... arguments) throws IOException {
        return Main.run(
                List.of(arguments),
                List.of(new Fixed("fast", 10.04), new Fixed("slow", 6), new Fixed("broken", -1)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    @Test
    void writesARowWithRatioAndBarForWhatWasNamed() throws IOException {
        Path json = folder.resolve("rows.json");
        assertThat(run("fast", "--quick", "--json", json.toString())).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("fast", "10.0", "2.51", "≥ 5, ≥ 2 × sloth", "yes")
                .doesNotContain("slow");
        assertThat(Files.readString(json))
                .contains("\"ratio\" : 2.51", "\"met\" : true", "\"comparedWith\" : \"sloth\"");
    }

    @Test
    void saysNoWhereTheRatioMissesItsBar() throws IOException {
        assertThat(run("slow")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("NO").doesNotContain("yes");
    }

    @Test
    void namesWhatCouldNotBeMeasuredAndMeasuresTheOthers() throws IOException {
        assertThat(run()).isEqualTo(1);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("fast", "slow");
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("broken could not be measured");
    }

    @Test
    void refusesAnUnknownNameAndSaysWhichThereAre() throws IOException {
        assertThat(run("register-pages")).isEqualTo(64);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("register-pages", "fast, slow, broken");
    }
}
