package org.luoshi.reading.segments;

import java.util.List;
import org.luoshi.reading.Outline;
import org.luoshi.reading.Outline.Section;
import org.luoshi.reading.Span;
import org.luoshi.reading.outline.Stops;

/** Where each segment of a text stands: its line, its section, the role of that section, and what was said before. */
final class Layout {
    /** Role of segments before the first section. */
    static final int FRONT = Outline.Role.values().length;

    static final int ROLES = FRONT + 1;

    static final int NO_HEADING = 7;

    static final int SHORTCOMINGS = 1;
    static final int AIMS = 2;
    static final int APPEAL = 4;
    static final int GUIDING = 8;
    static final int THANKS = 16;

    private static final String[] SHORTCOMING_WORDS = {"清醒", "不少困难", "困难和问题", "问题和不足", "存在不少", "短板"};
    private static final String[] AIM_WORDS = {"目标是", "目标为", "预期目标", "主要目标"};
    private static final String[] APPEAL_WORDS = {"让我们"};
    private static final String[] GUIDING_WORDS = {"总体要求", "总的要求", "指导思想", "总体思路"};
    private static final String[] THANKS_WORDS = {"感谢", "致以", "敬意"};

    final String text;
    final int size;
    final int[] start;
    final int[] end;
    final byte[] role;
    /** Depth of the heading that the segment begins with, or {@link #NO_HEADING}. */
    final byte[] heading;
    /** The segment is nothing but a heading that ends its line. */
    final boolean[] bare;
    /** Depth of the innermost section around the segment. */
    final byte[] depth;
    /** Segments since the last heading, at most 15. */
    final byte[] sinceHeading;
    /** Segments since the line began, at most 15. */
    final byte[] sinceLine;
    /** The next segment stands on another line. */
    final boolean[] lastOfLine;
    /** What the line said before the segment: {@link #SHORTCOMINGS} and the others as bits. */
    final byte[] said;
    /** Index of the first segment of the line. */
    final int[] lineFirst;
    /** Innermost section of depth 2 or less, -1 outside. */
    final int[] section;
    /** Short, without figures and lists, as topic sentences are. */
    final boolean[] terse;
    /** Segments back and forth to the next terse one of the same section, at most 15. */
    final byte[] terseBack;

    final byte[] terseOn;
    /** Segments of the line, at most 31. */
    final byte[] lineSize;
    /** Mean length of the segments of the same role, in classes of 8 characters, at most 15. */
    final byte[] pace;

    Layout(String text, List<Span> spans, Outline outline) {
        this.text = text;
        size = spans.size();
        start = new int[size];
        end = new int[size];
        role = new byte[size];
        heading = new byte[size];
        bare = new boolean[size];
        depth = new byte[size];
        sinceHeading = new byte[size];
        sinceLine = new byte[size];
        lastOfLine = new boolean[size];
        said = new byte[size];
        lineFirst = new int[size];
        section = new int[size];
        terse = new boolean[size];
        terseBack = new byte[size];
        terseOn = new byte[size];
        lineSize = new byte[size];
        pace = new byte[size];
        for (int i = 0; i < size; i++) {
            start[i] = spans.get(i).start();
            end[i] = spans.get(i).end();
        }
        lines();
        sections(outline.sections());
        rhythm();
    }

    private void rhythm() {
        long[] lengths = new long[ROLES];
        int[] counts = new int[ROLES];
        int back = 15;
        for (int i = 0; i < size; i++) {
            lengths[role[i]] += end[i] - start[i];
            counts[role[i]]++;
            terse[i] = isTerse(i);
            if (i > 0 && section[i] != section[i - 1]) {
                back = 15;
            }
            terseBack[i] = (byte) back;
            back = terse[i] ? 1 : Math.min(15, back + 1);
        }
        int on = 15;
        int inLine = 0;
        for (int i = size - 1; i >= 0; i--) {
            if (i + 1 < size && section[i] != section[i + 1]) {
                on = 15;
            }
            terseOn[i] = (byte) on;
            on = terse[i] ? 1 : Math.min(15, on + 1);
            inLine = lastOfLine[i] ? Math.min(31, i - lineFirst[i] + 1) : inLine;
            lineSize[i] = (byte) inLine;
            pace[i] = (byte) Math.min(15, lengths[role[i]] / counts[role[i]] / 8);
        }
    }

    private boolean isTerse(int i) {
        if (end[i] - start[i] > 22) {
            return false;
        }
        int lists = 0;
        for (int at = start[i]; at < end[i]; at++) {
            char c = text.charAt(at);
            lists += c == '、' ? 1 : 0;
            if ((c >= '0' && c <= '9') || c == '*' || c == '《' || lists > 1) {
                return false;
            }
        }
        return true;
    }

    private void lines() {
        int since = 0;
        int words = 0;
        int before = 0;
        for (int i = 0; i < size; i++) {
            boolean newLine = i == 0 || breaksLine(end[i - 1], start[i]);
            if (newLine) {
                if (i > 0) {
                    lastOfLine[i - 1] = true;
                }
                since = 0;
                before = words;
                words = 0;
            }
            lineFirst[i] = newLine ? i : lineFirst[i - 1];
            sinceLine[i] = (byte) Math.min(15, since++);
            int now = words | cues(i);
            // Shortcomings and aims may be listed below their line.
            said[i] = (byte) (now | (before & (SHORTCOMINGS | AIMS)) << 5);
            words = now;
        }
        if (size > 0) {
            lastOfLine[size - 1] = true;
        }
    }

    private boolean breaksLine(int from, int to) {
        for (int i = from; i < to; i++) {
            if (Stops.isLineEnd(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    private int cues(int i) {
        int from = start[i];
        int to = Math.min(end[i], from + Features.HEAD);
        return (has(from, to, SHORTCOMING_WORDS) ? SHORTCOMINGS : 0)
                | (has(from, to, AIM_WORDS) ? AIMS : 0)
                | (has(from, to, APPEAL_WORDS) ? APPEAL : 0)
                | (has(from, to, GUIDING_WORDS) ? GUIDING : 0)
                | (has(from, to, THANKS_WORDS) ? THANKS : 0);
    }

    private boolean has(int from, int to, String[] words) {
        for (String word : words) {
            if (text.indexOf(word, from, to) >= 0) {
                return true;
            }
        }
        return false;
    }

    private void sections(List<Section> sections) {
        int next = 0;
        int current = -1;
        int top = -1;
        int since = 15;
        for (int i = 0; i < size; i++) {
            heading[i] = NO_HEADING;
            while (next < sections.size() && sections.get(next).heading().start() < end[i]) {
                Section section = sections.get(next);
                current = next;
                top = section.depth() <= 2 ? next : top;
                since = 0;
                if (section.heading().start() >= start[i] && heading[i] == NO_HEADING) {
                    heading[i] = (byte) section.depth();
                    bare[i] = section.heading().end() >= end[i];
                }
                next++;
            }
            role[i] = (byte) (current < 0 ? FRONT : sections.get(current).role().ordinal());
            depth[i] = (byte) (current < 0 ? NO_HEADING : sections.get(current).depth());
            section[i] = top;
            sinceHeading[i] = (byte) Math.min(15, since++);
        }
    }
}
