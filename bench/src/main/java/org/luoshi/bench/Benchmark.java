package org.luoshi.bench;

import java.nio.file.Path;
import java.util.List;

/** Something measured under a name, with what it is compared with in the same run. */
interface Benchmark {

    /** The name on the command line, such as {@code register-page}. */
    String name();

    /** Measures; an exception fails this benchmark alone. */
    List<Row> run(Setting setting) throws Exception;

    /**
     * How to measure.
     *
     * @param quick a rough answer soon: all benchmarks together end within five minutes
     * @param home the root of the project, which holds {@code packs/} and {@code cli/}
     */
    record Setting(boolean quick, Path home) {}
}
