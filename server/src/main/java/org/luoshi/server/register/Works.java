package org.luoshi.server.register;

import java.util.List;
import org.luoshi.server.web.Words;

/** What is being done about an entry, told by the module that has it done. */
public interface Works {
    /**
     * A piece of work.
     *
     * @param light key of its light
     * @param state its state in the reader's language
     */
    record Work(long id, String number, String title, String light, String state) {}

    /** The work on an entry that the person who asks may see. */
    List<Work> list(long entry, Words words);
}
