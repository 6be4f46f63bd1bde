package org.luoshi.writing;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A Word document in the layout of GB/T 9704-2012, written from top to bottom straight into the zip: a table of a hundred
 * thousand rows takes no more memory than one of ten. Measures are in millimetres.
 */
final class OfficialDocument implements AutoCloseable {
    private static final String NAMESPACES = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" "
            + "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";
    private static final String PROLOG = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
    private static final String CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.";

    /** A4 with the text area of GB/T 9704: 156 × 225 mm, on a wide page 225 mm across. */
    enum Sheet {
        UPRIGHT(11906, 16838, 37, 35, 28, 26, 156),
        WIDE(16838, 11906, 28, 26, 36, 36, 225);

        final int width;
        final int height;
        final int top;
        final int bottom;
        final int left;
        final int right;
        final int textWidth;

        Sheet(int width, int height, int top, int bottom, int left, int right, int textWidth) {
            this.width = width;
            this.height = height;
            this.top = top;
            this.bottom = bottom;
            this.left = left;
            this.right = right;
            this.textWidth = textWidth;
        }
    }

    /** Where a line of text stands. */
    enum Place {
        LEFT("left"),
        CENTRE("center"),
        RIGHT("right"),
        BOTH("both");

        final String name;

        Place(String name) {
            this.name = name;
        }
    }

    private final ZipOutputStream zip;
    private final Sheet sheet;

    private OfficialDocument(OutputStream out, Sheet sheet) {
        this.zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
        this.sheet = sheet;
        // The markup of long tables repeats itself: the quick level packs it about as well.
        zip.setLevel(Deflater.BEST_SPEED);
    }

    static OfficialDocument begin(OutputStream out, Sheet sheet, String title) throws IOException {
        OfficialDocument document = new OfficialDocument(out, sheet);
        document.part("[Content_Types].xml", contentTypes());
        document.part(
                "_rels/.rels",
                relations(relation("r1", "officeDocument", "word/document.xml")
                        + "<Relationship Id=\"r2\" Type=\"http://schemas.openxmlformats.org/package/2006/relationships/"
                        + "metadata/core-properties\" Target=\"docProps/core.xml\"/>"));
        document.part(
                "docProps/core.xml",
                PROLOG + "<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/"
                        + "core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>"
                        + Characters.xml(title) + "</dc:title></cp:coreProperties>");
        document.part(
                "word/_rels/document.xml.rels",
                relations(relation("r1", "styles", "styles.xml")
                        + relation("r2", "settings", "settings.xml")
                        + relation("r3", "footer", "footer1.xml")
                        + relation("r4", "footer", "footer2.xml")));
        document.part("word/styles.xml", styles());
        document.part(
                "word/settings.xml",
                PROLOG + "<w:settings " + NAMESPACES + "><w:evenAndOddHeaders/><w:characterSpacingControl "
                        + "w:val=\"compressPunctuation\"/></w:settings>");
        document.part("word/footer1.xml", footer("right"));
        document.part("word/footer2.xml", footer("left"));
        document.zip.putNextEntry(new ZipEntry("word/document.xml"));
        document.write(PROLOG + "<w:document " + NAMESPACES + "><w:body>");
        return document;
    }

    void title(String text) throws IOException {
        write(paragraph(
                text,
                Face.TITLE,
                Place.CENTRE,
                "<w:spacing w:before=\"0\" w:after=\"200\" w:line=\"640\" " + "w:lineRule=\"exact\"/><w:keepNext/>"));
    }

    /** A title in a colour, six hexadecimal digits: the colour is what the reader is to see first. */
    void colouredTitle(String text, String colour) throws IOException {
        write(paragraph(
                        text,
                        Face.TITLE,
                        Place.CENTRE,
                        "<w:spacing w:before=\"0\" w:after=\"200\" w:line=\"640\" w:lineRule=\"exact\"/><w:keepNext/>")
                .replace("<w:sz ", "<w:color w:val=\"" + colour + "\"/><w:sz "));
    }

    /** A paragraph of running text: its first line two characters in, lines of 28.95 points. */
    void text(String text) throws IOException {
        write(paragraph(
                text,
                Face.BODY,
                Place.BOTH,
                "<w:spacing w:line=\"579\" w:lineRule=\"exact\"/>"
                        + "<w:ind w:firstLineChars=\"200\" w:firstLine=\"640\"/>"));
    }

    void heading(String text) throws IOException {
        write(paragraph(
                text,
                Face.LEVEL_1,
                Place.LEFT,
                "<w:keepNext/><w:spacing w:line=\"579\" w:lineRule=\"exact\"/>"
                        + "<w:ind w:firstLineChars=\"200\" w:firstLine=\"640\"/>"));
    }

