package org.luoshi.reading.figures;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** One JSON object on one line, without objects or lists in it: all that labels need. */
final class FlatJson {
    private final String line;
    private int at;

    private FlatJson(String line) {
        this.line = line;
    }

    /** Keys with their values as text; numbers and true and false as written, null left out. */
    static Map<String, String> read(String line) throws IOException {
        FlatJson json = new FlatJson(line);
        try {
            return json.object();
        } catch (StringIndexOutOfBoundsException e) {
            throw new IOException("A record ends too early or is none, at character " + json.at + ": " + line, e);
        }
    }

    private Map<String, String> object() {
        Map<String, String> entries = new HashMap<>();
        skipTo('{');
        while (peek() != '}') {
            String key = string();
            skipTo(':');
            if (peek() == '"') {
                entries.put(key, string());
            } else {
                String bare = bare();
                if (!bare.equals("null")) {
                    entries.put(key, bare);
                }
            }
            if (peek() == ',') {
                at++;
            }
        }
        return entries;
    }

    private char peek() {
        while (line.charAt(at) <= ' ') {
            at++;
        }
        return line.charAt(at);
    }

    private void skipTo(char c) {
        while (line.charAt(at) != c) {
            at++;
        }
        at++;
    }

    private String bare() {
        int from = at;
        while (peek() != ',' && peek() != '}') {
            at++;
        }
        return line.substring(from, at).strip();
    }

    private String string() {
        skipTo('"');
        StringBuilder value = new StringBuilder();
        while (line.charAt(at) != '"') {
            char c = line.charAt(at++);
            if (c == '\\') {
                char escaped = line.charAt(at++);
                switch (escaped) {
                    case 'n' -> value.append('\n');
                    case 'r' -> value.append('\r');
                    case 't' -> value.append('\t');
                    case 'u' -> {
                        value.append((char) Integer.parseInt(line.substring(at, at + 4), 16));
                        at += 4;
                    }
                    default -> value.append(escaped);
                }
            } else {
                value.append(c);
            }
        }
        at++;
        return value.toString();
    }
}
