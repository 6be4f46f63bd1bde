package org.luoshi.server.documents;

import java.util.Collection;
import java.util.Map;
import org.luoshi.reading.Reading;
import org.luoshi.server.audit.Journal;

/** Takes in what the reader found in a document. */
public interface Harvest {

    /**
     * Stores the commitments of a reading, within the transaction that stores the document's text.
     *
     * @return how many were stored
     */
    int bringIn(long document, Reading reading, Journal.Acts acts);

    /** How far the review of each document is; a document without commitments is missing from the answer. */
    Map<Long, Progress> progress(Collection<Long> documents);

    /**
     * How far a review is.
     *
     * @param all commitments of the document, merged ones left out
     * @param reviewed those accepted, rejected or registered
     * @param doubtful those still to be reviewed that a person should look at first
     * @param registered those in the register
     */
    record Progress(int all, int reviewed, int doubtful, int registered) {
        public static final Progress NONE = new Progress(0, 0, 0, 0);

        public int percent() {
            return all == 0 ? 0 : (int) Math.floor(100.0 * reviewed / all);
        }
    }
}