    void line(String text, Face face, Place place) throws IOException {
        write(paragraph(text, face, place, "<w:keepNext/><w:spacing w:after=\"80\"/>"));
    }

    void blankLine() throws IOException {
        write(paragraph("", Face.BODY, Place.LEFT, "<w:spacing w:line=\"579\" w:lineRule=\"exact\"/>"));
    }

    /** Begins a table with ruled lines whose heading stands again on every page. Widths are shares of the text width. */
    void beginTable(List<Integer> shares, List<String> headings) throws IOException {
        write("<w:tbl><w:tblPr><w:tblW w:w=\"" + twips(sheet.textWidth) + "\" w:type=\"dxa\"/><w:jc w:val=\"center\"/>"
                + "<w:tblBorders>" + border("top") + border("left") + border("bottom") + border("right")
                + border("insideH") + border("insideV") + "</w:tblBorders><w:tblLayout w:type=\"fixed\"/><w:tblCellMar>"
                + "<w:top w:w=\"40\" w:type=\"dxa\"/><w:left w:w=\"60\" w:type=\"dxa\"/><w:bottom w:w=\"40\" w:type=\"dxa\"/>"
                + "<w:right w:w=\"60\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr><w:tblGrid>");
        widths = widths(shares);
        for (int width : widths) {
            write("<w:gridCol w:w=\"" + width + "\"/>");
        }
        write("</w:tblGrid><w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>");
        for (int i = 0; i < headings.size(); i++) {
            write(cell(i, headings.get(i), Face.TABLE_HEAD, Place.CENTRE));
        }
        write("</w:tr>");
    }

    private int[] widths = {};

    /** A row that is never parted over two pages; cells stand in the middle where they are marked so, else left. */
    void row(List<String> cells, List<Boolean> centred) throws IOException {
        StringBuilder row = new StringBuilder("<w:tr><w:trPr><w:cantSplit/></w:trPr>");
        for (int i = 0; i < cells.size(); i++) {
            row.append(cell(i, cells.get(i), Face.TABLE, centred.get(i) ? Place.CENTRE : Place.LEFT));
        }
        write(row.append("</w:tr>").toString());
    }

    void endTable() throws IOException {
        write("</w:tbl>");
    }

