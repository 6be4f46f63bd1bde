package org.luoshi.reading.files;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Traditional characters into simplified ones, one UTF-16 unit for one, so that offsets stay equal. Good enough to read
 * by; it does not choose between words that simplified writing spells apart.
 */
public final class Traditional {
    private static final char[] SIMPLIFIED = load();

    /** Share of Han characters from which a text counts as traditional; about a third of its characters differ. */
    private static final double SHARE = 0.08;

    private Traditional() {}

    /** Whether a text is written in traditional characters throughout, not just quoting a few. */
    public static boolean is(CharSequence text) {
        int han = 0;
        int traditional = 0;
        int length = Math.min(text.length(), 100_000);
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= '\u3400' && c <= '\u9fff') {
                han++;
                traditional += SIMPLIFIED[c] != c ? 1 : 0;
            }
        }
        return traditional > SHARE * han;
    }

    /** The text in simplified characters, of equal length. */
    public static String toSimplified(String text) {
        char[] chars = text.toCharArray();
        for (int i = 0; i < chars.length; i++) {
            chars[i] = SIMPLIFIED[chars[i]];
        }
        return new String(chars);
    }

    static char toSimplified(char c) {
        return SIMPLIFIED[c];
    }

    private static char[] load() {
        char[] table = new char[0x10000];
        for (int i = 0; i < table.length; i++) {
            table[i] = (char) i;
        }
        try (InputStream in = Traditional.class.getResourceAsStream("traditional.txt")) {
            if (in == null) {
                throw new IllegalStateException("The resource traditional.txt is missing from the jar");
            }
            BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (!line.startsWith("#")) {
                    for (String pair : line.split(" ")) {
                        table[pair.charAt(0)] = pair.charAt(1);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return table;
    }
}
