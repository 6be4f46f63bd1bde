package org.luoshi.reading.labels;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** One JSON object on one line, without objects or lists in it: all that labels need. */
public final class FlatJson {
    private final String line;
    private int at;

    private FlatJson(String line) {
        this.line = line;
    }

    /**
     * Keys with their values as text; numbers, true and false as written, null left out.
     *
     * @throws IOException with the line, where it is none
     */
    public static Map<String, String> read(String line) throws IOException {
        return new FlatJson(line).object();
    }

    private Map<String, String> object() throws IOException {
        Map<String, String> entries = new HashMap<>();
        expect('{');
        while (peek() != '}') {
            String key = string();
            expect(':');
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

    private String bare() throws IOException {
        int from = at;
        while (peek() != ',' && peek() != '}') {
            at++;
        }
        return line.substring(from, at).strip();
    }

    private String string() throws IOException {
        expect('"');
        StringBuilder value = new StringBuilder();
        while (true) {
            char c = next();
            if (c == '"') {
                return value.toString();
            }
            value.append(c == '\\' ? escape() : c);
        }
    }

    private char escape() throws IOException {
        char c = next();
        return switch (c) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'u' -> {
                if (at + 4 > line.length()) {
                    throw fault();
                }
                at += 4;
                yield (char) Integer.parseInt(line.substring(at - 4, at), 16);
            }
            default -> c;
        };
    }

    private char peek() throws IOException {
        while (at < line.length() && line.charAt(at) <= ' ') {
            at++;
        }
        if (at >= line.length()) {
            throw fault();
        }
        return line.charAt(at);
    }

    private char next() throws IOException {
        if (at >= line.length()) {
            throw fault();
        }
        return line.charAt(at++);
    }

    private void expect(char c) throws IOException {
        if (peek() != c) {
            throw fault();
        }
        at++;
    }

    private IOException fault() {
        return new IOException("Not a flat JSON object at character " + at + ": " + line);
    }
}
