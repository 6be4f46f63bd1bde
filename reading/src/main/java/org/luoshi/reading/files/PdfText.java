package org.luoshi.reading.files;

import java.io.IOException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.contentstream.operator.Operator;
import org.apache.pdfbox.contentstream.operator.OperatorName;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;

/** The text of a PDF, line breaks of the page undone. */
final class PdfText {
    static {
        // PDFBox would look through every font of the machine and write a cache into the user's home folder.
        PdfFonts.useBundled();
    }

    private PdfText() {}

    static Extracted read(byte[] bytes) throws Refusal, IOException {
        PdfStreams.check(bytes);
        try (PDDocument document = Loader.loadPDF(bytes)) {
            int pages = document.getNumberOfPages();
            if (pages > Limits.PDF_PAGES) {
                throw Refusal.of(FileRefused.Reason.BOMB, "part", pages + " pages");
            }
            if (pages == 0) {
                throw Refusal.damaged("part-missing");
            }
            Collector collector = new Collector();
            try {
                collector.getText(document);
            } catch (Stop stop) {
                throw stop.refusal;
            }
            if (collector.swollen) {
                throw bomb();
            }
            if (collector.readable < 10 + pages / 4L) {
                throw Refusal.of(FileRefused.Reason.NO_TEXT, "pages", Integer.toString(pages));
            }
            if (collector.unreadable * 4 > collector.readable + collector.unreadable) {
                throw Refusal.of(FileRefused.Reason.GARBLED);
            }
            return new Extracted(collector.pageText.paragraphs(), List.of(), pages);
        } catch (InvalidPasswordException e) {
            throw Refusal.of(FileRefused.Reason.ENCRYPTED);
        }
    }

    private static Refusal bomb() {
        return Refusal.of(FileRefused.Reason.BOMB, "part", "content");
    }

    /** Carries a refusal through PDFBox, which lets only {@code IOException} pass. */
    private static final class Stop extends IOException {
        private static final long serialVersionUID = 1;
        final transient Refusal refusal;

        Stop(Refusal refusal) {
            super(refusal);
            this.refusal = refusal;
        }
    }

    private static final class Collector extends PDFTextStripper {
        final PageText pageText = new PageText();
        private List<PageText.Run> runs = new ArrayList<>();
        private int operators;
        private int calls;
        boolean swollen;
        private long chars;
        long readable;
        long unreadable;

        @Override
        public void processPage(PDPage page) throws IOException {
            // Pictures are let off the limit on unpacked size, so no page may pass one off as its content.
            COSBase contents = page.getCOSObject().getDictionaryObject(COSName.CONTENTS);
            if (contents instanceof COSStream stream && COSName.IMAGE.equals(stream.getCOSName(COSName.SUBTYPE))) {
                throw new Stop(Refusal.damaged("structure"));
            }
            super.processPage(page);
        }

        @Override
        protected void processOperator(Operator operator, List<COSBase> operands) throws IOException {
            if (operator.getName().equals(OperatorName.DRAW_OBJECT)) {
                calls++;
            }
            if (++operators > Limits.PDF_OPERATORS || calls > Limits.PDF_CALLS) {
                // PDFBox swallows what a form throws, so the refusal has to be remembered.
                swollen = true;
                throw new Stop(bomb());
            }
            super.processOperator(operator, operands);
        }

        @Override
        protected void processTextPosition(TextPosition at) {
            // Text at an angle is a watermark or a side note.
            if (at.getDir() != 0 || Math.abs(at.getTextMatrix().getShearX()) > 0.01) {
                return;
            }
            String text = unify(at.getUnicode());
            if (text.isEmpty() || ++chars > Limits.TEXT_CHARS) {
                return;
            }
            count(text);
            double size = Math.max(at.getFontSizeInPt(), at.getHeightDir());
            runs.add(new PageText.Run(at.getXDirAdj(), at.getYDirAdj(), at.getWidthDirAdj(), size, text));
        }

        private void count(String text) {
            char c = text.charAt(0);
            if (c == '\ufffd' || c < ' ' || (c >= '\ue000' && c <= '\uf8ff')) {
                unreadable++;
            } else if (!Character.isWhitespace(c)) {
                readable++;
            }
        }

        @Override
        protected void endPage(PDPage page) throws IOException {
            if (chars > Limits.TEXT_CHARS) {
                throw new Stop(Refusal.tooLong(FileRefused.Reason.TEXT_TOO_LONG, chars * 2, Limits.TEXT_CHARS * 2L));
            }
            try {
                pageText.addPage(runs);
            } catch (Refusal refusal) {
                throw new Stop(refusal);
            }
            runs = new ArrayList<>();
        }

        @Override
        protected void writePage() {
            // The runs are put together by PageText instead.
        }

        /** Fonts often map plain characters to the look-alikes of the radical blocks. */
        private static String unify(String text) {
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c >= '\u2e80' && c <= '\u2fdf' || c >= '\ufb00' && c <= '\ufb06') {
                    return Normalizer.normalize(text, Normalizer.Form.NFKC);
                }
            }
            return text;
        }
    }
}
