package org.luoshi.server.matters;

import java.time.LocalDate;
import java.util.List;
import org.luoshi.server.accounts.User;
import org.luoshi.server.web.Words;

/** What waits for a person beside matters; 我的事项 shows it too, so that there is one page for all that waits. */
public interface AlsoWaiting {

    /**
     * A line of the inbox.
     *
     * @param ask what is to be done
     * @param address where it is done
     */
    record Line(String title, String ask, LocalDate due, String meta, String address) {}

    /** What waits for a person, the most urgent first. */
    List<Line> listWaiting(User user, LocalDate today, Words words);
}
