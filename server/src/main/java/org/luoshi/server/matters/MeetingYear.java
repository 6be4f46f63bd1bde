package org.luoshi.server.matters;

import java.util.List;
import java.util.Map;
import org.luoshi.server.accounts.User;

/** Plays the meetings of a year that lies in a pack; told by the module of meetings. */
public interface MeetingYear {
    /** Calls a meeting. {@code said}: title, series, day, hour, place, chair. */
    void begin(User by, Map<String, String> said, List<Long> units);

    void open(User by, String title);

    /** Writes down what was said about a matter, by its title, or about something else. */
    void note(User by, String title, String about, String text);

    /**
     * Decides something about a matter, by its title, or about something else.
     *
     * @param typed title, lead, joint, due of the decision
     * @return the matter that the decision became
     */
    long decide(User by, String title, String about, Map<String, String> typed, String request);

    void close(User by, String title);
}
