package org.luoshi.reading.files;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Changes files at random: bits, bytes, chunks, numbers and tags, on the outside or within a part of a zip. */
final class Mutation {
    private static final int[] SPECIAL = {0, 1, 0x7f, 0x80, 0xff, '<', '>', '&', '"', 0x0d, 0x13, 0x15};
    private static final String[] NUMBERS = {
        "0",
        "-1",
        "1",
        "65536",
        "2147483647",
        "-2147483648",
        "4294967296",
        "99999999999999999999",
        "1e308",
        "NaN",
        "%1",
        "x"
    };
    private static final Pattern NUMBER = Pattern.compile("\\d+");
    private static final Pattern TAG = Pattern.compile("<[^<>]{1,200}>");

    private final Random random;

    Mutation(long seed) {
        this.random = new Random(seed);
    }

    byte[] of(byte[] seed, byte[] other, boolean zip) {
        if (zip && random.nextInt(100) < 70) {
            return withinZip(seed);
        }
        return mutate(seed, other);
    }

    private byte[] withinZip(byte[] seed) {
        Map<String, byte[]> parts = unzip(seed);
        List<String> names = new ArrayList<>(parts.keySet());
        int changes = 1 + random.nextInt(2);
        for (int i = 0; i < changes; i++) {
            String name = names.get(random.nextInt(names.size()));
            byte[] part = parts.getOrDefault(name, new byte[0]);
            switch (random.nextInt(12)) {
                case 0 -> parts.remove(name);
                case 1 -> parts.put(names.get(random.nextInt(names.size())), part);
                default -> parts.put(name, mutate(part, part));
            }
        }
        return parts.isEmpty() ? seed : SampleFiles.zip(parts);
    }

    private byte[] mutate(byte[] seed, byte[] other) {
        byte[] bytes = seed.clone();
        int rounds = 1 + random.nextInt(3);
        for (int i = 0; i < rounds && bytes.length > 0; i++) {
            bytes = once(bytes, other);
        }
        return bytes;
    }

    private byte[] once(byte[] bytes, byte[] other) {
        int from = random.nextInt(bytes.length);
        int length = Math.min(bytes.length - from, 1 + random.nextInt(1 << random.nextInt(11)));
        switch (random.nextInt(10)) {
            case 0 -> {
                for (int i = 1 + random.nextInt(16); i > 0; i--) {
                    bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
                }
                return bytes;
            }
            case 1 -> {
                return Arrays.copyOf(bytes, from);
            }
            case 2 -> {
                return join(bytes, 0, from + length, bytes, from, bytes.length - from);
            }
            case 3 -> {
                return join(bytes, 0, from, bytes, from + length, bytes.length - from - length);
            }
            case 4 -> {
                Arrays.fill(bytes, from, from + Math.min(length, 8), (byte) SPECIAL[random.nextInt(SPECIAL.length)]);
                return bytes;
            }
            case 5 -> {
                int value = random.nextBoolean() ? random.nextInt() : 1 << random.nextInt(32);
                for (int i = 0; i < 4 && from + i < bytes.length; i++) {
                    bytes[from + i] = (byte) (value >>> 8 * i);
                }
                return bytes;
            }
            case 6 -> {
                int at = other.length == 0 ? 0 : random.nextInt(other.length);
                return join(bytes, 0, from, other, at, Math.min(length, other.length - at));
            }
            case 7 -> {
                byte[] all = bytes;
                for (int i = random.nextInt(9); i > 0 && all.length < 200_000; i--) {
                    all = join(all, 0, from + length, all, from, all.length - from);
                }
                return all;
            }
            case 8 -> {
                return replaced(bytes, NUMBER, NUMBERS[random.nextInt(NUMBERS.length)]);
            }
            default -> {
                return tag(bytes);
            }
        }
    }

    private byte[] replaced(byte[] bytes, Pattern what, String with) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        List<MatchResult> found = what.matcher(text).results().limit(500).toList();
        if (found.isEmpty()) {
            return bytes;
        }
        MatchResult one = found.get(random.nextInt(found.size()));
        return (text.substring(0, one.start()) + with + text.substring(one.end()))
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Takes a tag away, or puts another in its place, or stands it there many times over. */
    private byte[] tag(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        List<MatchResult> tags = TAG.matcher(text).results().limit(500).toList();
        if (tags.isEmpty()) {
            return bytes;
        }
        String with = switch (random.nextInt(3)) {
            case 0 -> "";
            case 1 -> tags.get(random.nextInt(tags.size())).group();
            default -> tags.get(random.nextInt(tags.size())).group().repeat(1 + random.nextInt(2000));
        };
        MatchResult one = tags.get(random.nextInt(tags.size()));
        return (text.substring(0, one.start()) + with + text.substring(one.end()))
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] join(byte[] a, int fromA, int lengthA, byte[] b, int fromB, int lengthB) {
        byte[] out = new byte[lengthA + lengthB];
        System.arraycopy(a, fromA, out, 0, lengthA);
        System.arraycopy(b, fromB, out, lengthA, lengthB);
        return out;
    }

    private static Map<String, byte[]> unzip(byte[] zip) {
        Map<String, byte[]> parts = new LinkedHashMap<>();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                parts.put(entry.getName(), in.readAllBytes());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return parts;
    }
}
