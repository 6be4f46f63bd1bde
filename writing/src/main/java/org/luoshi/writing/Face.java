package org.luoshi.writing;

/**
 * A type face and its size by GB/T 9704-2012. Only the names go into a document: the readers' Word has the fonts.
 *
 * @param chinese font of Chinese characters
 * @param latin font of letters and digits
 * @param halfPoints size in half points
 */
record Face(String chinese, String latin, int halfPoints) {
    private static final String SONG = "宋体";
    private static final String TIMES = "Times New Roman";

    static final Face TITLE = new Face("方正小标宋简体", TIMES, 44);
    static final Face BODY = new Face("仿宋_GB2312", TIMES, 32);
    static final Face LEVEL_1 = new Face("黑体", TIMES, 32);
    static final Face TABLE_HEAD = new Face("黑体", TIMES, 22);
    static final Face TABLE = new Face("仿宋_GB2312", TIMES, 22);
    static final Face TABLE_NOTE = new Face("楷体_GB2312", TIMES, 24);
    static final Face PAGE_NUMBER = new Face(SONG, SONG, 28);

    /** Run properties: each of Word's four font slots is named, else it falls back to a font of its theme. */
    String properties() {
        return "<w:rPr><w:rFonts w:ascii=\"" + latin + "\" w:hAnsi=\"" + latin + "\" w:eastAsia=\"" + chinese
                + "\" w:cs=\"" + latin + "\"/><w:sz w:val=\"" + halfPoints + "\"/><w:szCs w:val=\"" + halfPoints
                + "\"/></w:rPr>";
    }
}
