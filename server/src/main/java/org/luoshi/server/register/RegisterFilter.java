package org.luoshi.server.register;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

/**
 * What is looked for in the register. Conditions of different dimensions all hold; of several values in one dimension
 * at least one holds. A filter and its query string are two forms of one thing, so that every list has an address.
 *
 * @param units ids; each stands for its subtree and for what was merged into it
 * @param part whether the units lead, join in, or either
 * @param themes keys of the taxonomy, {@code theme} or {@code theme/subtheme}
 * @param due null for any deadline
 * @param states what is complete or missing, see {@link State}
 * @param documents ids of source documents
 * @param years years of the tasks
 * @param text words, all of which must be found; empty for any text
 */
public record RegisterFilter(
        SequencedSet<Long> units,
        Part part,
        SequencedSet<String> themes,
        @Nullable Due due,
        SequencedSet<State> states,
        SequencedSet<Long> documents,
        SequencedSet<Integer> years,
        String text) {

    /** How a unit takes part. */
    public enum Part {
        ANY,
        LEAD,
        JOINT;

        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** One kind of condition, with its name in the address. */
    public enum Dimension {
        YEAR("year"),
        UNIT("unit"),
        THEME("theme"),
        DUE("due"),
        STATE("state"),
        SOURCE("source"),
        TEXT("q");

        private final String parameter;

        Dimension(String parameter) {
            this.parameter = parameter;
        }

        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        public String parameter() {
            return parameter;
        }

        public static Optional<Dimension> find(String key) {
            return find(values(), key);
        }

        private static <E extends Enum<E>> Optional<E> find(E[] values, String key) {
            for (E value : values) {
                if (value.name().replace('_', '-').equalsIgnoreCase(key)) {
                    return Optional.of(value);
                }
            }
            return Optional.empty();
        }
    }

    /** What an entry has or lacks; an entry may be in several states. */
    public enum State {
        COMPLETE,
        NO_LEAD,
        NO_DUE,
        MASKED,
        SPLIT,
        SPLIT_OFF;

        public String key() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** When something is due. */
    public sealed interface Due {
        /** A range that moves with the calendar. */
        enum Span implements Due {
            OVERDUE,
            MONTH,
            QUARTER,
            YEAR,
            NONE;

            public String key() {
                return name().toLowerCase(Locale.ROOT);
            }
        }

        /** From a day to a day, both included; null where one end is open. */
        record Between(@Nullable LocalDate from, @Nullable LocalDate to) implements Due {}
    }

    /**
     * A value that no filter understands.
     *
     * @param parameter its name in the address
     */
    public record Fault(String parameter, String value) {}

    public static final RegisterFilter ALL = new RegisterFilter(
            new LinkedHashSet<>(),
            Part.ANY,
            new LinkedHashSet<>(),
            null,
            new LinkedHashSet<>(),
            new LinkedHashSet<>(),
            new LinkedHashSet<>(),
            "");

    /** Reads a filter from the parameters of a request; what cannot be understood goes to {@code faults}. */
    public static RegisterFilter of(MultiValueMap<String, String> parameters, Consumer<Fault> faults) {
        SequencedSet<Long> units = new LinkedHashSet<>();
        SequencedSet<Long> documents = new LinkedHashSet<>();
        SequencedSet<Integer> years = new LinkedHashSet<>();
        SequencedSet<State> states = new LinkedHashSet<>();
        numbers(parameters, "unit", faults).forEach(units::add);
        numbers(parameters, "source", faults).forEach(documents::add);
        // As other pages name it.
        numbers(parameters, "document", faults).forEach(documents::add);
        numbers(parameters, "year", faults).forEach(year -> years.add(Math.toIntExact(year)));
        for (String key : values(parameters, "state")) {
            Dimension.find(State.values(), key)
                    .ifPresentOrElse(states::add, () -> faults.accept(new Fault("state", key)));
        }
        String part = first(parameters, "part");
        Optional<Part> found = Dimension.find(Part.values(), part.isEmpty() ? "any" : part);
        if (found.isEmpty()) {
            faults.accept(new Fault("part", part));
        }
        return new RegisterFilter(
                units,
                found.orElse(Part.ANY),
                new LinkedHashSet<>(values(parameters, "theme")),
                due(parameters, faults),
                states,
                documents,
                years,
                first(parameters, "q").strip());
    }

    /** Reads a filter from a query string, the form in which views keep it. */
    public static RegisterFilter of(String query, Consumer<Fault> faults) {
        return of(parse(query), faults);
    }

    /** A query string as parameters. */
    static MultiValueMap<String, String> parse(String query) {
        MultiValueMap<String, String> parameters = new LinkedMultiValueMap<>();
        for (String pair : query.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.add(
                        pair.substring(0, equals),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return parameters;
    }

    private static @Nullable Due due(MultiValueMap<String, String> parameters, Consumer<Fault> faults) {
        String key = first(parameters, "due");
        if (!key.isEmpty()) {
            Optional<Due.Span> span = Dimension.find(Due.Span.values(), key);
            if (span.isEmpty()) {
                faults.accept(new Fault("due", key));
            }
            return span.orElse(null);
        }
        LocalDate from = day(parameters, "from", faults);
        LocalDate to = day(parameters, "to", faults);
        return from == null && to == null ? null : new Due.Between(from, to);
    }

    private static @Nullable LocalDate day(
            MultiValueMap<String, String> parameters, String name, Consumer<Fault> faults) {
        String value = first(parameters, name);
        if (value.isEmpty()) {
            return null;
        }
        try {
            return LocalDate.parse(value);
        } catch (DateTimeParseException e) {
            faults.accept(new Fault(name, value));
            return null;
        }
    }

    private static List<Long> numbers(MultiValueMap<String, String> parameters, String name, Consumer<Fault> faults) {
        List<Long> numbers = new ArrayList<>();
        for (String value : values(parameters, name)) {
            if (value.matches("\\d{1,9}")) {
                numbers.add(Long.valueOf(value));
            } else {
                faults.accept(new Fault(name, value));
            }
        }
        return numbers;
    }

    private static List<String> values(MultiValueMap<String, String> parameters, String name) {
        List<String> values = parameters.get(name);
        return values == null
                ? List.of()
                : values.stream().map(String::strip).filter(v -> !v.isEmpty()).toList();
    }

    private static String first(MultiValueMap<String, String> parameters, String name) {
        List<String> values = values(parameters, name);
        return values.isEmpty() ? "" : values.getFirst();
    }

    /** The dimensions that narrow the list, in the order of the filter bar. */
    public List<Dimension> used() {
        List<Dimension> used = new ArrayList<>();
        for (Dimension dimension : Dimension.values()) {
            if (uses(dimension)) {
                used.add(dimension);
            }
        }
        return used;
    }

    public boolean uses(Dimension dimension) {
        return switch (dimension) {
            case YEAR -> !years.isEmpty();
            case UNIT -> !units.isEmpty();
            case THEME -> !themes.isEmpty();
            case DUE -> due != null;
            case STATE -> !states.isEmpty();
            case SOURCE -> !documents.isEmpty();
            case TEXT -> !text.isEmpty();
        };
    }

    public boolean isAll() {
        return used().isEmpty();
    }

    /** The same filter with one dimension left open. */
    public RegisterFilter without(Dimension dimension) {
        return switch (dimension) {
            case YEAR -> new RegisterFilter(units, part, themes, due, states, documents, new LinkedHashSet<>(), text);
            case UNIT ->
                new RegisterFilter(new LinkedHashSet<>(), Part.ANY, themes, due, states, documents, years, text);
            case THEME -> new RegisterFilter(units, part, new LinkedHashSet<>(), due, states, documents, years, text);
            case DUE -> new RegisterFilter(units, part, themes, null, states, documents, years, text);
            case STATE -> new RegisterFilter(units, part, themes, due, new LinkedHashSet<>(), documents, years, text);
            case SOURCE -> new RegisterFilter(units, part, themes, due, states, new LinkedHashSet<>(), years, text);
            case TEXT -> new RegisterFilter(units, part, themes, due, states, documents, years, "");
        };
    }

    /** The same filter for one unit that leads, joins in, or either. */
    public RegisterFilter withUnit(long unit, Part as) {
        return new RegisterFilter(new LinkedHashSet<>(List.of(unit)), as, themes, due, states, documents, years, text);
    }

    public RegisterFilter withYear(int year) {
        return new RegisterFilter(
                units, part, themes, due, states, documents, new LinkedHashSet<>(List.of(year)), text);
    }

    public RegisterFilter withDue(Due.Span span) {
        return new RegisterFilter(units, part, themes, span, states, documents, years, text);
    }

    public RegisterFilter withState(State state) {
        return new RegisterFilter(
                units, part, themes, due, new LinkedHashSet<>(List.of(state)), documents, years, text);
    }

    /** One name and value of the address. */
    public record Parameter(String name, String value) {}

    /** The filter as parameters, in a fixed order: equal filters have equal addresses. */
    public List<Parameter> parameters() {
        List<Parameter> list = new ArrayList<>();
        years.forEach(year -> list.add(new Parameter("year", year.toString())));
        units.forEach(unit -> list.add(new Parameter("unit", unit.toString())));
        if (part != Part.ANY && !units.isEmpty()) {
            list.add(new Parameter("part", part.key()));
        }
        themes.forEach(theme -> list.add(new Parameter("theme", theme)));
        switch (due) {
            case null -> {}
            case Due.Span span -> list.add(new Parameter("due", span.key()));
            case Due.Between between -> {
                if (between.from() != null) {
                    list.add(new Parameter("from", between.from().toString()));
                }
                if (between.to() != null) {
                    list.add(new Parameter("to", between.to().toString()));
                }
            }
        }
        states.forEach(state -> list.add(new Parameter("state", state.key())));
        documents.forEach(document -> list.add(new Parameter("source", document.toString())));
        if (!text.isEmpty()) {
            list.add(new Parameter("q", text));
        }
        return list;
    }

    /** The parameters as a query string without question mark; empty for the whole register. */
    public String query() {
        StringBuilder query = new StringBuilder();
        for (Parameter parameter : parameters()) {
            query.append(query.isEmpty() ? "" : "&")
                    .append(parameter.name())
                    .append('=')
                    .append(URLEncoder.encode(parameter.value(), StandardCharsets.UTF_8));
        }
        return query.toString();
    }
}
