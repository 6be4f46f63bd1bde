package org.luoshi.reading.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ofdrw.layout.OFDDoc;
import org.ofdrw.layout.element.Paragraph;

class SourceFilesTest {
    private static final String TEXT = "各位代表：\r\n　　今年将新建学校2所，完成投资20亿元。\n\n力争年底前建成。\r\n";

    @Test
    void readsDocxAsTheReaderOfThePageSeesIt() throws Exception {
        FileText read = SourceFiles.read("报告.docx", SampleFiles.richDocx());
        assertThat(read.format()).isEqualTo(Format.DOCX);
        assertThat(read.pages()).isEqualTo(3);
        assertThat(read.notes()).isEmpty();
        assertThat(read.stored().text().lines())
                .containsExactly(
                        "青禾县政府工作报告",
                        "一、去年工作回顾",
                        "新建道路35公里[1]。",
                        "二、今年工作安排",
                        "（一）抓好项目",
                        "（二）改善民生",
                        "完成投资20亿元",
                        "任务\t时限",
                        "建成学校2所\t年底前",
                        "框外的话",
                        "文本框里的话",
                        "[1]含乡村道路。");
    }

    @Test
    void readsDocxThatAnotherProgramWrote() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (XWPFDocument document = new XWPFDocument()) {
            document.createParagraph().createRun().setText("新建公园3个。");
            var table = document.createTable(1, 2);
            table.getRow(0).getCell(0).setText("任务");
            table.getRow(0).getCell(1).setText("时限");
            document.write(out);
        }
        assertThat(SourceFiles.read("a.docx", out.toByteArray()).stored().text())
                .isEqualTo("新建公园3个。\n任务\t时限\n");
    }

    @Test
    void readsDocWithNumberingAndWithoutDeletions() throws Exception {
        FileText read = SourceFiles.read("报告.doc", SampleFiles.sampleDoc());
        assertThat(read.format()).isEqualTo(Format.DOC);
        assertThat(read.stored().text().lines())
                .contains("一、去年工作回顾", "新建道路35公里[1]。", "（二）改善民生", "完成投资20亿元", "建成学校2所\t年底前", "[1]含乡村道路。")
                .doesNotContain("页眉");
    }

    @Test
    void joinsThePrintedLinesOfPdfIntoParagraphsAndDropsPageNumbers() throws Exception {
        FileText read = SourceFiles.read("报告.pdf", SampleFiles.samplePdf());
        String full = "一二三四五六七八九十一二三四五六七八九十一二三四五六七";
        assertThat(read.pages()).isEqualTo(2);
        assertThat(read.stored().text().lines())
                .containsExactly(
                        "青禾县政府工作报告", full.substring(2) + "第一段的末尾。", full.substring(2) + full + "第二段的末尾。", "完成投资20亿元。");
    }

    @Test
    void dropsWhatStandsAtTheHeadOfEveryPage() throws Exception {
        List<SampleFiles.PdfLine> first =
                List.of(new SampleFiles.PdfLine(220, 40, "青禾县人民政府文件"), new SampleFiles.PdfLine(112, 100, "新建学校2所。"));
        List<SampleFiles.PdfLine> other =
                List.of(new SampleFiles.PdfLine(220, 40, "青禾县人民政府文件"), new SampleFiles.PdfLine(112, 100, "新建公园3个。"));
        String text = SourceFiles.read("a.pdf", SampleFiles.pdf(List.of(first, other, other, first)))
                .stored()
                .text();
        assertThat(text).doesNotContain("人民政府文件").contains("新建学校2所。").contains("新建公园3个。");
    }

    @Test
    void readsOfdByThePlacesOfItsCharacters() throws Exception {
        FileText read = SourceFiles.read("报告.ofd", SampleFiles.sampleOfd());
        assertThat(read.pages()).isEqualTo(1);
        assertThat(read.stored().text().lines())
                .containsExactly("青禾县政府工作报告", "一二三四五六七八九十一二三四五六七八九十一二三四五第一段的末尾。", "完成投资20亿元。");
    }

    @Test
    void readsOfdThatOfdrwWrote(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("a.ofd");
        try (OFDDoc document = new OFDDoc(file)) {
            document.add(new Paragraph("全年新增就业3000人。", 5d));
            document.add(new Paragraph("新建公园3个。", 5d));
        }
        assertThat(SourceFiles.read(file).stored().text().lines()).containsExactly("全年新增就业3000人。", "新建公园3个。");
    }

    @Test
    void readsTheArticleOfAPageWithoutItsFurniture() throws Exception {
        String text =
                SourceFiles.read("报告.html", SampleFiles.sampleHtml()).stored().text();
        assertThat(text.lines())
                .startsWith("青禾县政府工作报告", "各位代表：", "新建学校2所，", "年底前完成。")
                .endsWith("任务\t时限");
        assertThat(text).doesNotContain("首页").doesNotContain("alert").doesNotContain("版权");
    }

    @ParameterizedTest
    @CsvSource({"UTF-8,0", "UTF-8,1", "GB18030,0", "GBK,0", "UTF-16LE,1", "UTF-16BE,1", "UTF-16LE,0", "UTF-16BE,0"})
    void keepsTextExactlyAsDecoded(String charset, int mark) throws Exception {
        byte[] bytes = ((mark == 1 ? "\ufeff" : "") + TEXT).getBytes(Charset.forName(charset));
        FileText read = SourceFiles.read("报告.txt", bytes);
        // Whoever reads the file as UTF-8 counts its mark as a character, so offsets must too.
        boolean counted = mark == 1 && charset.equals("UTF-8");
        assertThat(read.stored().text()).isEqualTo(counted ? "\ufeff" + TEXT : TEXT);
        assertThat(read.format()).isEqualTo(Format.TXT);
    }

    @Test
    void readsTheSameOfATextWithAndWithoutAMarkOneCharacterOn() throws Exception {
        String text = "青禾县政府工作报告\n——2030年1月8日在青禾县第九届人民代表大会第三次会议上\n县长 林未\n各位代表：\n"
                + "一、2029年工作回顾\n全年新增就业3000人。\n二、2030年重点工作\n新建公园3个。\n";
        var plain = org.luoshi.reading.Reader.standard()
                .read(SourceFiles.read("报告.txt", SampleFiles.utf8(text)).simplified());
        var marked = org.luoshi.reading.Reader.standard()
                .read(SourceFiles.read("报告.txt", SampleFiles.utf8("\ufeff" + text))
                        .simplified());
        assertThat(marked.outline().sections())
                .extracting(section -> section.title())
                .isEqualTo(plain.outline().sections().stream()
                        .map(section -> section.title())
                        .toList());
        assertThat(marked.outline().title())
                .isNotNull()
                .extracting(title -> title.value())
                .isEqualTo("青禾县政府工作报告");
        assertThat(marked.segments()).hasSameSizeAs(plain.segments());
        for (int i = 0; i < plain.segments().size(); i++) {
            assertThat(marked.segments().get(i).span().start())
                    .isEqualTo(plain.segments().get(i).span().start() + 1);
        }
        assertThat(marked.figures()).hasSameSizeAs(plain.figures()).isNotEmpty();
    }

    @Test
    void readsByContentWhereTheNameSaysOtherwiseAndTellsSo() throws Exception {
        FileText read = SourceFiles.read("报告.docx", SampleFiles.samplePdf());
        assertThat(read.format()).isEqualTo(Format.PDF);
        assertThat(read.notes()).extracting(FileNote::key).containsExactly("note.type-differs");
        assertThat(read.notes().getFirst().sentence(java.util.Locale.CHINESE))
                .contains(".docx")
                .contains("PDF");
        FileText text = SourceFiles.read("报告.docx", SampleFiles.utf8(TEXT));
        assertThat(text.format()).isEqualTo(Format.TXT);
        assertThat(text.stored().text()).isEqualTo(TEXT);
    }

    @Test
    void readsTraditionalCharactersWithOffsetsKept() throws Exception {
        String traditional = "各位代表：今年將新建學校2所，擴建醫院1座，發展現代農業，改善居民生活環境。";
        FileText read = SourceFiles.read("報告.txt", SampleFiles.utf8(traditional));
        assertThat(read.stored().text()).isEqualTo(traditional);
        assertThat(read.simplified().text())
                .isEqualTo("各位代表：今年将新建学校2所，扩建医院1座，发展现代农业，改善居民生活环境。")
                .hasSameSizeAs(traditional);
        assertThat(read.notes()).extracting(FileNote::key).containsExactly("note.traditional");
        FileText big5 = SourceFiles.read("報告.txt", traditional.getBytes(Charset.forName("Big5")));
        assertThat(big5.stored().text()).isEqualTo(traditional);
    }

    @Test
    void knowsTheSameFileAgainByItsHash() throws Exception {
        FileText one = SourceFiles.read("a.txt", SampleFiles.utf8("新建公园3个。"));
        FileText two = SourceFiles.read("b.txt", SampleFiles.utf8("新建公园3个。"));
        assertThat(one.sha256()).isEqualTo(two.sha256()).hasSize(64);
    }

    @Test
    void notesBrokenCharactersAndReadsOn() throws Exception {
        byte[] bytes = SampleFiles.utf8(TEXT.repeat(10));
        bytes[40] = (byte) 0xff;
        FileText read = SourceFiles.read("a.txt", bytes);
        assertThat(read.notes()).extracting(FileNote::key).containsExactly("note.broken-characters");
        assertThat(read.stored().text()).endsWith("力争年底前建成。\r\n");
    }

    @Test
    void readsEveryRealReportExactlyAsStored() throws IOException, FileRefused {
        String shared = System.getProperty("luoshi.shared", System.getenv("LUOSHI_SHARED"));
        Path folder = Path.of(shared == null ? "../../shared" : shared, "reports");
        org.junit.jupiter.api.Assumptions.assumeTrue(Files.isDirectory(folder), "no real reports at " + folder);
        try (var files = Files.list(folder)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".txt")).toList()) {
                FileText read = SourceFiles.read(file);
                assertThat(read.stored().text()).isEqualTo(Files.readString(file, StandardCharsets.UTF_8));
                assertThat(read.simplified()).isSameAs(read.stored());
            }
        }
    }
}
