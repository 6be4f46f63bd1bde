package org.luoshi.server.matters.types;

/** A name in both languages. */
public record Named(String zh, String en) {
    /** @param language {@code zh-CN} or {@code en} */
    public String in(String language) {
        return language.startsWith("en") ? en : zh;
    }
}
