package org.luoshi.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;

/** How far a long call has come: a bar that is drawn over on a terminal, ten plain lines elsewhere. */
final class Progress {
    private static final int WIDTH = 30;

    private final PrintWriter err;
    private final boolean terminal;
    private final int total;
    private int done;
    private boolean drawn;

    Progress(PrintWriter err, boolean terminal, int total) {
        this.err = err;
        this.terminal = terminal;
        this.total = total;
    }

    /** Whether standard error is a terminal, which Java itself does not tell. */
    static boolean onTerminal() {
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
        } catch (IOException | UnsupportedOperationException e) {
            return System.console() != null && System.console().isTerminal();
        }
    }

    /** Says something without tearing the bar. */
    void say(String line) {
        clear();
        err.println(line);
        draw();
    }

    void advance(String name) {
        done++;
        if (terminal) {
            draw();
        } else if (total >= 10 && (done == total || done * 10 / total != (done - 1) * 10 / total)) {
            err.println(done + "/" + total + " " + name);
        }
        err.flush();
    }

    void end() {
        clear();
        drawn = false;
        err.flush();
    }

    private void draw() {
        if (!terminal || total < 2 || done == total) {
            return;
        }
        int filled = WIDTH * done / total;
        err.print("\r[" + "█".repeat(filled) + "░".repeat(WIDTH - filled) + "] " + done + "/" + total);
        err.flush();
        drawn = true;
    }

    private void clear() {
        if (drawn) {
            err.print("\r\u001b[K");
            drawn = false;
        }
    }
}
