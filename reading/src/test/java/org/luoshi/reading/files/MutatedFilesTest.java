package org.luoshi.reading.files;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Ten thousand changed files of each format: each is read or refused, soon and within bounds. Deterministic; a file that
 * fails is kept in target/mutated. {@code -Dluoshi.mutations=N} changes the number.
 */
class MutatedFilesTest {
    private static final int INPUTS = Integer.getInteger("luoshi.mutations", 10_000);
    private static final long LONGEST_MILLIS = 10_000;
    private static final long MOST_BYTES = 768L << 20;
    private static final int THREADS = 2;

    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger read = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicLong slowest = new AtomicLong();
    private final AtomicLong largest = new AtomicLong();
    private final ConcurrentLinkedQueue<String> faults = new ConcurrentLinkedQueue<>();

    /** What a thread is at, for the watch. */
    private record At(int input, long since) {}

    private static List<byte[]> seeds(Format format) {
        return switch (format) {
            case DOCX ->
                List.of(
                        SampleFiles.richDocx(),
                        SampleFiles.docx(SampleFiles.paragraph("新建学校2所。").repeat(20)));
            case DOC -> List.of(SampleFiles.sampleDoc());
            case PDF ->
                List.of(
                        SampleFiles.samplePdf(),
                        SampleFiles.pdf(List.of(List.of(new SampleFiles.PdfLine(112, 100, "全年新增就业3000人以上。")))));
            case OFD -> List.of(SampleFiles.sampleOfd(), SampleFiles.longOfd());
            case HTML -> List.of(SampleFiles.sampleHtml());
            case TXT -> {
                String text = "各位代表：\r\n　　今年将新建学校2所，完成投资20亿元𠮷。\n";
                List<byte[]> encoded = new ArrayList<>();
                for (String charset : List.of("UTF-8", "GB18030", "UTF-16LE", "UTF-16BE", "Big5")) {
                    encoded.add((charset.startsWith("UTF-16") ? "\ufeff" + text : text)
                            .repeat(8)
                            .getBytes(java.nio.charset.Charset.forName(charset)));
                }
                yield encoded;
            }
        };
    }

    @ParameterizedTest
    @EnumSource
    void readsOrRefusesEveryChangedFile(Format format) throws Exception {
        List<byte[]> seeds = seeds(format);
        for (byte[] seed : seeds) {
            assertThat(SourceFiles.read("a." + format.extension(), seed).format())
                    .isEqualTo(format);
        }
        List<Thread> threads = new ArrayList<>();
        @Nullable At[] at = new At[THREADS];
        for (int i = 0; i < THREADS; i++) {
            int slot = i;
            Thread thread = new Thread(null, () -> work(format, seeds, at, slot), "mutations-" + i, 1 << 20);
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            while (thread.isAlive()) {
                thread.join(500);
                watch(format, seeds, at);
            }
        }
        System.out.printf(
                "%s: %d read, %d refused, slowest %d ms, most memory %d MB%n",
                format, read.get(), refused.get(), slowest.get(), largest.get() >> 20);
        assertThat(faults).isEmpty();
        assertThat(read.get() + refused.get()).isEqualTo(INPUTS);
        assertThat(read.get()).as("changed files that are still read").isGreaterThan(INPUTS / 100);
    }

    private void watch(Format format, List<byte[]> seeds, @Nullable At[] at) {
        for (At each : at.clone()) {
            if (each != null && System.currentTimeMillis() - each.since() > LONGEST_MILLIS) {
                keep(format, each.input(), input(format, seeds, each.input()), "took longer than 10 seconds");
                throw new AssertionError("Hangs: " + faults);
            }
        }
    }

    private void work(Format format, List<byte[]> seeds, @Nullable At[] at, int slot) {
        ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int i = next.getAndIncrement(); i < INPUTS; i = next.getAndIncrement()) {
            byte[] input = input(format, seeds, i);
            long bytes = memory.getCurrentThreadAllocatedBytes();
            long start = System.currentTimeMillis();
            at[slot] = new At(i, start);
            try {
                assertThat(SourceFiles.read("a." + format.extension(), input)
                                .stored()
                                .text())
                        .isNotBlank();
                read.incrementAndGet();
            } catch (FileRefused e) {
                refused.incrementAndGet();
                if ("memory".equals(e.details().get("part"))) {
                    keep(format, i, input, "ran out of memory");
                }
            } catch (Throwable e) {
                keep(format, i, input, e.toString());
            }
            at[slot] = null;
            slowest.accumulateAndGet(System.currentTimeMillis() - start, Math::max);
            long used = memory.getCurrentThreadAllocatedBytes() - bytes;
            largest.accumulateAndGet(used, Math::max);
            if (used > MOST_BYTES) {
                keep(format, i, input, "took " + (used >> 20) + " MB");
            }
        }
    }

    private static byte[] input(Format format, List<byte[]> seeds, int i) {
        byte[] seed = seeds.get(i % seeds.size());
        byte[] other = seeds.get((i / seeds.size()) % seeds.size());
        boolean zip = format == Format.DOCX || format == Format.OFD;
        return new Mutation(31L * i + format.ordinal()).of(seed, other, zip);
    }

    private void keep(Format format, int i, byte[] input, String what) {
        Path file = Path.of("target", "mutated", format.extension() + "-" + i + "." + format.extension());
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, input);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        faults.add(file + " " + what);
    }
}
