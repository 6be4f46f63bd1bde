package org.luoshi.reading.files;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Collections;
import java.util.TreeMap;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a zip, unpacked one by one on demand and only into memory. Counts what comes out, so that a small file
 * cannot grow without bound, and checks each part's checksum, so that damage is not taken for text.
 */
final class ZipParts implements AutoCloseable {
    private final ZipFile zip;
    private final TreeMap<String, ZipArchiveEntry> entries = new TreeMap<>();
    private long unpacked;

    private ZipParts(ZipFile zip) {
        this.zip = zip;
        // Office programs take the first of two entries with one name; names are compared without case.
        for (ZipArchiveEntry entry : Collections.list(zip.getEntries())) {
            entries.putIfAbsent(key(entry.getName()), entry);
        }
    }

    static ZipParts open(byte[] bytes) throws Refusal {
        int headers = countCentralHeaders(bytes);
        if (headers > Limits.ZIP_ENTRIES) {
            throw Refusal.of(FileRefused.Reason.BOMB, "part", headers + " entries");
        }
        try {
            return new ZipParts(ZipFile.builder()
                    .setSeekableByteChannel(new SeekableInMemoryByteChannel(bytes))
                    .get());
        } catch (IOException | RuntimeException e) {
            throw Refusal.damaged("zip-structure");
        }
    }

    boolean has(String name) {
        return entries.containsKey(key(name));
    }

    boolean hasPartEndingIn(String suffix) {
        return entries.keySet().stream().anyMatch(name -> name.endsWith(suffix));
    }

    /** The bytes of a part, null where there is none. */
    byte @Nullable [] find(String name) throws Refusal {
        ZipArchiveEntry entry = entries.get(key(name));
        if (entry == null) {
            return null;
        }
        if (entry.getGeneralPurposeBit().usesEncryption()) {
            throw Refusal.of(FileRefused.Reason.ENCRYPTED);
        }
        try (InputStream in = zip.getInputStream(entry)) {
            return unpack(entry, in);
        } catch (IOException | RuntimeException e) {
            throw Refusal.damaged("zip-structure");
        }
    }

    byte[] get(String name) throws Refusal {
        byte[] part = find(name);
        if (part == null) {
            throw Refusal.damaged("part-missing");
        }
        return part;
    }

    private byte[] unpack(ZipArchiveEntry entry, InputStream in) throws IOException, Refusal {
        long packed = Math.max(1, entry.getCompressedSize());
        byte[] out = new byte[(int) Math.clamp(entry.getSize(), 1024L, 1L << 20)];
        int length = 0;
        while (true) {
            if (length == out.length) {
                out = Arrays.copyOf(out, out.length * 2);
            }
            int read = in.read(out, length, out.length - length);
            if (read < 0) {
                break;
            }
            length += read;
            boolean swollen = length > Limits.ZIP_RATIO_FROM && length / packed > Limits.ZIP_RATIO;
            if (swollen || length > Limits.ZIP_PART_BYTES || unpacked + length > Limits.ZIP_TOTAL_BYTES) {
                throw Refusal.of(FileRefused.Reason.BOMB, "part", entry.getName());
            }
        }
        unpacked += length;
        CRC32 crc = new CRC32();
        crc.update(out, 0, length);
        if (crc.getValue() != entry.getCrc()) {
            throw Refusal.damaged("checksum");
        }
        return length == out.length ? out : Arrays.copyOf(out, length);
    }

    private static String key(String name) {
        String plain = name.replace('\\', '/').toLowerCase(java.util.Locale.ROOT);
        return plain.startsWith("/") ? plain.substring(1) : plain;
    }

    /** Entries are counted before the directory is parsed, for the parser keeps an object for each. */
    private static int countCentralHeaders(byte[] bytes) {
        int count = 0;
        for (int i = 0; i + 3 < bytes.length; i++) {
            if (bytes[i] == 'P' && bytes[i + 1] == 'K' && bytes[i + 2] == 1 && bytes[i + 3] == 2) {
                count++;
                i += 45;
            }
        }
        return count;
    }

    @Override
    public void close() {
        try {
            zip.close();
        } catch (IOException e) {
            throw new IllegalStateException("A zip in memory cannot fail to close", e);
        }
    }
}
