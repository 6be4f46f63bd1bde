package org.luoshi.reading.files;

import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.Elements;
import org.jsoup.select.NodeVisitor;
import org.jspecify.annotations.Nullable;

/** The main text of a web page, as government sites publish reports. */
final class HtmlText {
    /** Nothing here is text of the page's matter. */
    private static final String FURNITURE =
            "script,style,noscript,template,del,iframe,object,svg,form,select,button,nav,header,"
                    + "footer,aside,[hidden],[aria-hidden=true],[style*=display:none],[style*='display: none'],"
                    + "[class~=(?i)^(nav|menu|footer|header|breadcrumb|crumbs?|sidebar|share|pager|pagination|copyright)$],"
                    + "[id~=(?i)^(nav|menu|footer|header|breadcrumb|sidebar|share|copyright)$]";

    /** Where site systems in use by governments put the article, the most exact first. */
    private static final String[] ARTICLES = {
        ".TRS_Editor", "#UCAP-CONTENT", "#zoom", "#zoomcon", ".article-content", ".pages_content", "article", "main"
    };

    private static final Set<String> BLOCKS = Set.of(
            "p",
            "div",
            "section",
            "article",
            "main",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "li",
            "ul",
            "ol",
            "dl",
            "dt",
            "dd",
            "tr",
            "table",
            "tbody",
            "thead",
            "blockquote",
            "pre",
            "hr",
            "figure",
            "figcaption",
            "caption",
            "center",
            "body",
            "td",
            "th",
            "br",
            "address",
            "fieldset");

    private HtmlText() {}

    static Extracted read(PlainText.Decoded decoded) throws Refusal {
        Document page = Jsoup.parse(decoded.text());
        String title = page.title().strip();
        page.select(FURNITURE).remove();
        Element body = mainOf(page);
        Lines lines = new Lines();
        Writer writer = new Writer(lines);
        body.traverse(writer);
        writer.flush();
        if (writer.refusal != null) {
            throw writer.refusal;
        }
        String text = lines.toString();
        if (text.isBlank()) {
            throw Refusal.of(FileRefused.Reason.EMPTY);
        }
        // The heading often stands outside the article; the page's title then tells it, before the site's name.
        String heading = title.split("[_|\\-–—]", 2)[0].strip();
        if (heading.length() >= 4
                && heading.length() <= 60
                && !text.substring(0, Math.min(text.length(), 400)).contains(heading)) {
            text = heading + "\n" + text;
        }
        return new Extracted(text, decoded.notes(), null);
    }

    private static Element mainOf(Document page) {
        for (String place : ARTICLES) {
            Elements found = page.select(place);
            Element longest = null;
            int length = 200;
            for (Element element : found) {
                int chars = element.text().length();
                if (chars > length) {
                    longest = element;
                    length = chars;
                }
            }
            if (longest != null) {
                return longest;
            }
        }
        return densest(page.body());
    }

    /**
     * Goes down as long as one child holds most of the text that is not in links: menus and lists of other articles are
     * links, the report is not.
     */
    private static Element densest(Element body) {
        Element here = body;
        long all = plainLength(here);
        while (true) {
            Element best = null;
            long most = 0;
            for (Element child : here.children()) {
                long plain = plainLength(child);
                if (plain > most) {
                    best = child;
                    most = plain;
                }
            }
            if (best == null
                    || most < 0.85 * all
                    || !best.tag().isBlock()
                    || best.tagName().equals("table")) {
                return here;
            }
            here = best;
        }
    }

    private static long plainLength(Element element) {
        long length = element.text().length();
        for (Element link : element.select("a")) {
            length -= link.text().length();
        }
        return length;
    }

    /** Gathers text into lines: one a block, one a table row with its cells parted by tabs. */
    private static final class Writer implements NodeVisitor {
        private final Lines lines;
        private final StringBuilder line = new StringBuilder();
        private int rows;
        private @Nullable Refusal refusal;

        Writer(Lines lines) {
            this.lines = lines;
        }

        @Override
        public void head(Node node, int depth) {
            if (node instanceof TextNode text) {
                append(text.getWholeText());
            } else if (node instanceof Element element && BLOCKS.contains(element.normalName())) {
                boundary(element, true);
            }
        }

        @Override
        public void tail(Node node, int depth) {
            if (node instanceof Element element && BLOCKS.contains(element.normalName())) {
                boundary(element, false);
            }
        }

        private void boundary(Element element, boolean opens) {
            String name = element.normalName();
            if (name.equals("tr")) {
                flush();
                rows += opens ? 1 : -1;
            } else if (rows == 0) {
                flush();
            } else if ((name.equals("td") || name.equals("th")) && opens && !line.isEmpty()) {
                int end = line.length() - 1;
                if (line.charAt(end) == ' ') {
                    line.setLength(end);
                }
                line.append('\t');
            }
        }

        private void append(String text) {
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                boolean space = c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\u00a0' || c == '\f';
                if (!space) {
                    if (c != '\u200b' && c != '\ufeff') {
                        line.append(c);
                    }
                } else if (!line.isEmpty() && " \t".indexOf(line.charAt(line.length() - 1)) < 0) {
                    line.append(' ');
                }
            }
        }

        void flush() {
            String text = line.toString().strip();
            line.setLength(0);
            try {
                lines.add(text);
            } catch (Refusal tooLong) {
                refusal = tooLong;
            }
        }
    }
}
