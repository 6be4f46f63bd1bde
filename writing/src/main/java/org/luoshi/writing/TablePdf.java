package org.luoshi.writing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.pdfbox.io.IOUtils;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;

/**
 * A table on wide A4 pages, its headings on each, with page numbers. The characters that are used are embedded, so that
 * it looks alike on every machine; one that the font lacks shows as □. Measures are in points.
 */
final class TablePdf implements AutoCloseable {
    /** Characters of GBK out of Noto Sans SC. */
    private static final String FONT = "noto-sans-sc-gbk.ttf";

    private static final float POINTS_A_MILLIMETRE = 72 / 25.4f;
    private static final float MARGIN = 36;
    private static final float TITLE = 16;
    private static final float SIZE = 9;
    private static final float LEADING = 12.5f;
    private static final float PADDING = 3;
    private static final int MISSING = '□';

    private final PDDocument document = new PDDocument(IOUtils.createTempFileOnlyStreamCache());
    private final PDRectangle sheet = new PDRectangle(PDRectangle.A4.getHeight(), PDRectangle.A4.getWidth());
    private final PDFont font;
    private final Map<Integer, Float> widths = new HashMap<>();
    private final List<PlainTable.Column> columns;
    private final float[] shares;
    private final List<List<String>> headings = new ArrayList<>();
    private PDPageContentStream page;
    private float y;
    private int pages;

    TablePdf(PlainTable table) throws IOException {
        try (InputStream in =
                Objects.requireNonNull(TablePdf.class.getResourceAsStream(FONT), "the jar lacks its font " + FONT)) {
            font = PDType0Font.load(document, in, true);
        }
        document.getDocumentInformation().setTitle(table.title());
        columns = table.columns();
        float given = columns.stream().mapToInt(PlainTable.Column::millimetres).sum() * POINTS_A_MILLIMETRE;
        float room = sheet.getWidth() - 2 * MARGIN;
        shares = new float[columns.size()];
        for (int c = 0; c < shares.length; c++) {
            shares[c] = columns.get(c).millimetres() * POINTS_A_MILLIMETRE * room / given;
            headings.add(lines(columns.get(c).heading(), shares[c]));
        }
        page = begin();
        y -= TITLE;
        text(table.title(), TITLE, (sheet.getWidth() - width(table.title()) * TITLE) / 2, y);
        y -= LEADING;
        if (!table.note().isEmpty()) {
            y -= LEADING;
            text(table.note(), SIZE, MARGIN, y);
            y -= LEADING / 2;
        }
        head();
    }

    void write(Iterable<List<String>> rows, OutputStream out) throws IOException {
        for (List<String> row : rows) {
            row(row);
        }
        page.close();
        document.save(out);
    }

    private PDPageContentStream begin() throws IOException {
        PDPage next = new PDPage(sheet);
        document.addPage(next);
        PDPageContentStream content =
                new PDPageContentStream(document, next, PDPageContentStream.AppendMode.OVERWRITE, true);
        content.setLineWidth(0.4f);
        pages++;
        y = sheet.getHeight() - MARGIN;
        page = content;
        String number = Integer.toString(pages);
        text(number, SIZE, (sheet.getWidth() - width(number) * SIZE) / 2, MARGIN / 2);
        return content;
    }

    private void head() throws IOException {
        page.setNonStrokingColor(0.91f, 0.93f, 0.95f);
        page.addRect(MARGIN, y - height(headings), sheet.getWidth() - 2 * MARGIN, height(headings));
        page.fill();
        page.setNonStrokingColor(0f, 0f, 0f);
        draw(headings, 0, tallest(headings), true);
    }

    private void row(List<String> cells) throws IOException {
        List<List<String>> all = new ArrayList<>();
        for (int c = 0; c < shares.length; c++) {
            all.add(lines(cells.get(c), shares[c]));
        }
        int lines = tallest(all);
        int from = 0;
        boolean fresh = false;
        while (from < lines) {
            int room = (int) ((y - MARGIN - 2 * PADDING) / LEADING);
            // A row is kept on one page where a page can hold it.
            if (room < lines - from && !fresh) {
                page.close();
                page = begin();
                head();
                fresh = true;
                continue;
            }
            int to = Math.min(lines, from + Math.max(1, room));
            draw(all, from, to, false);
            from = to;
            fresh = false;
        }
    }

    private static int tallest(List<List<String>> cells) {
        return cells.stream().mapToInt(List::size).max().orElse(1);
    }

    private static float height(List<List<String>> cells) {
        return tallest(cells) * LEADING + 2 * PADDING;
    }

    private void draw(List<List<String>> cells, int from, int to, boolean head) throws IOException {
        float height = (to - from) * LEADING + 2 * PADDING;
        float x = MARGIN;
        for (int c = 0; c < shares.length; c++) {
            page.addRect(x, y - height, shares[c], height);
            page.stroke();
            List<String> lines = cells.get(c);
            for (int n = from; n < Math.min(to, lines.size()); n++) {
                String line = lines.get(n);
                float left = head || columns.get(c).centred() ? x + (shares[c] - width(line) * SIZE) / 2 : x + PADDING;
                text(line, SIZE, left, y - PADDING - (n - from + 1) * LEADING + 3);
            }
            x += shares[c];
        }
        y -= height;
    }

    private void text(String text, float size, float x, float at) throws IOException {
        if (text.isEmpty()) {
            return;
        }
        page.beginText();
        page.setFont(font, size);
        page.newLineAtOffset(x, at);
        page.showText(shown(text));
        page.endText();
    }

    private String shown(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        text.codePoints().forEach(point -> shown.appendCodePoint(width(point) < 0 ? MISSING : point));
        return shown.toString();
    }

    /** The width of a character of size 1; below zero where the font lacks it. */
    private float width(int point) {
        return widths.computeIfAbsent(point, p -> {
            try {
                return font.getStringWidth(Character.toString(p)) / 1000;
            } catch (IllegalArgumentException e) {
                return -1f;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private float width(String text) {
        float width = 0;
        for (int point : text.codePoints().toArray()) {
            float one = width(point);
            width += one < 0 ? 1 : one;
        }
        return width;
    }

    /** The lines of a cell: broken between any two Chinese characters, within a word only where it is too long. */
    private List<String> lines(String text, float share) {
        float room = (share - 2 * PADDING) / SIZE;
        List<String> lines = new ArrayList<>();
        for (String paragraph : Characters.clean(text).split("\n", -1)) {
            int[] points = paragraph.codePoints().filter(p -> p >= ' ').toArray();
            int from = 0;
            while (from < points.length) {
                int to = from;
                float width = 0;
                while (to < points.length) {
                    float one = width(points[to]);
                    width += one < 0 ? 1 : one;
                    if (width > room && to > from) {
                        break;
                    }
                    to++;
                }
                int cut = to;
                while (to < points.length && cut > from && isWord(points[cut]) && isWord(points[cut - 1])) {
                    cut--;
                }
                to = cut > from ? cut : to;
                lines.add(new String(points, from, to - from).strip());
                from = to;
            }
        }
        if (lines.isEmpty()) {
            lines.add("");
        }
        return lines;
    }

    private static boolean isWord(int point) {
        return point < 128 && Character.isLetterOrDigit(point);
    }

    @Override
    public void close() throws IOException {
        document.close();
    }
}
