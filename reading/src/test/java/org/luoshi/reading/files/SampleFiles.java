package org.luoshi.reading.files;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Small files of every format, made here byte by byte so that each test says what is in them. */
final class SampleFiles {
    static final String W = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" "
            + "xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" "
            + "xmlns:wps=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\" "
            + "xmlns:v=\"urn:schemas-microsoft-com:vml\"";

    private SampleFiles() {}

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] zip(Map<String, byte[]> parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.setLevel(Deflater.BEST_SPEED);
            for (Map.Entry<String, byte[]> part : parts.entrySet()) {
                zip.putNextEntry(new ZipEntry(part.getKey()));
                zip.write(part.getValue());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    static Map<String, byte[]> docxParts(String body) {
        Map<String, byte[]> parts = new LinkedHashMap<>();
        parts.put(
                "[Content_Types].xml",
                utf8("<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
                        + "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
                        + override("document", "document.main") + override("styles", "styles")
                        + override("numbering", "numbering") + override("footnotes", "footnotes") + "</Types>"));
        parts.put(
                "_rels/.rels",
                utf8("<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
                        + "<Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/"
                        + "relationships/officeDocument\" Target=\"word/document.xml\"/></Relationships>"));
        parts.put("word/document.xml", utf8("<w:document " + W + "><w:body>" + body + "</w:body></w:document>"));
        return parts;
    }

    private static String override(String part, String kind) {
        return "<Override PartName=\"/word/" + part
                + ".xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml." + kind
                + "+xml\"/>";
    }

    private static String relation(String part) {
        return "<Relationship Id=\"" + part
                + "\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/" + part
                + "\" Target=\"" + part + ".xml\"/>";
    }

    static byte[] docx(String body) {
        return zip(docxParts(body));
    }

    static String paragraph(String text) {
        return "<w:p><w:r><w:t>" + text + "</w:t></w:r></w:p>";
    }

    /** A .docx with everything that the reader treats on its own. */
    static byte[] richDocx() {
        String numbered = "<w:p><w:pPr><w:pStyle w:val=\"H1\"/></w:pPr><w:r><w:t>%s</w:t></w:r></w:p>";
        String second = "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"1\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr>"
                + "<w:r><w:t>%s</w:t></w:r></w:p>";
        Map<String, byte[]> parts = docxParts(
                paragraph("青禾县政府工作报告")
                        + "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val=\"Table of Contents\"/></w:docPartObj></w:sdtPr>"
                        + "<w:sdtContent>" + paragraph("目录行") + "</w:sdtContent></w:sdt>"
                        + numbered.formatted("去年工作回顾")
                        + "<w:p><w:r><w:t>新建道路</w:t></w:r><w:del><w:r><w:delText>30</w:delText></w:r></w:del><w:ins><w:r>"
                        + "<w:t>35</w:t></w:r></w:ins><w:r><w:t>公里</w:t></w:r><w:r><w:footnoteReference w:id=\"2\"/></w:r>"
                        + "<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r><w:r><w:t>。</w:t></w:r></w:p>"
                        + numbered.formatted("今年工作安排")
                        + second.formatted("抓好项目")
                        + second.formatted("改善民生")
                        + "<w:p><w:moveFrom><w:r><w:t>移走的话</w:t></w:r></w:moveFrom><w:r><w:t>完成投资</w:t></w:r>"
                        + "<w:r><w:t>20亿元</w:t></w:r></w:p>"
                        + "<w:tbl><w:tr><w:tc>" + paragraph("任务") + "</w:tc><w:tc>" + paragraph("时限")
                        + "</w:tc></w:tr><w:tr><w:tc>"
                        + paragraph("建成学校2所") + "</w:tc><w:tc>" + paragraph("年底前") + "</w:tc></w:tr></w:tbl>"
                        + "<w:p><w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><wps:txbx><w:txbxContent>"
                        + paragraph("文本框里的话")
                        + "</w:txbxContent></wps:txbx></mc:Choice><mc:Fallback><v:textbox><w:txbxContent>"
                        + paragraph("文本框里的话")
                        + "</w:txbxContent></v:textbox></mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>框外的话</w:t></w:r></w:p>");
        parts.put(
                "word/styles.xml",
                utf8("<w:styles " + W + "><w:style w:type=\"paragraph\" w:styleId=\"H0\"><w:name w:val=\"heading 1\"/>"
                        + "<w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr></w:style><w:style w:styleId=\"H1\">"
                        + "<w:name w:val=\"own\"/><w:basedOn w:val=\"H0\"/></w:style></w:styles>"));
        parts.put(
                "word/numbering.xml",
                utf8("<w:numbering " + W
                        + "><w:abstractNum w:abstractNumId=\"7\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/>"
                        + "<w:numFmt w:val=\"chineseCounting\"/><w:lvlText w:val=\"%1、\"/></w:lvl><w:lvl w:ilvl=\"1\">"
                        + "<w:start w:val=\"1\"/><w:numFmt w:val=\"chineseCounting\"/><w:lvlText w:val=\"（%2）\"/></w:lvl>"
                        + "</w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"7\"/></w:num></w:numbering>"));
        parts.put(
                "word/footnotes.xml",
                utf8("<w:footnotes " + W + "><w:footnote w:type=\"separator\" w:id=\"0\"><w:p/></w:footnote>"
                        + "<w:footnote w:id=\"2\">" + paragraph("含乡村道路。") + "</w:footnote></w:footnotes>"));
        parts.put(
                "word/_rels/document.xml.rels",
                utf8("<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
                        + relation("styles") + relation("numbering") + relation("footnotes") + "</Relationships>"));
        parts.put("word/header1.xml", utf8("<w:hdr " + W + ">" + paragraph("页眉") + "</w:hdr>"));
        parts.put("docProps/app.xml", utf8("<Properties><Pages>3</Pages></Properties>"));
        return zip(parts);
    }

    /** Pages of lines as an office program sets them: {@code lines} hold x, y (from the top) and text, 16 points high. */
    record PdfLine(double x, double y, String text) {}

    /** A PDF with a Chinese font that is not embedded, as old office programs write it. */
    static byte[] pdf(List<List<PdfLine>> pages) {
        List<String> objects = new ArrayList<>();
        StringBuilder kids = new StringBuilder();
        int first = 6;
        for (int i = 0; i < pages.size(); i++) {
            kids.append(first + 2 * i).append(" 0 R ");
        }
        objects.add("<< /Type /Catalog /Pages 2 0 R >>");
        objects.add("<< /Type /Pages /Kids [" + kids + "] /Count " + pages.size() + " >>");
        objects.add("<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H "
                + "/DescendantFonts [4 0 R] >>");
        objects.add("<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) "
                + "/Ordering (GB1) /Supplement 2 >> /FontDescriptor 5 0 R /DW 1000 >>");
        objects.add("<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] "
                + "/ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>");
        for (int i = 0; i < pages.size(); i++) {
            objects.add("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents " + (first + 2 * i + 1)
                    + " 0 R /Resources << /Font << /F1 3 0 R >> >> >>");
            StringBuilder content = new StringBuilder();
            for (PdfLine line : pages.get(i)) {
                String hex = HexFormat.of().formatHex(line.text().getBytes(StandardCharsets.UTF_16BE));
                content.append(
                        "BT /F1 16 Tf 1 0 0 1 " + line.x() + " " + (842 - line.y()) + " Tm <" + hex + "> Tj ET\n");
            }
            objects.add("<< /Length " + content.length() + " >>\nstream\n" + content + "endstream");
        }
        return pdfOf(objects);
    }

    static byte[] pdfOf(List<String> objects) {
        StringBuilder out = new StringBuilder("%PDF-1.5\n");
        List<Integer> offsets = new ArrayList<>();
        for (int i = 0; i < objects.size(); i++) {
            offsets.add(out.length());
            out.append(i + 1).append(" 0 obj\n").append(objects.get(i)).append("\nendobj\n");
        }
        int start = out.length();
        out.append("xref\n0 ").append(objects.size() + 1).append("\n0000000000 65535 f \n");
        offsets.forEach(o -> out.append("%010d 00000 n \n".formatted(o)));
        out.append("trailer\n<< /Root 1 0 R /Size ").append(objects.size() + 1).append(" >>\nstartxref\n");
        return out.append(start).append("\n%%EOF\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Two pages with page numbers; the second paragraph runs over the page. */
    static byte[] samplePdf() {
        String full = "一二三四五六七八九十一二三四五六七八九十一二三四五六七";
        return pdf(List.of(
                List.of(
                        new PdfLine(200, 100, "青禾县政府工作报告"),
                        new PdfLine(112, 160, full.substring(2)),
                        new PdfLine(80, 188, "第一段的末尾。"),
                        new PdfLine(112, 216, full.substring(2)),
                        new PdfLine(80, 244, full),
                        new PdfLine(280, 800, "— 1 —")),
                List.of(
                        new PdfLine(80, 100, "第二段的末尾。"),
                        new PdfLine(112, 128, "完成投资 20 亿元。"),
                        new PdfLine(280, 800, "— 2 —"))));
    }

    static Map<String, byte[]> ofdParts(String layer) {
        Map<String, byte[]> parts = new LinkedHashMap<>();
        String ns = "xmlns:ofd=\"http://www.ofdspec.org/2016\"";
        parts.put(
                "OFD.xml",
                utf8("<ofd:OFD " + ns + " Version=\"1.0\" DocType=\"OFD\"><ofd:DocBody><ofd:DocInfo/><ofd:DocRoot>"
                        + "Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"));
        parts.put(
                "Doc_0/Document.xml",
                utf8("<ofd:Document " + ns + "><ofd:CommonData><ofd:TemplatePage ID=\"9\" BaseLoc=\"Tpl/Content.xml\"/>"
                        + "</ofd:CommonData><ofd:Pages><ofd:Page ID=\"1\" BaseLoc=\"Pages/Page_0/Content.xml\"/></ofd:Pages>"
                        + "</ofd:Document>"));
        parts.put(
                "Doc_0/Pages/Page_0/Content.xml",
                utf8("<ofd:Page " + ns + "><ofd:Content><ofd:Layer ID=\"2\">" + layer
                        + "</ofd:Layer></ofd:Content></ofd:Page>"));
        return parts;
    }

    static String ofdText(double x, double y, String text) {
        return "<ofd:TextObject ID=\"3\" Boundary=\"" + x + " " + y
                + " 160 6\" Font=\"4\" Size=\"5\"><ofd:TextCode X=\"0\" " + "Y=\"5\" DeltaX=\"g " + (text.length() - 1)
                + " 5\">" + text + "</ofd:TextCode></ofd:TextObject>";
    }

    static byte[] sampleOfd() {
        return zip(ofdParts(ofdText(70, 20, "青禾县政府工作报告")
                + ofdText(35, 40, "一二三四五六七八九十一二三四五六七八九十一二三四五")
                + ofdText(25, 48, "第一段的末尾。")
                + ofdText(35, 56, "完成投资20亿元。")
                + ofdText(90, 270, "—1—")));
    }

    static byte[] longOfd() {
        StringBuilder layer = new StringBuilder();
        for (int i = 0; i < 60; i++) {
            layer.append(ofdText(25 + 40 * (i % 3), 20 + 8 * (i / 3), "第" + i + "项工作"));
        }
        return zip(ofdParts(layer.toString()));
    }

    static byte[] sampleHtml() {
        return utf8("<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>青禾县政府工作报告_青禾县人民政府</title>"
                + "<style>p{}</style></head><body><div class=\"nav\"><a href=\"/\">首页</a></div><div class=\"box\">"
                + "<h1>青禾县政府工作报告</h1><div class=\"TRS_Editor\"><p>　　各位代表：</p><p>新建学校<b>2</b>所，<br>年底前完成。</p>"
                + "<p>" + "改善道路和供水，办好群众身边的事情。".repeat(20) + "</p>"
                + "<table><tr><td>任务</td><td>时限</td></tr></table><script>alert(1)</script></div></div>"
                + "<div class=\"footer\">版权所有</div></body></html>");
    }

    /** A Word 97 file, saved by LibreOffice from a text of this project's own. */
    static byte[] sampleDoc() {
        return resource("sample.doc");
    }

    static byte[] resource(String name) {
        try (InputStream in = SampleFiles.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("The test resource " + name + " is missing");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
