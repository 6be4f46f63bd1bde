package org.luoshi.server.matters;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.luoshi.server.web.Words;

/** Where else a matter is spoken of, told by the modules that speak of it; the page of the matter shows the way there. */
public interface Mentions {
    /** A place: its address in the application and what it is, in the reader's language. */
    record Mention(String address, String sentence) {}

    /** The places up to a day, or all, that the person who asks may see, the newest first. */
    List<Mention> of(long matter, Words words, @Nullable LocalDate until);
}
