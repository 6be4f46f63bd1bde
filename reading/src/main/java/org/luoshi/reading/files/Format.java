package org.luoshi.reading.files;

/** The kinds of file that can be read, as their content tells. */
public enum Format {
    DOCX("docx"),
    DOC("doc"),
    PDF("pdf"),
    OFD("ofd"),
    HTML("html"),
    TXT("txt");

    private final String extension;

    Format(String extension) {
        this.extension = extension;
    }

    /** The usual extension without a dot, also the key of the format in messages and stored records. */
    public String extension() {
        return extension;
    }

    /** Whether a file name with this extension (lower case, no dot) promises this format. */
    boolean isNamedBy(String named) {
        return switch (this) {
            case DOCX -> named.equals("docx");
            case DOC -> named.equals("doc") || named.equals("wps");
            case PDF -> named.equals("pdf");
            case OFD -> named.equals("ofd");
            case HTML -> named.equals("html") || named.equals("htm") || named.equals("xhtml") || named.equals("shtml");
            case TXT -> named.equals("txt") || named.equals("text") || named.equals("md");
        };
    }
}
