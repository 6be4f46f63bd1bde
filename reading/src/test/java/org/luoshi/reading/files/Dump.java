package org.luoshi.reading.files;

import java.nio.file.*;

final class Dump {
    public static void main(String[] a) throws Exception {
        if (a[0].equals("make")) {
            Files.write(Path.of(a[1], "rich.docx"), SampleFiles.richDocx());
            Files.write(Path.of(a[1], "s.pdf"), SampleFiles.samplePdf());
            Files.write(Path.of(a[1], "s.ofd"), SampleFiles.sampleOfd());
            Files.write(Path.of(a[1], "s.html"), SampleFiles.sampleHtml());
            return;
        }
        for (String f : a) {
            try {
                long t = System.nanoTime();
                FileText x = SourceFiles.read(Path.of(f));
                System.out.println("== " + f + " " + x.format() + " " + x.notes() + " pages=" + x.pages() + " ms="
                        + (System.nanoTime() - t) / 1000000 + "\n"
                        + x.stored()
                                .text()
                                .substring(0, Math.min(700, x.stored().text().length())));
            } catch (FileRefused e) {
                System.out.println("== " + f + " REFUSED " + e.key() + " " + e.details() + "\n"
                        + e.sentence(java.util.Locale.CHINESE));
                if (e.getCause() != null) e.getCause().printStackTrace(System.out);
            }
        }
    }
}
