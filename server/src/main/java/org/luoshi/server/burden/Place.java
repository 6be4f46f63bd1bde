package org.luoshi.server.burden;

import java.util.Locale;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/**
 * Where the answer to a field already stands, or perhaps stands.
 *
 * @param line which line of the request repeats it
 * @param period of the request for which it does
 * @param units the units for which it does
 * @param id the request, entry or matter
 * @param field the field of that request; null in the register and in matters
 * @param name what it is called there
 * @param unit who asked there, or who leads the entry or matter
 * @param exact whether it is the same; else a person has to say
 * @param answered whether all these units have answered there
 */
public record Place(
        int line,
        Period period,
        SequencedSet<Long> units,
        Where where,
        long id,
        @Nullable Long field,
        String name,
        String title,
        String number,
        @Nullable Long unit,
        boolean exact,
        boolean answered,
        Doubt doubt) {

    /** Where it stands. */
    public enum Where {
        REQUEST,
        REGISTER,
        MATTER;

        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Why it is only perhaps the same. */
    public enum Doubt {
        NONE,
        NAME,
        PERIOD,
        MEASURE,
        KIND;

        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
