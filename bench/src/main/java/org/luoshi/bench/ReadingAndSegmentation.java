package org.luoshi.bench;

import com.hankcs.hanlp.HanLP;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.luoshi.reading.Reader;
import org.luoshi.reading.SourceText;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The two that {@link ReaderSpeed} measures; each operation reads all reports once. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class ReadingAndSegmentation {
    private final List<SourceText> sources = new ArrayList<>();

    @Setup
    public void load() {
        try {
            for (Path file : ReaderSpeed.texts(Path.of(System.getProperty(ReaderSpeed.TEXT, "")))) {
                sources.add(
                        new SourceText(file.getFileName().toString(), Files.readString(file, StandardCharsets.UTF_8)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Benchmark
    public int luoshi() {
        int found = 0;
        for (SourceText source : sources) {
            found += Reader.standard().read(source).commitments().size();
        }
        return found;
    }

    @Benchmark
    public int hanlp() {
        int found = 0;
        for (SourceText source : sources) {
            found += HanLP.segment(source.text()).size();
        }
        return found;
    }
}
