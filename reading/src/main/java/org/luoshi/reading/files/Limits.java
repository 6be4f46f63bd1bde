package org.luoshi.reading.files;

/**
 * How much is read at most. A long work report has 35,000 characters; the limits leave room for anything an office sends
 * and keep one file within a heap of 256 MB.
 */
final class Limits {
    /** Of any file. */
    static final int FILE_BYTES = 100 << 20;

    /** Of a file that is text itself. */
    static final int TEXT_BYTES = 20 << 20;

    /** Of the text that comes out of a file, in UTF-16 units. */
    static final int TEXT_CHARS = 10_000_000;

    static final int ZIP_ENTRIES = 10_000;

    /** Of one part that is read out of a zip. */
    static final long ZIP_PART_BYTES = 64L << 20;

    /** Of all parts that are read out of a zip together. */
    static final long ZIP_TOTAL_BYTES = 160L << 20;

    /** Unpacked to packed size of a part, looked at once {@link #ZIP_RATIO_FROM} bytes have come out. */
    static final long ZIP_RATIO = 200;

    static final long ZIP_RATIO_FROM = 8L << 20;

    /** Of one packed stream of a PDF, pictures left out. */
    static final long PDF_STREAM_BYTES = 48L << 20;

    static final int PDF_PAGES = 5_000;

    /** Drawing commands of a whole PDF. */
    static final int PDF_OPERATORS = 20_000_000;

    /** Calls of forms and pictures in a whole PDF: forms that call each other can multiply without end. */
    static final int PDF_CALLS = 20_000;

    private Limits() {}
}
