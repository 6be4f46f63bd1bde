package org.luoshi.writing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;

class TablePdfTest {
    private static final List<PlainTable.Column> COLUMNS = List.of(
            new PlainTable.Column("编号", 20, true),
            new PlainTable.Column("事项", 90, false),
            new PlainTable.Column("牵头单位", 40, true));

    private static PDDocument written(List<List<String>> rows) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new PlainTable("青岚县目标任务", "截至 2026-11-21", COLUMNS, rows).writePdf(out);
        return Loader.loadPDF(out.toByteArray());
    }

    @Test
    void holdsEveryCellAndTheHeadingsOnEachPage() throws IOException {
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            rows.add(List.of("26-" + i, "改造老旧小区 " + i + " 个，惠及群众".repeat(4), "县住房和城乡建设局"));
        }
        try (PDDocument document = written(rows)) {
            assertThat(document.getNumberOfPages()).isGreaterThan(5);
            PDFTextStripper text = new PDFTextStripper();
            assertThat(text.getText(document)).contains("青岚县目标任务", "截至 2026-11-21", "26-199");
            text.setStartPage(3);
            text.setEndPage(3);
            assertThat(text.getText(document)).contains("牵头单位", "县住房和城乡建设局");
        }
    }

    @Test
    void keepsRareCharactersOfNamesAndMarksWhatNoFontHolds() throws IOException {
        try (PDDocument document = written(List.of(List.of("1", "张堃、王喆、李琚 \uD83D\uDE00 =cmd|x", "")))) {
            assertThat(new PDFTextStripper().getText(document)).contains("张堃、王喆、李琚 □ =cmd|x");
        }
    }

    @Test
    void carriesARowThatIsLongerThanAPageOver() throws IOException {
        try (PDDocument document = written(List.of(List.of("1", "很长的说明".repeat(2_000), "尾")))) {
            assertThat(document.getNumberOfPages()).isGreaterThan(2);
            String all = new PDFTextStripper().getText(document).replaceAll("\\s", "");
            assertThat(all.split("很长的说明", -1).length - 1).isGreaterThan(1_900);
        }
    }
}
