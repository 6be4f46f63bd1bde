package org.luoshi.reading.files;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLStreamConstants;
import org.jspecify.annotations.Nullable;

/**
 * The text of an OFD file (GB/T 33190-2016): OFD.xml names the document, that names its pages, a page holds text objects
 * with their characters in plain Unicode. Template pages (heads, backgrounds), annotations and seals are left out.
 */
final class OfdText {
    private OfdText() {}

    static Extracted read(ZipParts zip) throws Refusal {
        if (zip.has("Encryptions.xml") || zip.hasPartEndingIn("/encryptions.xml")) {
            throw Refusal.of(FileRefused.Reason.ENCRYPTED);
        }
        String document = first(zip, "OFD.xml", "DocRoot");
        if (document == null) {
            throw Refusal.damaged("part-missing");
        }
        List<String> pages = pages(zip, resolve("OFD.xml", document));
        PageText text = new PageText();
        int characters = 0;
        for (String page : pages) {
            List<PageText.Run> runs = runs(zip.get(page), page);
            characters += runs.size();
            text.addPage(runs);
        }
        if (characters == 0) {
            throw Refusal.of(FileRefused.Reason.NO_TEXT, "pages", Integer.toString(pages.size()));
        }
        return new Extracted(text.paragraphs(), List.of(), pages.size());
    }

    /** The text of the first element of a name. */
    private static @Nullable String first(ZipParts zip, String part, String element) throws Refusal {
        try (Xml xml = Xml.of(zip.get(part), part)) {
            int event;
            while ((event = xml.next()) != XMLStreamConstants.END_DOCUMENT) {
                if (event == XMLStreamConstants.START_ELEMENT && xml.name().equals(element)) {
                    return content(xml).strip();
                }
            }
        }
        return null;
    }

    private static List<String> pages(ZipParts zip, String document) throws Refusal {
        List<String> pages = new ArrayList<>();
        boolean inPages = false;
        try (Xml xml = Xml.of(zip.get(document), document)) {
            int event;
            while ((event = xml.next()) != XMLStreamConstants.END_DOCUMENT) {
                if (event == XMLStreamConstants.START_ELEMENT) {
                    if (xml.name().equals("Pages")) {
                        inPages = true;
                    } else if (inPages && xml.name().equals("Page")) {
                        String at = resolve(document, xml.attribute("BaseLoc", ""));
                        pages.add(zip.has(at) ? at : resolve(at + "/", "Content.xml"));
                    }
                } else if (event == XMLStreamConstants.END_ELEMENT && xml.name().equals("Pages")) {
                    inPages = false;
                }
                if (pages.size() > Limits.PDF_PAGES) {
                    throw Refusal.of(FileRefused.Reason.BOMB, "part", pages.size() + " pages");
                }
            }
        }
        if (pages.isEmpty()) {
            throw Refusal.damaged("part-missing");
        }
        return pages;
    }

    private static List<PageText.Run> runs(byte[] part, String name) throws Refusal {
        List<PageText.Run> runs = new ArrayList<>();
        double[] box = new double[4];
        double[] matrix = {1, 0, 0, 1, 0, 0};
        double size = 1;
        double x = 0;
        double y = 0;
        try (Xml xml = Xml.of(part, name)) {
            int event;
            while ((event = xml.next()) != XMLStreamConstants.END_DOCUMENT) {
                if (event != XMLStreamConstants.START_ELEMENT) {
                    continue;
                }
                if (xml.name().equals("TextObject")) {
                    box = numbers(xml.attribute("Boundary", ""), new double[4]);
                    matrix = numbers(xml.attribute("CTM", ""), new double[] {1, 0, 0, 1, 0, 0});
                    size = numbers(xml.attribute("Size", ""), new double[] {1})[0];
                    x = 0;
                    y = 0;
                } else if (xml.name().equals("TextCode")) {
                    x = numbers(xml.attribute("X", ""), new double[] {x})[0];
                    y = numbers(xml.attribute("Y", ""), new double[] {y})[0];
                    String deltas = xml.attribute("DeltaX", "");
                    String characters = content(xml);
                    boolean upright = Math.abs(matrix[1]) <= 0.01 * Math.abs(matrix[0]);
                    if (!characters.isBlank() && upright) {
                        double left = box[0] + matrix[0] * x + matrix[2] * y + matrix[4];
                        double base = box[1] + matrix[1] * x + matrix[3] * y + matrix[5];
                        double width = matrix[0] * width(characters, deltas, size);
                        runs.add(new PageText.Run(left, base, width, Math.abs(size * matrix[3]), characters));
                    }
                    if (runs.size() > Limits.TEXT_CHARS / 10) {
                        throw Refusal.of(FileRefused.Reason.BOMB, "part", name);
                    }
                }
            }
        }
        return runs;
    }

    /** DeltaX holds the steps between characters; {@code g n v} stands for n steps of v. */
    private static double width(String characters, String deltas, double size) {
        double last = characters.charAt(characters.length() - 1) < 0x100 ? size / 2 : size;
        if (deltas.isBlank()) {
            return characters
                    .codePoints()
                    .mapToDouble(c -> c < 0x100 ? size / 2 : size)
                    .sum();
        }
        String[] words = deltas.strip().split("\\s+");
        double sum = 0;
        for (int i = 0; i < words.length; i++) {
            if (words[i].toLowerCase(Locale.ROOT).equals("g") && i + 2 < words.length) {
                sum += Math.min(number(words[i + 1], 0), characters.length()) * number(words[i + 2], 0);
                i += 2;
            } else {
                sum += number(words[i], 0);
            }
        }
        return sum + last;
    }

    private static double[] numbers(String list, double[] otherwise) {
        String[] words = list.strip().split("\\s+");
        double[] numbers = otherwise.clone();
        for (int i = 0; i < numbers.length && i < words.length; i++) {
            numbers[i] = number(words[i], numbers[i]);
        }
        return numbers;
    }

    private static double number(String word, double otherwise) {
        try {
            double number = Double.parseDouble(word);
            return Double.isFinite(number) ? Math.clamp(number, -1e6, 1e6) : otherwise;
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }

    private static String content(Xml xml) throws Refusal {
        StringBuilder text = new StringBuilder();
        int event;
        while ((event = xml.next()) != XMLStreamConstants.END_DOCUMENT && event != XMLStreamConstants.END_ELEMENT) {
            if (event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.CDATA) {
                text.append(xml.text());
            } else if (event == XMLStreamConstants.START_ELEMENT) {
                xml.skip();
            }
        }
        return text.toString();
    }

    /** A location as OFD writes it: from the root where it begins with a slash, else from the part it stands in. */
    private static String resolve(String base, String location) {
        if (location.startsWith("/")) {
            return location.substring(1);
        }
        List<String> steps = new ArrayList<>(List.of(base.split("/", -1)));
        steps.removeLast();
        for (String step : location.split("/")) {
            if (step.equals("..") && !steps.isEmpty()) {
                steps.removeLast();
            } else if (!step.equals(".") && !step.equals("..")) {
                steps.add(step);
            }
        }
        return String.join("/", steps);
    }
}
