package org.luoshi.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** All words of pages are in message files, in both languages. */
class MessagesTest {
    private static final Path MESSAGES = Path.of("src/main/resources/messages");
    private static final Path TEMPLATES = Path.of("src/main/jte");
    private static final Path SCRIPTS = Path.of("src/main/resources/static/scripts");
    private static final Pattern HAN = Pattern.compile("\\p{IsHan}");
    private static final Pattern PLAIN_KEY = Pattern.compile("\\bt\\(\\s*\"([a-z0-9.-]+)\"\\s*[,)]");
    private static final Pattern COMMENT = Pattern.compile("<%--.*?--%>|/\\*.*?\\*/|(?m)//.*?$", Pattern.DOTALL);

    @Test
    void bothLanguagesHaveTheSameKeys() throws IOException {
        Set<String> chinese = keys("zh");
        Set<String> english = keys("en");
        assertThat(chinese).hasSizeGreaterThan(100);
        assertThat(english).isEqualTo(chinese);
    }

    @Test
    void bothLanguagesFillTheSamePlaces() throws IOException {
        Properties chinese = texts("zh");
        Properties english = texts("en");
        for (String key : chinese.stringPropertyNames()) {
            assertThat(places(english.getProperty(key))).as(key).isEqualTo(places(chinese.getProperty(key)));
        }
    }

    @Test
    void everyKeyOfATemplateExists() throws IOException {
        Set<String> known = keys("zh");
        List<String> missing = new ArrayList<>();
        int used = 0;
        for (Path file : files(TEMPLATES, ".jte")) {
            Matcher key = PLAIN_KEY.matcher(Files.readString(file));
            while (key.find()) {
                used++;
                if (!known.contains(key.group(1))) {
                    missing.add(file + ": " + key.group(1));
                }
            }
        }
        assertThat(used).isGreaterThan(50);
        assertThat(missing).isEmpty();
    }

    @Test
    void templatesAndScriptsHoldNoChinese() throws IOException {
        List<String> found = new ArrayList<>();
        for (Path file : Stream.concat(files(TEMPLATES, ".jte").stream(), files(SCRIPTS, ".js").stream())
                .toList()) {
            String text = COMMENT.matcher(Files.readString(file)).replaceAll("");
            text.lines()
                    .filter(line -> HAN.matcher(line).find())
                    .forEach(line -> found.add(file + ": " + line.strip()));
        }
        assertThat(found).isEmpty();
    }

    @Test
    void aHardCodedWordIsFound() {
        assertThat(HAN.matcher("<p>登记册</p>").find()).isTrue();
    }

    private static Set<String> places(String text) {
        Set<String> places = new TreeSet<>();
        Matcher place = Pattern.compile("\\{(\\d)").matcher(text == null ? "" : text);
        while (place.find()) {
            places.add(place.group(1));
        }
        return places;
    }

    private static Set<String> keys(String language) throws IOException {
        return new TreeSet<>(texts(language).stringPropertyNames());
    }

    private static Properties texts(String language) throws IOException {
        Properties all = new Properties();
        for (Path file : files(MESSAGES, "." + language + ".properties")) {
            Properties one = new Properties();
            try (Reader reader = Files.newBufferedReader(file)) {
                one.load(reader);
            }
            one.forEach((key, text) ->
                    assertThat(all.put(key, text)).as("%s twice", key).isNull());
        }
        return all;
    }

    private static List<Path> files(Path root, String ending) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(path -> path.toString().endsWith(ending)).sorted().toList();
        }
    }
}
