package org.luoshi.server.imports;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellRangeAddress;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ExcelReaderException;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;
import org.jspecify.annotations.Nullable;
import org.luoshi.server.audit.Refused;

/**
 * Reads the sheets of an .xlsx as text: days as 2026-12-31, percentages with their sign, numbers as the cell holds them,
 * formulas as the value that was saved with them, merged cells with their value in each row. Nothing is computed and
 * nothing is fetched.
 */
final class SheetFile {
    static final long MOST_BYTES = 30L * 1024 * 1024;
    static final int MOST_ROWS = 50_000;
    static final int MOST_COLUMNS = 200;
    private static final int LONGEST = 32_767;
    private static final int MOST_POWER = 400;
    private static final long MOST_UNPACKED = 400L * 1024 * 1024;
    private static final int MOST_PARTS = 5_000;
    /** Built-in number formats that show days, those of East Asia included. */
    private static final Set<Integer> DAYS =
            Set.of(14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 34, 35, 36, 50, 51, 52, 53, 54, 55, 56, 57, 58);

    private static final String RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    /** A row that holds anything, with its number in the sheet. */
    record Line(int row, List<String> cells) {
        String cell(int column) {
            return column < cells.size() ? cells.get(column) : "";
        }
    }

    record Table(String name, List<Line> lines) {}

    private final Path file;

    private SheetFile(Path file) {
        this.file = file;
    }

