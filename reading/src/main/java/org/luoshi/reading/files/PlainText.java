package org.luoshi.reading.files;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Bytes into characters. A byte order mark decides; without one UTF-8 is tried first, for nothing else passes for it by
 * chance, then UTF-16 and GB18030, and last Big5. What comes out must look like text.
 */
final class PlainText {
    private static final Charset GB18030 = Charset.forName("GB18030");
    private static final Charset BIG5 = Charset.forName("Big5");

    /** The 3,755 characters of level 1 of GB 2312, which make up more than nine tenths of any modern text. */
    private static final BitSet COMMON = common();

    /** Share of characters beyond which broken ones make a text worthless. */
    private static final double BROKEN = 0.05;

    private static final String MARK = "\ufeff";

    /**
     * @param text without a byte order mark
     * @param charset its usual name
     * @param marked the file is UTF-8 and begins with a byte order mark, which is a character to whoever reads UTF-8
     */
    record Decoded(String text, String charset, boolean marked, List<FileNote> notes) {
        /** The text as the file has it, so that offsets into it are those of any program that reads the file. */
        String stored() {
            return marked ? MARK + text : text;
        }
    }

    private PlainText() {}

    /** The text, or null where no known encoding makes sense of the bytes. */
    static @Nullable Decoded decode(byte[] bytes) {
        if (startsWith(bytes, 0xef, 0xbb, 0xbf)) {
            Decoded decoded = lenient(bytes, 3, StandardCharsets.UTF_8);
            return decoded == null ? null : new Decoded(decoded.text, decoded.charset, true, decoded.notes);
        }
        if (startsWith(bytes, 0xff, 0xfe)) {
            return lenient(bytes, 2, StandardCharsets.UTF_16LE);
        }
        if (startsWith(bytes, 0xfe, 0xff)) {
            return lenient(bytes, 2, StandardCharsets.UTF_16BE);
        }
        String utf8 = strict(bytes, StandardCharsets.UTF_8);
        if (utf8 != null && looksLikeText(utf8)) {
            return checked(utf8, "UTF-8");
        }
        Charset wide = wideWithoutMark(bytes);
        if (wide != null) {
            return lenient(bytes, 0, wide);
        }
        String gb = strict(bytes, GB18030);
        if (gb != null && looksLikeText(gb) && commonShare(gb) > 0.8) {
            return checked(gb, "GB18030");
        }
        String big5 = strict(bytes, BIG5);
        if (big5 != null && looksLikeText(big5) && commonShare(Traditional.toSimplified(big5)) > 0.9) {
            List<FileNote> notes = List.of(new FileNote("note.encoding", Map.of("encoding", "Big5")));
            return new Decoded(big5, "Big5", false, notes);
        }
        // A few damaged bytes must not cost the whole report.
        Decoded broken = lenient(bytes, 0, StandardCharsets.UTF_8);
        if (broken != null) {
            return broken;
        }
        Decoded brokenGb = lenient(bytes, 0, GB18030);
        return brokenGb != null && commonShare(brokenGb.text()) > 0.8 ? brokenGb : null;
    }

    private static @Nullable String strict(byte[] bytes, Charset charset) {
        try {
            return charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private static @Nullable Decoded lenient(byte[] bytes, int from, Charset charset) {
        CharsetDecoder decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE);
        try {
            CharBuffer text = decoder.decode(ByteBuffer.wrap(bytes, from, bytes.length - from));
            return checked(text.toString(), charset.name());
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    /** The text with a note of broken characters, or null where it is none. */
    private static @Nullable Decoded checked(String text, String charset) {
        long broken = text.chars().filter(c -> c == '\ufffd').count();
        if (broken > BROKEN * text.length() || !looksLikeText(text)) {
            return null;
        }
        List<FileNote> notes = new ArrayList<>();
        if (broken > 0) {
            notes.add(new FileNote("note.broken-characters", Map.of("count", Long.toString(broken))));
        }
        return new Decoded(text, charset, false, notes);
    }

    /** UTF-16 without a mark: of Chinese and ASCII, line ends and spaces show up as bytes with a zero on one side. */
    private static @Nullable Charset wideWithoutMark(byte[] bytes) {
        int evenZeros = 0;
        int oddZeros = 0;
        int length = Math.min(bytes.length, 1 << 16);
        for (int i = 0; i < length; i++) {
            if (bytes[i] == 0) {
                if ((i & 1) == 0) {
                    evenZeros++;
                } else {
                    oddZeros++;
                }
            }
        }
        if (evenZeros + oddZeros == 0 || bytes.length % 2 != 0) {
            return null;
        }
        return evenZeros > oddZeros ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE;
    }

    /** Few control characters and few that no text uses: what a wrong encoding or a program file is full of. */
    static boolean looksLikeText(String text) {
        int odd = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' && c != '\n' && c != '\r' && c != '\t' && c != '\f' && c != 0x0b
                    || c >= 0x7f && c < 0xa0
                    || c >= '\ue000' && c <= '\uf8ff'
                    || c == '\uffff'
                    || c == '\ufffe') {
                odd++;
            }
        }
        return odd <= 0.01 * text.length();
    }

    /** Of the Han characters the share that is common; 1 where there are few of them. */
    private static double commonShare(String text) {
        int han = 0;
        int common = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = Traditional.toSimplified(text.charAt(i));
            if (c >= '\u3400' && c <= '\u9fff') {
                han++;
                common += COMMON.get(c) ? 1 : 0;
            } else if (c >= 0x80 && !PageText.isChinese(c) && !Character.isLetter(c)) {
                han++;
            }
        }
        return han < 4 ? 1 : (double) common / han;
    }

    private static BitSet common() {
        BitSet common = new BitSet(0x10000);
        byte[] pair = new byte[2];
        for (int row = 0xb0; row <= 0xd7; row++) {
            for (int cell = 0xa1; cell <= 0xfe; cell++) {
                pair[0] = (byte) row;
                pair[1] = (byte) cell;
                common.set(new String(pair, GB18030).charAt(0));
            }
        }
        return common;
    }

    private static boolean startsWith(byte[] bytes, int... mark) {
        if (bytes.length < mark.length) {
            return false;
        }
        for (int i = 0; i < mark.length; i++) {
            if ((bytes[i] & 0xff) != mark[i]) {
                return false;
            }
        }
        return true;
    }
}