    /** Two columns of text side by side without rules, kept on one page: the places for two parties to sign. */
    void sideBySide(List<String> left, List<String> right) throws IOException {
        int half = twips(sheet.textWidth) / 2;
        write("<w:tbl><w:tblPr><w:tblW w:w=\"" + 2 * half
                + "\" w:type=\"dxa\"/><w:tblLayout w:type=\"fixed\"/></w:tblPr>" + "<w:tblGrid><w:gridCol w:w=\"" + half
                + "\"/><w:gridCol w:w=\"" + half + "\"/></w:tblGrid>");
        for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
            write("<w:tr><w:trPr><w:cantSplit/></w:trPr>");
            for (List<String> side : List.of(left, right)) {
                write("<w:tc><w:tcPr><w:tcW w:w=\"" + half + "\" w:type=\"dxa\"/></w:tcPr>"
                        + paragraph(
                                i < side.size() ? side.get(i) : "",
                                Face.BODY,
                                Place.LEFT,
                                "<w:keepNext/><w:spacing " + "w:before=\"120\" w:line=\"579\" w:lineRule=\"atLeast\"/>")
                        + "</w:tc>");
            }
            write("</w:tr>");
        }
        write("</w:tbl>");
    }

    private int[] widths(List<Integer> shares) {
        int sum = shares.stream().mapToInt(Integer::intValue).sum();
        return shares.stream()
                .mapToInt(share -> (int) ((long) twips(sheet.textWidth) * share / sum))
                .toArray();
    }

    private String cell(int column, String text, Face face, Place place) {
        StringBuilder cell = new StringBuilder("<w:tc><w:tcPr><w:tcW w:w=\"" + widths[column]
                + "\" w:type=\"dxa\"/><w:vAlign w:val=\"center\"/></w:tcPr>");
        for (String line : text.split("\n", -1)) {
            cell.append(paragraph(line, face, place, "<w:spacing w:line=\"300\" w:lineRule=\"atLeast\"/>"));
        }
        return cell.append("</w:tc>").toString();
    }

    private static String paragraph(String text, Face face, Place place, String properties) {
        // The schema wants keepNext first, then spacing, indent and place.
        String keep = properties.contains("<w:keepNext/>") ? "<w:keepNext/>" : "";
        String run = text.isEmpty()
                ? ""
                : "<w:r>" + face.properties() + "<w:t xml:space=\"preserve\">" + Characters.xml(text) + "</w:t></w:r>";
        return "<w:p><w:pPr>" + keep + properties.replace("<w:keepNext/>", "") + "<w:jc w:val=\"" + place.name + "\"/>"
                + face.properties() + "</w:pPr>" + run + "</w:p>";
    }

    private static String border(String side) {
        return "<w:" + side + " w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"000000\"/>";
    }

    /** The number between dashes, one character in from the outer edge of the page. */
    private static String footer(String place) {
        String run = "<w:r>" + Face.PAGE_NUMBER.properties();
        return PROLOG + "<w:ftr " + NAMESPACES + "><w:p><w:pPr><w:ind w:" + place + "Chars=\"100\" w:" + place
                + "=\"280\"/><w:jc w:val=\"" + place + "\"/></w:pPr>" + run
                + "<w:t xml:space=\"preserve\">— </w:t></w:r>"
                + run + "<w:fldChar w:fldCharType=\"begin\"/></w:r>" + run
                + "<w:instrText xml:space=\"preserve\"> PAGE </w:instrText></w:r>"
                + run + "<w:fldChar w:fldCharType=\"separate\"/></w:r>" + run + "<w:t>1</w:t></w:r>"
                + run + "<w:fldChar w:fldCharType=\"end\"/></w:r>" + run
                + "<w:t xml:space=\"preserve\"> —</w:t></w:r></w:p></w:ftr>";
    }

    private static String styles() {
        String fonts = Face.BODY.properties();
        return PROLOG + "<w:styles " + NAMESPACES + "><w:docDefaults><w:rPrDefault>"
                + fonts.replace("</w:rPr>", "<w:lang w:val=\"en-US\" w:eastAsia=\"zh-CN\"/></w:rPr>")
                + "</w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:before=\"0\" w:after=\"0\"/></w:pPr></w:pPrDefault>"
                + "</w:docDefaults><w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"a\"><w:name w:val=\"Normal\"/>"
                + "</w:style></w:styles>";
    }

    private static String contentTypes() {
        return PROLOG + "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default "
                + "Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default "
                + "Extension=\"xml\" ContentType=\"application/xml\"/>"
                + override("word/document", CONTENT + "document.main")
                + override("word/styles", CONTENT + "styles") + override("word/settings", CONTENT + "settings")
                + override("word/footer1", CONTENT + "footer") + override("word/footer2", CONTENT + "footer")
                + override("docProps/core", "application/vnd.openxmlformats-package.core-properties") + "</Types>";
    }

    private static String override(String part, String type) {
        return "<Override PartName=\"/" + part + ".xml\" ContentType=\"" + type + "+xml\"/>";
    }

    private static String relations(String relations) {
        return PROLOG + "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
                + relations + "</Relationships>";
    }

    private static String relation(String id, String kind, String target) {
        return "<Relationship Id=\"" + id
                + "\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/" + kind
                + "\" Target=\"" + target + "\"/>";
    }

    private static int twips(int millimetres) {
        return (int) Math.round(millimetres * 1440 / 25.4);
    }

    private void part(String name, String content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        write(content);
        zip.closeEntry();
    }

    private void write(String xml) throws IOException {
        zip.write(xml.getBytes(StandardCharsets.UTF_8));
    }

    /** Ends the document; the stream that it was written to stays open. */
    @Override
    public void close() throws IOException {
        // Seven millimetres from the text area to the page number (GB/T 9704-2012, 7.5).
        write(
                "<w:sectPr><w:footerReference w:type=\"default\" r:id=\"r3\"/><w:footerReference w:type=\"even\" r:id=\"r4\"/>"
                        + "<w:pgSz w:w=\"" + sheet.width + "\" w:h=\"" + sheet.height + "\""
                        + (sheet == Sheet.WIDE ? " w:orient=\"landscape\"" : "") + "/><w:pgMar w:top=\""
                        + twips(sheet.top)
                        + "\" w:right=\"" + twips(sheet.right) + "\" w:bottom=\"" + twips(sheet.bottom) + "\" w:left=\""
                        + twips(sheet.left) + "\" w:header=\"851\" w:footer=\"" + twips(Math.max(10, sheet.bottom - 12))
                        + "\" w:gutter=\"0\"/></w:sectPr></w:body></w:document>");
        zip.closeEntry();
        zip.finish();
    }
}
