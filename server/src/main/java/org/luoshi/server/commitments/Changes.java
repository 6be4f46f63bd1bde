package org.luoshi.server.commitments;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.luoshi.server.commitments.Commitment.Content;

/** What differs between two versions of a commitment, by the names of fields that pages and journal use. */
final class Changes {
    private static final Map<String, Function<Commitment, @Nullable Object>> FIELDS = fields();

    private Changes() {}

    private static Map<String, Function<Commitment, @Nullable Object>> fields() {
        Map<String, Function<Commitment, @Nullable Object>> fields = new java.util.LinkedHashMap<>();
        fields.put("state", Commitment::state);
        fields.put("what", c -> c.content().what());
        fields.put("due", c -> c.content().due());
        fields.put("lead", c -> c.content().lead());
        fields.put("joint", c -> c.content().joint());
        fields.put("targets", c -> c.content().targets());
        fields.put("theme", c -> c.content().theme() + "/" + c.content().subtheme());
        fields.put("passage", Commitment::passage);
        return fields;
    }

    /** Names of the fields that differ, in the order of the form. */
    static List<String> fields(Commitment before, Commitment after) {
        List<String> changed = new ArrayList<>();
        FIELDS.forEach((name, value) -> {
            if (!Objects.equals(value.apply(before), value.apply(after))) {
                changed.add(name);
            }
        });
        return changed;
    }

    static List<String> fields(Content before, Content after) {
        List<String> changed = new ArrayList<>();
        if (!before.what().equals(after.what())) {
            changed.add("what");
        }
        if (!Objects.equals(before.due(), after.due())) {
            changed.add("due");
        }
        if (!Objects.equals(before.lead(), after.lead())) {
            changed.add("lead");
        }
        if (!before.joint().equals(after.joint())) {
            changed.add("joint");
        }
        if (!figures(before).equals(figures(after))) {
            changed.add("targets");
        }
        if (!before.theme().equals(after.theme()) || !before.subtheme().equals(after.subtheme())) {
            changed.add("theme");
        }
        return changed;
    }

    private static List<List<@Nullable Object>> figures(Content content) {
        List<List<@Nullable Object>> figures = new ArrayList<>();
        for (Commitment.Target t : content.targets()) {
            List<@Nullable Object> figure = new ArrayList<>();
            figure.add(t.indicator());
            figure.add(t.op());
            figure.add(t.value() == null ? null : t.value().stripTrailingZeros());
            figure.add(t.value2() == null ? null : t.value2().stripTrailingZeros());
            figure.add(t.unit());
            figure.add(t.basis());
            figure.add(t.stretch());
            figures.add(figure);
        }
        return figures;
    }

    /** The values of some fields, for the journal. */
    static Map<String, @Nullable Object> values(Commitment of, List<String> names) {
        Map<String, @Nullable Object> values = new HashMap<>();
        FIELDS.forEach((name, value) -> {
            if (names.contains(name)) {
                values.put(name, value.apply(of));
            }
        });
        return values;
    }
}