    /**
     * All visible sheets that hold anything.
     *
     * @throws Refused with what is wrong with the file and what to do
     */
    static List<Table> read(String name, InputStream content) throws IOException {
        Path file = Files.createTempFile("luoshi-sheet", ".xlsx");
        try {
            try (var out = Files.newOutputStream(file)) {
                if (copy(content, out) > MOST_BYTES) {
                    throw new Refused("imports.refused.large", name, MOST_BYTES / 1024 / 1024);
                }
            }
            return new SheetFile(file).tables(name);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static long copy(InputStream in, java.io.OutputStream out) throws IOException {
        byte[] piece = new byte[1 << 16];
        long total = 0;
        for (int n = in.read(piece); n >= 0 && total <= MOST_BYTES; n = in.read(piece)) {
            out.write(piece, 0, n);
            total += n;
        }
        return total;
    }

    private List<Table> tables(String name) throws IOException {
        byte[] head = new byte[8];
        try (InputStream in = Files.newInputStream(file)) {
            in.readNBytes(head, 0, head.length);
        }
        if (Files.size(file) == 0) {
            throw new Refused("imports.refused.empty-file", name);
        }
        if (ReadableWorkbook.isOLE2Header(head)) {
            // Both what Excel wrote before 2007 and what is locked by a password.
            throw new Refused("imports.refused.old", name);
        }
        Map<String, List<CellRangeAddress>> merges;
        try {
            merges = examine(name);
        } catch (IOException | XMLStreamException | IllegalArgumentException e) {
            throw new Refused("imports.refused.none", name);
        }
        try (ReadableWorkbook book = new ReadableWorkbook(file.toFile(), new ReadingOptions(true, true))) {
            List<Table> tables = new ArrayList<>();
            int rows = 0;
            for (Sheet sheet : book.getSheets().toList()) {
                List<Line> lines =
                        lines(name, sheet, merges.getOrDefault(sheet.getName(), List.of()), MOST_ROWS - rows);
                rows += lines.size();
                if (!lines.isEmpty()) {
                    tables.add(new Table(sheet.getName(), lines));
                }
            }
            if (tables.isEmpty()) {
                throw new Refused("imports.refused.no-rows", name);
            }
            return tables;
        } catch (IOException | ExcelReaderException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new Refused("imports.refused.damaged", name);
        }
    }

    /** Looks at every part before anything reads it; answers with the merged cells of each sheet. */
    private Map<String, List<CellRangeAddress>> examine(String name) throws IOException, XMLStreamException {
        Map<String, List<CellRangeAddress>> merges = new HashMap<>();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            long unpacked = 0;
            int parts = 0;
            Enumeration<? extends ZipEntry> entries = zip.entries();
            while (entries.hasMoreElements()) {
                ZipEntry entry = entries.nextElement();
                if (++parts > MOST_PARTS) {
                    throw new Refused("imports.refused.bomb", name);
                }
                if (entry.getName().toLowerCase(java.util.Locale.ROOT).endsWith("vbaproject.bin")) {
                    throw new Refused("imports.refused.macros", name);
                }
                try (InputStream in = zip.getInputStream(entry)) {
                    unpacked += examine(name, entry.getName(), in, MOST_UNPACKED - unpacked);
                }
            }
            ZipEntry workbook = zip.getEntry("xl/workbook.xml");
            ZipEntry relations = zip.getEntry("xl/_rels/workbook.xml.rels");
            if (workbook == null || relations == null) {
                throw new Refused("imports.refused.none", name);
            }
            Map<String, String> targets = new HashMap<>();
            each(
                    zip,
                    relations,
                    "Relationship",
                    xml -> targets.put(
                            String.valueOf(xml.getAttributeValue(null, "Id")),
                            String.valueOf(xml.getAttributeValue(null, "Target"))));
            Map<String, String> sheets = new HashMap<>();
            each(
                    zip,
                    workbook,
                    "sheet",
                    xml -> sheets.put(
                            String.valueOf(xml.getAttributeValue(null, "name")),
                            targets.getOrDefault(String.valueOf(xml.getAttributeValue(RELATIONS, "id")), "")));
            for (Map.Entry<String, String> sheet : sheets.entrySet()) {
                String target = sheet.getValue();
                ZipEntry part = zip.getEntry(target.startsWith("/") ? target.substring(1) : "xl/" + target);
                if (part != null) {
                    List<CellRangeAddress> found = new ArrayList<>();
                    each(zip, part, "mergeCell", xml -> range(xml.getAttributeValue(null, "ref"), found));
                    merges.put(sheet.getKey(), found);
                }
            }
        }
        return merges;
    }

    /** Counts what comes out of a part, whatever the zip says of it, and refuses document types. */
    private static long examine(String name, String part, InputStream in, long left) throws IOException {
        byte[] piece = new byte[1 << 16];
        long total = 0;
        boolean xml = part.endsWith(".xml") || part.endsWith(".rels");
        String before = "";
        for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
            total += n;
            if (total > left) {
                throw new Refused("imports.refused.bomb", name);
            }
            if (xml) {
                String text = before + new String(piece, 0, n, StandardCharsets.ISO_8859_1).replace("\0", "");
                if (text.contains("<!DOCTYPE") || text.contains("<!ENTITY")) {
                    throw new Refused("imports.refused.entities", name);
                }
                before = text.substring(Math.max(0, text.length() - 9));
            }
        }
        return total;
    }

    private interface Each {
        void at(XMLStreamReader xml);
    }

