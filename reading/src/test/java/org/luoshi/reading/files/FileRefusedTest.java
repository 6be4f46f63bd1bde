package org.luoshi.reading.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.zip.DeflaterOutputStream;
import org.apache.poi.poifs.crypt.EncryptionInfo;
import org.apache.poi.poifs.crypt.EncryptionMode;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.luoshi.reading.files.FileRefused.Reason;

class FileRefusedTest {
    private static FileRefused refusalOf(String name, byte[] bytes) {
        FileRefused refused = catchThrowableOfType(FileRefused.class, () -> SourceFiles.read(name, bytes));
        assertThat(refused).as(name + " is refused").isNotNull();
        for (Locale locale : List.of(Locale.SIMPLIFIED_CHINESE, Locale.ENGLISH)) {
            assertThat(refused.sentence(locale))
                    .as("every detail has its value")
                    .doesNotContain("{")
                    .doesNotContain("file.");
        }
        return refused;
    }

    private static Reason reasonOf(String name, byte[] bytes) {
        return refusalOf(name, bytes).reason();
    }

    @Test
    void emptyFile() {
        assertThat(reasonOf("a.docx", new byte[0])).isEqualTo(Reason.EMPTY);
        assertThat(reasonOf("a.txt", SampleFiles.utf8(" \r\n　\n"))).isEqualTo(Reason.EMPTY);
        assertThat(reasonOf("a.docx", SampleFiles.docx("<w:p/>"))).isEqualTo(Reason.EMPTY);
    }

