package org.luoshi.reading.files;

import java.nio.charset.StandardCharsets;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Unpacks every deflated stream of a PDF once without keeping what comes out, before PDFBox unpacks them into memory
 * without a bound. Streams packed several times are followed through. Pictures are let off: they are never unpacked for
 * text. The other packings that can swell, which office programs no longer write, are bounded by their packed size.
 */
final class PdfStreams {
    private static final byte[] STREAM = "stream".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END = "endstream".getBytes(StandardCharsets.US_ASCII);
    private static final int DICTIONARY = 1024;
    private static final int LAYERS = 4;
    private static final int OTHER_PACKING_BYTES = 32 << 10;

    private PdfStreams() {}

    static void check(byte[] pdf) throws Refusal {
        long total = 0;
        for (int i = indexOf(pdf, STREAM, 0); i >= 0; i = indexOf(pdf, STREAM, i + STREAM.length)) {
            int start = i + STREAM.length;
            while (start < pdf.length && (pdf[start] == '\r' || pdf[start] == '\n')) {
                start++;
            }
            String dictionary = dictionaryBefore(pdf, i);
            boolean picture =
                    dictionary.contains("/Image") && dictionary.contains("/Width") && dictionary.contains("/Height");
            if (picture) {
                continue;
            }
            if (isZlib(pdf, start)) {
                try (Layer layer = new Layer(1, start)) {
                    layer.feed(pdf, start, pdf.length - start);
                    total += layer.size;
                }
            } else if (dictionary.contains("/LZW")
                    || dictionary.contains("/ASCII85")
                    || dictionary.contains("/ASCIIHex")) {
                int end = indexOf(pdf, END, start);
                if ((end < 0 ? pdf.length : end) - start > OTHER_PACKING_BYTES) {
                    throw bomb(start);
                }
            }
            if (total > 8 * Limits.PDF_STREAM_BYTES) {
                throw bomb(start);
            }
        }
    }

    /** One layer of packing; what comes out of it goes on to the next if it is packed again. */
    private static final class Layer implements AutoCloseable {
        private final Inflater inflater = new Inflater();
        private final byte[] out = new byte[1 << 16];
        private final int depth;
        private final int start;
        private @Nullable Layer inner;
        long size;

        Layer(int depth, int start) {
            this.depth = depth;
            this.start = start;
        }

        void feed(byte[] data, int offset, int length) throws Refusal {
            inflater.setInput(data, offset, length);
            try {
                int read;
                while (!inflater.finished() && (read = inflater.inflate(out)) > 0) {
                    if (size == 0 && depth < LAYERS && isZlib(out, 0)) {
                        inner = new Layer(depth + 1, start);
                    }
                    size += read;
                    if (size > Limits.PDF_STREAM_BYTES) {
                        throw bomb(start);
                    }
                    if (inner != null) {
                        inner.feed(out, 0, read);
                    }
                }
            } catch (DataFormatException e) {
                // PDFBox keeps what came out up to the fault; that much was counted.
                inflater.setInput(out, 0, 0);
            }
        }

        @Override
        public void close() {
            inflater.end();
            if (inner != null) {
                inner.close();
            }
        }
    }

    private static Refusal bomb(int offset) {
        return Refusal.of(FileRefused.Reason.BOMB, "part", "stream at byte " + offset);
    }

    private static boolean isZlib(byte[] data, int at) {
        return at + 1 < data.length
                && (data[at] & 0x0f) == 8
                && ((data[at] & 0xff) << 8 | (data[at + 1] & 0xff)) % 31 == 0;
    }

    private static String dictionaryBefore(byte[] pdf, int keyword) {
        int from = Math.max(0, keyword - DICTIONARY);
        String before = new String(pdf, from, keyword - from, StandardCharsets.ISO_8859_1);
        int object = before.lastIndexOf(" obj");
        return object < 0 ? before : before.substring(object);
    }

    private static int indexOf(byte[] data, byte[] word, int from) {
        for (int i = from; i <= data.length - word.length; i++) {
            int j = 0;
            while (j < word.length && data[i + j] == word[j]) {
                j++;
            }
            if (j == word.length) {
                return i;
            }
        }
        return -1;
    }
}
