package org.luoshi.cli;

import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The entry point of {@code luoshi read}. */
@Command(name = "luoshi")
public final class Main implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            descriptionKey = "usage.help")
    private boolean help;

    private Main() {}

    public static void main(String[] arguments) {
        PrintWriter out = writer(System.out, "stdout.encoding");
        PrintWriter err = writer(System.err, "stderr.encoding");
        int status = run(arguments, out, err, Progress.onTerminal());
        out.flush();
        err.flush();
        System.exit(status);
    }

    /**
     * Runs one command.
     *
     * @param terminal whether {@code err} is a terminal, where a line may be drawn over
     * @return 0 where all went well, 1 where a file could not be read or written, 2 for a wrong call
     */
    static int run(String[] arguments, PrintWriter out, PrintWriter err, boolean terminal) {
        Words words = Words.of(language(Arrays.asList(arguments)));
        CommandLine line = new CommandLine(new Main())
                .addSubcommand("read", new ReadCommand(words, terminal))
                .setOut(out)
                .setErr(err)
                .setResourceBundle(words.bundle())
                .setUsageHelpAutoWidth(false);
        line.getSubcommands().values().forEach(sub -> sub.setResourceBundle(words.bundle()));
        return line.execute(arguments);
    }

    @Override
    public void run() {
        if (spec != null) {
            throw new ParameterException(spec.commandLine(), "luoshi read FILE… [--out FILE]");
        }
    }

    /** The language has to be known before the arguments are parsed, for the parser itself speaks. */
    private static String language(List<String> arguments) {
        int at = arguments.indexOf("--lang");
        if (at >= 0 && at + 1 < arguments.size()) {
            return arguments.get(at + 1);
        }
        return arguments.contains("--lang=en") ? "en" : "zh";
    }

    private static PrintWriter writer(java.io.OutputStream stream, String encoding) {
        // In a locale without an encoding of its own (LANG=C) Chinese would become question marks.
        String name = System.getProperty(encoding, "UTF-8");
        Charset charset = Charset.isSupported(name) ? Charset.forName(name) : StandardCharsets.UTF_8;
        boolean chinese = charset.newEncoder().canEncode('落');
        return new PrintWriter(new OutputStreamWriter(stream, chinese ? charset : StandardCharsets.UTF_8), true);
    }
}
