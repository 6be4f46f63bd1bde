package org.luoshi.reading.files;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.xml.stream.XMLStreamConstants;
import org.jspecify.annotations.Nullable;

/** What paragraph styles and lists of a .docx say about numbering: the parts styles.xml and numbering.xml. */
final class DocxStyles {
    private record Style(@Nullable String basedOn, @Nullable String list, int depth, boolean contents) {}

    /** A list and the depth in it, counted from 0. */
    record ListPlace(String list, int depth) {}

    private final Map<String, Style> styles = new HashMap<>();
    private final Numbering numbering = new Numbering();
    private final Map<String, Numbering.Level[]> origins = new HashMap<>();
    private final Map<String, ListPlace> linkedStyles = new HashMap<>();
    private final Map<String, String> listsByOrigin = new HashMap<>();

    Numbering numbering() {
        return numbering;
    }

    /** Where a style puts its paragraphs in a list, null where it does not. */
    @Nullable
    ListPlace placeOf(String style) {
        Set<String> seen = new HashSet<>();
        @Nullable String name = style;
        while (name != null && seen.add(name)) {
            Style found = styles.get(name);
            if (found == null) {
                break;
            }
            if (found.list() != null) {
                // The level follows from the list's level that names the style, where there is one.
                ListPlace linked = linkedStyles.get(name);
                return new ListPlace(
                        found.list(),
                        linked != null && linked.list().equals(found.list()) ? linked.depth() : found.depth());
            }
            name = found.basedOn();
        }
        return null;
    }

    /** Whether a style is one of a table of contents, whose lines repeat the headings. */
    boolean isContents(String style) {
        Style found = styles.get(style);
        return found != null && found.contents();
    }

    void readStyles(byte[] part) throws Refusal {
        try (Xml xml = Xml.of(part, "styles.xml")) {
            String id = "";
            @Nullable String basedOn = null;
            @Nullable String list = null;
            int depth = 0;
            boolean contents = false;
            int event;
            while ((event = xml.next()) != XMLStreamConstants.END_DOCUMENT) {
                if (event == XMLStreamConstants.START_ELEMENT) {
                    switch (xml.name()) {
                        case "style" -> {
                            id = xml.attribute("styleId", "");
                            basedOn = null;
                            list = null;
                            depth = 0;
                            contents = false;
                        }
                        case "name" ->
                            contents = xml.attribute("val", "")
                                    .toLowerCase(Locale.ROOT)
                                    .matches("toc \\d|toc heading|table of figures");
                        case "basedOn" -> basedOn = xml.attribute("val");
                        case "numId" -> list = xml.attribute("val");
                        case "ilvl" -> depth = xml.number("val", 0);
                        default -> {}
                    }
                } else if (event == XMLStreamConstants.END_ELEMENT && xml.name().equals("style")) {
                    styles.put(id, new Style(basedOn, list, depth, contents));
                }
            }
        }
    }

    void readNumbering(byte[] part) throws Refusal {
        try (Xml xml = Xml.of(part, "numbering.xml")) {
            int event;
            while ((event = xml.next()) != XMLStreamConstants.END_DOCUMENT) {
                if (event != XMLStreamConstants.START_ELEMENT) {
                    continue;
                }
                if (xml.name().equals("abstractNum")) {
                    readOrigin(xml);
                } else if (xml.name().equals("num")) {
                    readList(xml);
                }
            }
        }
    }

    private void readOrigin(Xml xml) throws Refusal {
        String id = xml.attribute("abstractNumId", "");
        Numbering.Level[] levels = new Numbering.Level[Numbering.LEVELS];
        while (!ends(xml, xml.next(), "abstractNum")) {
            if (xml.isStart() && xml.name().equals("lvl")) {
                readLevel(xml, levels, id);
            }
        }
        origins.put(id, levels);
    }

    private void readLevel(Xml xml, Numbering.Level[] levels, String origin) throws Refusal {
        int depth = xml.number("ilvl", 0);
        int start = 1;
        String format = "decimal";
        String pattern = "";
        int restart = -1;
        boolean arabic = false;
        while (!ends(xml, xml.next(), "lvl")) {
            if (!xml.isStart()) {
                continue;
            }
            switch (xml.name()) {
                case "start" -> start = xml.number("val", 1);
                case "numFmt" -> format = xml.attribute("val", "decimal");
                case "lvlText" -> pattern = xml.attribute("val", "");
                case "lvlRestart" -> restart = xml.number("val", -1);
                case "isLgl" -> arabic = xml.isOn();
                case "pStyle" -> linkedStyles.put(xml.attribute("val", ""), new ListPlace("origin " + origin, depth));
                default -> {}
            }
        }
        if (depth >= 0 && depth < levels.length) {
            levels[depth] = new Numbering.Level(start, format, pattern, restart, arabic);
        }
    }

    private void readList(Xml xml) throws Refusal {
        String id = xml.attribute("numId", "");
        String origin = "";
        Integer[] overrides = new Integer[Numbering.LEVELS];
        Numbering.Level[] replaced = new Numbering.Level[Numbering.LEVELS];
        int depth = 0;
        while (!ends(xml, xml.next(), "num")) {
            if (!xml.isStart()) {
                continue;
            }
            switch (xml.name()) {
                case "abstractNumId" -> origin = xml.attribute("val", "");
                case "lvlOverride" -> depth = xml.number("ilvl", 0);
                case "startOverride" -> {
                    if (depth >= 0 && depth < overrides.length) {
                        overrides[depth] = xml.number("val", 1);
                    }
                }
                case "lvl" -> readLevel(xml, replaced, origin);
                default -> {}
            }
        }
        Numbering.Level[] levels = origins.getOrDefault(origin, new Numbering.Level[Numbering.LEVELS])
                .clone();
        for (int i = 0; i < levels.length; i++) {
            levels[i] = replaced[i] != null ? replaced[i] : levels[i];
        }
        numbering.define(id, new Numbering.Definition(origin, levels, overrides));
        String before = listsByOrigin.putIfAbsent(origin, id);
        if (before == null) {
            String key = "origin " + origin;
            linkedStyles.replaceAll(
                    (style, place) -> place.list().equals(key) ? new ListPlace(id, place.depth()) : place);
        }
    }

    private static boolean ends(Xml xml, int event, String element) {
        return event == XMLStreamConstants.END_DOCUMENT
                || (event == XMLStreamConstants.END_ELEMENT && xml.name().equals(element));
    }
}
