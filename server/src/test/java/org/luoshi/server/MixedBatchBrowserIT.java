package org.luoshi.server;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.HasCountOptions;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Good and bad files in one upload: each bad one gets its sentence, the good ones are read, nothing is half stored. */
class MixedBatchBrowserIT extends ServerTest {
    private static final String REPORT = """
            政府工作报告
            二、2026年的重点工作
            6月底前建成松岗大桥。新建停车场3个，新增车位450个。
            """;
    private static final String TRADITIONAL = """
            政府工作報告
            二、2026年的重點工作
            年內建成龍潭水廠，新增供水能力2萬噸，改造管網18公里。
            """;

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient sql;

    /** Files by name, each with words of the sentence that it must get; empty for those that can be read. */
    private final Map<Path, String> batch = new LinkedHashMap<>();

    @Test
    void readsTheGoodOnesAndSaysWhatIsWrongWithTheOthers(@TempDir Path folder) throws Exception {
        fill(folder);
        try (Browser browser = Browser.open(port)) {
            Page page = browser.logIn("clerk");
            page.setInputFiles("#files", batch.keySet().toArray(Path[]::new));
            long good = batch.values().stream().filter(String::isEmpty).count();
            assertThat(page.locator("a.doc-title")).hasCount((int) good, new HasCountOptions().setTimeout(90_000));
            assertThat(page.locator(".refusal"))
                    .hasCount(batch.size() - (int) good, new HasCountOptions().setTimeout(90_000));
            for (Map.Entry<Path, String> file : batch.entrySet()) {
                if (!file.getValue().isEmpty()) {
                    assertThat(page.locator(
                                            "tr",
                                            new Page.LocatorOptions()
                                                    .setHasText(file.getKey()
                                                            .getFileName()
                                                            .toString()))
                                    .locator(".refusal p"))
                            .containsText(file.getValue(), new ContainsTextOptions().setTimeout(5_000));
                }
            }
            assertThat(browser.faults()).isEmpty();
        }
        assertThat(sql.sql("""
                        select count(*) from document d where d.state = 'failed'
                          and (d.text is not null or exists (select 1 from commitment c where c.document = d.id))""").query(Long.class).single()).as("half stored").isZero();
        assertThat(sql.sql("select count(distinct document) from commitment")
                        .query(Long.class)
                        .single())
                .isEqualTo(batch.values().stream().filter(String::isEmpty).count());
    }

    private void fill(Path folder) throws IOException {
        add(folder, "报告.txt", REPORT.getBytes(StandardCharsets.UTF_8), "");
        add(folder, "空.txt", new byte[0], "文件是空的");
        add(folder, "加密.docx", encrypted(), "设有密码");
        add(folder, "炸弹.docx", zip("word/document.xml", bomb()), "异常庞大");
        add(folder, "实体.docx", zip("word/document.xml", """
                        <?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>
                        <w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>&b;</w:body></w:document>""".getBytes(StandardCharsets.UTF_8)), "实体声明");
        add(folder, "带宏.docm", zip("word/vbaProject.bin", new byte[] {1, 2, 3}), "带有宏");
        add(folder, "扫描.pdf", scanned(), "扫描件");
        add(
                folder,
                "冒名.docx",
                new byte[] {(byte) 0x89, 80, 78, 71, 13, 10, 26, 10, 0, 0, 0, 13, 73, 72, 68, 82},
                "不在可读的类型之内");
        add(folder, "乱码.txt", gibberish(), "编码");
        add(folder, "繁体.txt", TRADITIONAL.getBytes(StandardCharsets.UTF_8), "");
        Path large = folder.resolve("很长.txt");
        byte[] line = "推进各项工作，加快建设步伐，确保取得实效。\n".getBytes(StandardCharsets.UTF_8);
        try (OutputStream out = Files.newOutputStream(large)) {
            byte[] block = new byte[line.length * 10_000];
            for (int i = 0; i < 10_000; i++) {
                System.arraycopy(line, 0, block, i * line.length, line.length);
            }
            for (long written = 0; written + block.length < 100L << 20; written += block.length) {
                out.write(block);
            }
        }
        batch.put(large, "上限");
    }

    private void add(Path folder, String name, byte[] content, String sentence) throws IOException {
        batch.put(Files.write(folder.resolve(name), content), sentence);
    }

    private static byte[] zip(String part, byte[] content) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(file)) {
            zip.putNextEntry(new ZipEntry("[Content_Types].xml"));
            zip.write("<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>"
                    .getBytes(StandardCharsets.UTF_8));
            if (!part.equals("word/document.xml")) {
                zip.putNextEntry(new ZipEntry("word/document.xml"));
                zip.write("<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"/>"
                        .getBytes(StandardCharsets.UTF_8));
            }
            zip.putNextEntry(new ZipEntry(part));
            zip.write(content);
        }
        return file.toByteArray();
    }

    private static byte[] bomb() {
        byte[] content = new byte[100 << 20];
        Arrays.fill(content, (byte) ' ');
        return content;
    }

    private static byte[] encrypted() throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (POIFSFileSystem container = new POIFSFileSystem()) {
            container.createDocument(new ByteArrayInputStream(new byte[4096]), "EncryptionInfo");
            container.createDocument(new ByteArrayInputStream(new byte[4096]), "EncryptedPackage");
            container.writeFilesystem(file);
        }
        return file.toByteArray();
    }

    private static byte[] scanned() throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (PDDocument pdf = new PDDocument()) {
            pdf.addPage(new PDPage());
            pdf.addPage(new PDPage());
            pdf.save(file);
        }
        return file.toByteArray();
    }

    /** Bytes that no encoding of Chinese makes words of. */
    private static byte[] gibberish() {
        byte[] bytes = new byte[4_000];
        new Random(7).nextBytes(bytes);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (bytes[i] | 0x80);
        }
        return bytes;
    }
}
