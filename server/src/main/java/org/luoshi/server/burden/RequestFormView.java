package org.luoshi.server.burden;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.luoshi.server.units.UnitTree;
import org.luoshi.server.web.Words;

/** The page of a request that is being made: what was typed, what is wrong with it, and where its fields stand. */
public final class RequestFormView {
    private final RequestForm form;
    private final Words words;
    private final UnitTree tree;
    private final LocalDate today;
    private final Rules rules;
    private final List<Row> rows;
    private final boolean stands;
    private final boolean doubts;
    private final boolean mayOverrule;
    private final String key;

    /** Where a field stands, as a sentence with the way there. */
    public record Stand(String sentence, String address, boolean exact) {}

    /** A row of the form. */
    public record Row(int n, List<Stand> stands, boolean different) {}

    /** Something that can be chosen. */
    public record Pick(String value, String name, int depth, boolean chosen) {}

    RequestFormView(
            RequestForm form,
            Words words,
            UnitTree tree,
            LocalDate today,
            Rules rules,
            List<Place> places,
            Map<Place, Long> refusals,
            boolean mayOverrule,
            String key) {
        this.form = form;
        this.words = words;
        this.tree = tree;
        this.today = today;
        this.rules = rules;
        this.mayOverrule = mayOverrule;
        this.key = key;
        this.stands = places.stream().anyMatch(Place::exact);
        this.doubts = places.stream().anyMatch(p -> !p.exact());
        List<Integer> filled = form.filled();
        this.rows = new ArrayList<>();
        int last = filled.isEmpty() ? 0 : filled.getLast() + 1;
        for (int i = 0; i < Math.max(last, form.rows()); i++) {
            int line = filled.indexOf(i);
            List<Stand> found = places.stream()
                    .filter(p -> p.line() == line)
                    .map(p -> stand(p, refusals))
                    .toList();
            rows.add(new Row(i, found, form.has("different", Integer.toString(i))));
        }
    }

    private Stand stand(Place place, Map<Place, Long> refusals) {
        String who = String.join(words.t("burden.and"), tree.briefs(place.units(), today));
        Long holder = place.unit();
        String whose = holder == null ? "" : tree.brief(holder, today);
        Long refusal = refusals.get(place);
        String address = refusal != null
                ? "/requests/refusals/" + refusal
                : switch (place.where()) {
                    case REQUEST -> "";
                    case REGISTER -> "/register/" + place.id();
                    case MATTER -> "";
                };
        if (place.exact()) {
            return new Stand(
                    words.t(
                            "burden.stands." + place.where().key(),
                            who,
                            place.period().say(words),
                            whose,
                            place.title(),
                            words.t(place.answered() ? "burden.stands.answered" : "burden.stands.under-way"),
                            place.number()),
                    address,
                    true);
        }
        return new Stand(
                words.t(
                        "burden.perhaps." + place.where().key(),
                        who,
                        words.t("burden.doubt." + place.doubt().key()),
                        whose,
                        place.title(),
                        place.name(),
                        place.number()),
                address,
                false);
    }

    public String value(String name) {
        return form.value(name);
    }

    public boolean has(String name, String value) {
        return form.has(name, value);
    }

    /** What is wrong with an input; empty where nothing is. */
    public String fault(String name) {
        List<String> fault = form.faults().get(name);
        return fault == null
                ? ""
                : words.t(fault.getFirst(), fault.subList(1, fault.size()).toArray());
    }

    public boolean isWrong() {
        return !form.faults().isEmpty();
    }

    public List<Row> rows() {
        return rows;
    }

    public boolean stands() {
        return stands;
    }

    /** Whether something is left to be asked beside what stands. */
    public boolean rest() {
        return stands && !form.faults().containsKey("all");
    }

    public boolean doubts() {
        return doubts;
    }

    public boolean mayOverrule() {
        return mayOverrule;
    }

    public String key() {
        return key;
    }

    public Rules rules() {
        return rules;
    }

    /** Groups and units that can be asked. */
    public List<Pick> units() {
        List<Pick> picks = new ArrayList<>();
        List<UnitTree.Node> open = tree.on(today);
        for (String kind : new String[] {"town", "department", "village"}) {
            long count = open.stream().filter(n -> n.kind().equals(kind)).count();
            if (count > 1) {
                picks.add(pick("kind-" + kind, words.t("burden.all." + kind, Long.toString(count)), 0));
            }
        }
        Set<Long> parents = new LinkedHashSet<>();
        open.forEach(n -> {
            if (n.parent() != null) {
                parents.add(n.parent());
            }
        });
        for (UnitTree.Node node : open) {
            picks.add(pick(Long.toString(node.id()), tree.brief(node.id(), today), node.depth()));
            if (parents.contains(node.id())) {
                picks.add(pick(
                        "below-" + node.id(), words.t("burden.below", tree.brief(node.id(), today)), node.depth() + 1));
            }
        }
        return picks;
    }

    private Pick pick(String value, String name, int depth) {
        return new Pick(value, name, depth, form.has("unit", value));
    }

    /** Periods to choose from: years, quarters and months around today. */
    public List<Pick> periods(String input) {
        List<Period> periods = new ArrayList<>();
        Period year = Period.yearOf(today);
        periods.addAll(List.of(year.before(), year, year.next()));
        Period quarter = Period.quarterOf(today);
        for (int i = -4; i <= 3; i++) {
            periods.add(new Period(quarter.first().plusMonths(3L * i), 3));
        }
        Period month = Period.monthOf(today);
        for (int i = -6; i <= 6; i++) {
            periods.add(new Period(month.first().plusMonths(i), 1));
        }
        String chosen = form.value(input);
        Period.parse(chosen).filter(p -> !periods.contains(p)).ifPresent(periods::add);
        return periods.stream()
                .map(p -> new Pick(p.key(), p.say(words), 0, p.key().equals(chosen)))
                .toList();
    }
}