    private static void each(ZipFile zip, ZipEntry part, String element, Each each)
            throws IOException, XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try (InputStream in = zip.getInputStream(part)) {
            XMLStreamReader xml = factory.createXMLStreamReader(in);
            while (xml.hasNext()) {
                if (xml.next() == XMLStreamConstants.START_ELEMENT
                        && xml.getLocalName().equals(element)) {
                    each.at(xml);
                }
            }
        }
    }

    private static void range(@Nullable String reference, List<CellRangeAddress> found) {
        if (reference == null || !reference.matches("[A-Z]{1,3}\\d{1,7}:[A-Z]{1,3}\\d{1,7}")) {
            return;
        }
        found.add(CellRangeAddress.valueOf(reference));
    }

    private static List<Line> lines(String name, Sheet sheet, List<CellRangeAddress> merges, int most)
            throws IOException {
        List<Line> lines = new ArrayList<>();
        try (Stream<Row> rows = sheet.openStream()) {
            for (Row row : (Iterable<Row>) rows::iterator) {
                List<String> cells = new ArrayList<>();
                boolean holds = false;
                int last = Math.min(row.getCellCount(), MOST_COLUMNS);
                for (int c = 0; c < last; c++) {
                    Cell cell = row.getCell(c);
                    String text = cell == null ? "" : text(cell);
                    cells.add(text);
                    holds |= !text.isEmpty();
                }
                if (holds) {
                    if (lines.size() >= most) {
                        throw new Refused("imports.refused.rows", name, MOST_ROWS);
                    }
                    lines.add(new Line(row.getRowNum(), cells));
                }
            }
        }
        spread(lines, merges);
        return lines;
    }

    /** A value that stands once for several rows stands for each; one over several columns stays in the first. */
    private static void spread(List<Line> lines, List<CellRangeAddress> merges) {
        if (merges.isEmpty()) {
            return;
        }
        Map<Integer, Integer> places = new HashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            places.put(lines.get(i).row(), i);
        }
        for (CellRangeAddress range : merges) {
            int column = range.getFirstColumn();
            Integer first = places.get(range.getFirstRow() + 1);
            if (first == null || column >= MOST_COLUMNS || range.getLastRow() == range.getFirstRow()) {
                continue;
            }
            String value = lines.get(first).cell(column);
            for (int i = first + 1;
                    i < lines.size() && lines.get(i).row() <= range.getLastRow() + 1 && !value.isEmpty();
                    i++) {
                List<String> cells = lines.get(i).cells();
                while (cells.size() <= column) {
                    cells.add("");
                }
                cells.set(column, value);
            }
        }
    }

    private static String text(Cell cell) {
        String text = switch (cell.getType()) {
            case NUMBER -> number(cell, cell.asNumber());
            case STRING -> String.valueOf(cell.getValue());
            case BOOLEAN -> String.valueOf(cell.getValue());
            case FORMULA -> formula(cell);
            case ERROR -> String.valueOf(cell.getRawValue());
            case EMPTY -> "";
        };
        String clean = text.replace('\u00a0', ' ').replace('\u0000', ' ').strip();
        return clean.length() <= LONGEST ? clean : clean.substring(0, LONGEST);
    }

    private static String formula(Cell cell) {
        Object value = cell.getValue();
        if (value instanceof BigDecimal number) {
            return number(cell, number);
        }
        return value == null ? String.valueOf(cell.getRawValue() == null ? "" : cell.getRawValue()) : value.toString();
    }

    private static String number(Cell cell, BigDecimal number) {
        Integer id = cell.getDataFormatId();
        String format = cell.getDataFormatString();
        if (isDay(id == null ? 0 : id, format) && cell.getType() == CellType.NUMBER) {
            LocalDateTime day = cell.asDate();
            return day.toLocalDate().toString();
        }
        // No cell of a program goes beyond 1E308; written out, a larger power would fill the memory.
        if (Math.abs((long) number.precision() - number.scale()) > MOST_POWER
                || Math.abs(number.scale()) > MOST_POWER) {
            return number.toString();
        }
        // Fifteen digits are what a cell holds; the rest is the binary fraction's noise.
        BigDecimal said = number.round(new MathContext(15)).stripTrailingZeros();
        if (format != null && format.contains("%")) {
            return said.movePointRight(2).stripTrailingZeros().toPlainString() + "%";
        }
        return said.toPlainString();
    }

    private static boolean isDay(int id, @Nullable String format) {
        if (DAYS.contains(id)) {
            return true;
        }
        if (format == null || id < 164) {
            return false;
        }
        String bare = format.replaceAll("\"[^\"]*\"|\\[[^\\]]*\\]|\\\\.", "").toLowerCase(java.util.Locale.ROOT);
        return bare.contains("y") || bare.contains("d") || bare.contains("m") && !bare.contains("0");
    }
}
