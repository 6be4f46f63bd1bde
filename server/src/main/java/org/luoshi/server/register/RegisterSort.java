package org.luoshi.server.register;

import java.util.Locale;
import java.util.Optional;

/** The columns that the register can be sorted by; the only way from a request to an {@code order by}. */
public enum RegisterSort {
    /** The newest year first, whichever way its numbers run. */
    NUMBER("", "c.year desc, c.number %1$s"),
    WHAT("", "c.what collate \"zh-x-icu\" %1$s"),
    LEAD("left join place lp on lp.unit = c.lead", "lp.n %1$s nulls last"),
    JOINT("""
            left join (select j.commitment, min(jp.n) as n, count(*) as many
                       from commitment_joint j join place jp on jp.unit = j.unit group by j.commitment) js
              on js.commitment = c.id""", "js.n %1$s nulls last, js.many %1$s"),
    DUE("", "c.due %1$s nulls last, c.number"),
    THEME("", "c.theme %1$s, c.subtheme %1$s, c.number %1$s"),
    SOURCE("", "c.document %1$s, c.span_start %1$s"),
    LEADER("left join person sp on sp.id = c.leader", "sp.name collate \"zh-x-icu\" %1$s nulls last");

    private final String join;
    private final String order;

    RegisterSort(String join, String order) {
        this.join = join;
        this.order = order;
    }

    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<RegisterSort> find(String key) {
        for (RegisterSort sort : values()) {
            if (sort.key().equals(key)) {
                return Optional.of(sort);
            }
        }
        return Optional.empty();
    }

    /** Whether the sort needs the units' places in their tree, as the common table {@code place (unit, n)}. */
    boolean needsPlaces() {
        return this == LEAD || this == JOINT;
    }

    String join() {
        return join;
    }

    String order(boolean descending) {
        return order.formatted(descending ? "desc" : "asc") + ", c.id " + (descending ? "desc" : "asc");
    }
}
