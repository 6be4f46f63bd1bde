package org.luoshi.writing;

import java.util.Locale;
import java.util.Optional;

/** The kinds of file that a table can be written as. */
public enum TableFormat {
    DOCX,
    XLSX,
    CSV,
    JSON;

    /** By a file's extension, without regard to case. */
    public static Optional<TableFormat> findByName(String fileName) {
        int dot = fileName.lastIndexOf('.');
        String extension = dot < 0 ? "" : fileName.substring(dot + 1).toUpperCase(Locale.ROOT);
        for (TableFormat format : values()) {
            if (format.name().equals(extension)) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }

    /** Lower case, without a dot. */
    public String extension() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String mediaType() {
        return switch (this) {
            case DOCX -> "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
            case XLSX -> "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
            case CSV -> "text/csv; charset=utf-8";
            case JSON -> "application/json";
        };
    }
}