    @Test
    void encryptedDocx() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (POIFSFileSystem files = new POIFSFileSystem()) {
            var encryptor = new EncryptionInfo(EncryptionMode.standard).getEncryptor();
            encryptor.confirmPassword("secret");
            try (var stream = encryptor.getDataStream(files)) {
                stream.write(SampleFiles.richDocx());
            }
            files.writeFilesystem(out);
        }
        assertThat(reasonOf("a.docx", out.toByteArray())).isEqualTo(Reason.ENCRYPTED);
    }

    @Test
    void damagedFilesOfEveryBinaryFormat() {
        Map<String, byte[]> whole = Map.of(
                "a.docx", SampleFiles.richDocx(),
                "a.ofd", SampleFiles.sampleOfd(),
                "a.doc", SampleFiles.sampleDoc());
        whole.forEach((name, bytes) -> assertThat(reasonOf(name, Arrays.copyOf(bytes, bytes.length / 2)))
                .as(name)
                .isEqualTo(Reason.DAMAGED));
        assertThat(reasonOf("a.pdf", SampleFiles.utf8("%PDF-1.5\nnothing more")))
                .isEqualTo(Reason.DAMAGED);
    }

    @Test
    void changedByteInsideAZipIsFoundByItsChecksum() {
        Map<String, byte[]> parts = SampleFiles.docxParts(SampleFiles.paragraph("新建学校2所。".repeat(200)));
        byte[] bytes = SampleFiles.zip(parts);
        int changed = 0;
        for (int i = 700; i < bytes.length - 200 && changed < 20; i += 17, changed++) {
            byte[] copy = bytes.clone();
            copy[i] ^= 1;
            FileRefused refused = catchThrowableOfType(FileRefused.class, () -> SourceFiles.read("a.docx", copy));
            if (refused == null) {
                continue;
            }
            assertThat(refused.reason()).isIn(Reason.DAMAGED, Reason.ENCRYPTED, Reason.UNSUPPORTED);
        }
    }

    @Test
    void zipBomb() {
        byte[] zeros = new byte[30 << 20];
        Arrays.fill(zeros, (byte) ' ');
        Map<String, byte[]> parts = SampleFiles.docxParts("");
        parts.put("word/document.xml", zeros);
        byte[] bomb = SampleFiles.zip(parts);
        assertThat(bomb.length).isLessThan(1 << 20);
        assertThat(reasonOf("a.docx", bomb)).isEqualTo(Reason.BOMB);
    }

    @Test
    void zipOfVeryManyEntries() {
        Map<String, byte[]> parts = SampleFiles.docxParts("");
        for (int i = 0; i < 10_001; i++) {
            parts.put("word/x" + i, new byte[0]);
        }
        assertThat(reasonOf("a.docx", SampleFiles.zip(parts))).isEqualTo(Reason.BOMB);
    }

    @Test
    void pdfThatUnpacksWithoutEndEvenWhenPackedTwice() throws Exception {
        byte[] once = deflate(new byte[200 << 20]);
        for (byte[] packed : List.of(once, deflate(once))) {
            String stream = "<< /Length " + packed.length + " /Filter /FlateDecode >>\nstream\n"
                    + new String(packed, StandardCharsets.ISO_8859_1) + "\nendstream";
            byte[] pdf = SampleFiles.pdfOf(List.of(
                    "<< /Type /Catalog /Pages 2 0 R >>",
                    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
                    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>",
                    stream));
            assertThat(reasonOf("a.pdf", pdf)).isEqualTo(Reason.BOMB);
        }
    }

    private static byte[] deflate(byte[] bytes) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(out)) {
            deflater.write(bytes);
        }
        return out.toByteArray();
    }

    @Test
    void pdfWhoseFormsCallEachOtherWithoutEnd() {
        List<String> objects = new ArrayList<>(List.of(
                "<< /Type /Catalog /Pages 2 0 R >>",
                "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R /Resources << /XObject << /F 5 0 R >> >> >>",
                "<< /Length 5 >>\nstream\n/F Do\nendstream"));
        String calls = "/F Do ".repeat(10);
        for (int i = 5; i < 25; i++) {
            objects.add("<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /F " + (i + 1)
                    + " 0 R >> >> /Length " + calls.length() + " >>\nstream\n" + calls + "\nendstream");
        }
        objects.add("<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Length 1 >>\nstream\nq\nendstream");
        assertTimeout(
                Duration.ofSeconds(10),
                () -> assertThat(reasonOf("a.pdf", SampleFiles.pdfOf(objects))).isEqualTo(Reason.BOMB));
    }

    @Test
    void xmlEntityAttacks() {
        String lol = "<!DOCTYPE a [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>";
        String external = "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>";
        for (String attack : List.of(lol, external)) {
            Map<String, byte[]> docx = SampleFiles.docxParts("");
            docx.put(
                    "word/document.xml",
                    SampleFiles.utf8(attack + "<w:document " + SampleFiles.W
                            + "><w:body><w:p><w:r><w:t>&x;&b;</w:t></w:r></w:p>" + "</w:body></w:document>"));
            assertThat(reasonOf("a.docx", SampleFiles.zip(docx))).isEqualTo(Reason.ENTITIES);
            Map<String, byte[]> ofd = SampleFiles.ofdParts("");
            ofd.put("OFD.xml", SampleFiles.utf8(attack + "<OFD><DocBody><DocRoot>&b;&x;</DocRoot></DocBody></OFD>"));
            assertThat(reasonOf("a.ofd", SampleFiles.zip(ofd))).isEqualTo(Reason.ENTITIES);
        }
    }

    @Test
    void macroFile() {
        Map<String, byte[]> parts = SampleFiles.docxParts(SampleFiles.paragraph("新建学校2所。"));
        parts.put("word/vbaProject.bin", new byte[] {1, 2, 3});
        FileRefused refused = refusalOf("a.docm", SampleFiles.zip(parts));
        assertThat(refused.reason()).isEqualTo(Reason.MACRO);
        assertThat(refused.sentence(Locale.SIMPLIFIED_CHINESE)).contains("宏").contains(".docx");
    }

    @Test
    void scannedPdfWithoutText() {
        FileRefused refused = refusalOf("扫描.pdf", SampleFiles.pdf(List.of(List.of(), List.of())));
        assertThat(refused.reason()).isEqualTo(Reason.NO_TEXT);
        assertThat(refused.sentence(Locale.SIMPLIFIED_CHINESE)).contains("2 页").contains("OCR");
    }

    @Test
    void hundredMegabytesOfText() {
        byte[] text = new byte[100 << 20];
        Arrays.fill(text, (byte) 'a');
        FileRefused refused = refusalOf("a.txt", text);
        assertThat(refused.reason()).isEqualTo(Reason.TEXT_TOO_LONG);
        assertThat(refused.sentence(Locale.ENGLISH)).contains("100 MB").contains("20 MB");
        assertThat(reasonOf("a.txt", Arrays.copyOf(text, (100 << 20) + 1))).isEqualTo(Reason.TOO_LARGE);
    }

    @Test
    void wrongEncoding() {
        byte[] noise = new byte[4000];
        new Random(1).nextBytes(noise);
        noise[0] = 'x';
        assertThat(reasonOf("a.txt", noise)).isEqualTo(Reason.ENCODING);
        String replaced = "\ufffd\ufffd\ufffd工作\ufffd\ufffd报告".repeat(50);
        assertThat(reasonOf("a.txt", SampleFiles.utf8(replaced))).isEqualTo(Reason.ENCODING);
    }

    @Test
    void fileNamedDocxThatIsNone() {
        byte[] noise = new byte[4000];
        new Random(1).nextBytes(noise);
        noise[0] = 'x';
        FileRefused refused = refusalOf("a.docx", noise);
        assertThat(refused.reason()).isEqualTo(Reason.NOT_A_DOCUMENT);
        assertThat(refused.sentence(Locale.SIMPLIFIED_CHINESE)).contains(".docx");
    }

    @Test
    void kindsThatAreKnownAndNotRead() {
        Map<String, byte[]> others = Map.of(
                "xlsx", SampleFiles.zip(Map.of("[Content_Types].xml", new byte[0], "xl/workbook.xml", new byte[0])),
                "rtf", SampleFiles.utf8("{\\rtf1 text}"),
                "picture", new byte[] {(byte) 0x89, 'P', 'N', 'G', 1, 2},
                "archive", SampleFiles.zip(Map.of("a.txt", new byte[1])));
        others.forEach((found, bytes) -> {
            FileRefused refused = refusalOf("a.docx", bytes);
            assertThat(refused.reason()).isEqualTo(Reason.UNSUPPORTED);
            assertThat(refused.details()).containsEntry("found", found);
        });
    }

    @Test
    void fileThatIsNotThere() {
        FileRefused refused =
                catchThrowableOfType(FileRefused.class, () -> SourceFiles.read(Path.of("no-such-folder", "无此文件.docx")));
        assertThat(refused.reason()).isEqualTo(Reason.UNREADABLE);
        assertThat(refused.file()).isEqualTo("无此文件.docx");
    }

    @ParameterizedTest
    @EnumSource
    void everyReasonHasASentenceInBothLanguages(Reason reason) {
        FileRefused refused = new FileRefused("a", reason, Map.of());
        assertThat(refused.sentence(Locale.SIMPLIFIED_CHINESE))
                .isNotEqualTo(refused.key())
                .containsPattern("\\p{IsHan}");
        assertThat(refused.sentence(Locale.ENGLISH)).isNotEqualTo(refused.key()).doesNotContainPattern("\\p{IsHan}");
    }
}
