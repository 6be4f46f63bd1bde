package org.luoshi.bench;

import com.hankcs.hanlp.HanLP;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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

/** The two that {@link ReaderSpeed} measures; each operation reads the whole report once. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class ReadingAndSegmentation {
    private String text = "";
    private SourceText source = new SourceText("", "");

    @Setup
    public void load() {
        try {
            text = Files.readString(Path.of(System.getProperty(ReaderSpeed.TEXT, "")), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        source = new SourceText("report-2026.txt", text);
    }

    @Benchmark
    public Object luoshi() {
        return Reader.standard().read(source);
    }

    @Benchmark
    public Object hanlp() {
        return HanLP.segment(text);
    }
}
