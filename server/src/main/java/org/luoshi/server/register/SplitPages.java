package org.luoshi.server.register;

import jakarta.servlet.http.HttpServletResponse;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;
import org.luoshi.server.accounts.User;
import org.luoshi.server.audit.Refused;
import org.luoshi.server.register.Entry.Target;
import org.luoshi.server.register.Splits.Method;
import org.luoshi.server.register.Splits.Share;
import org.luoshi.server.register.Splits.Split;
import org.luoshi.server.web.Shell;
import org.luoshi.server.web.Words;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The page on which a total target is split among units. */
@Controller
public class SplitPages {
    private static final int MOST_DIGITS = 6;

    private final EntryPages entries;
    private final Register register;
    private final Splits splits;
    private final Clock clock;

    SplitPages(EntryPages entries, Register register, Splits splits, Clock clock) {
        this.entries = entries;
        this.register = register;
        this.splits = splits;
        this.clock = clock;
    }

    /** A unit's row as typed: {@code value} and {@code base} are texts so that what cannot be read is not lost. */
    public record Row(long unit, String name, String value, String base, String lastYear) {}

    /** A unit that may take part. */
    public record Candidate(long unit, String name, String kind, boolean chosen) {}

    /**
     * @param total the total as digits
     * @param unit of the target, empty where it has none
     * @param told what the last step did, such as who got the remainder; empty for nothing
     * @param problem why it was not kept; empty where nothing was wrong
     */
    public record SplitView(
            Entry entry,
            Target target,
            String targetWords,
            String total,
            String unit,
            int digits,
            Method method,
            List<Row> rows,
            List<Candidate> candidates,
            boolean hasLastYear,
            boolean kept,
            String sum,
            String told,
            String problem) {}

    @GetMapping("/register/{id:\\d+}/split/{targetId:\\d+}")
    String form(
            @PathVariable long id,
            @PathVariable long targetId,
            @RequestParam(name = "unit", required = false) @Nullable List<Long> units,
            @RequestParam(required = false) @Nullable String kind,
            @ModelAttribute("shell") Shell shell,
            Model model) {
        Entry entry = entries.get(id);
        Target target = Splits.target(entry, targetId);
        Split split = splits.find(targetId).orElse(null);
        UnitNames all = register.units();
        SequencedSet<Long> chosen = new LinkedHashSet<>();
        Map<Long, Share> shares = new LinkedHashMap<>();
        if (split != null) {
            split.shares().forEach(share -> shares.put(share.unit(), share));
        }
        if (units != null) {
            units.stream().filter(all::has).forEach(chosen::add);
        } else if (kind != null) {
            open(all).stream().filter(node -> node.kind().equals(kind)).forEach(node -> chosen.add(node.id()));
        } else if (split != null) {
            chosen.addAll(shares.keySet());
        } else {
            entry.joint().forEach(unit -> chosen.add(unit.id()));
            if (chosen.isEmpty() && entry.lead() != null) {
                chosen.add(entry.lead().id());
            }
        }
        Typed typed = new Typed(
                List.copyOf(chosen),
                chosen.stream()
                        .map(unit -> shares.get(unit) == null
                                ? ""
                                : Labels.plain(
                                        Objects.requireNonNull(shares.get(unit)).value()))
                        .toList(),
                chosen.stream()
                        .map(unit -> {
                            Share share = shares.get(unit);
                            return share == null || share.base() == null ? "" : Labels.plain(share.base());
                        })
                        .toList(),
                split == null ? digits(target) : split.digits(),
                split == null ? Method.HAND : split.method());
        return page(entry, target, typed, all, shell.words(), "", "", model);
    }

    /** What the form sends. */
    private record Typed(List<Long> units, List<String> values, List<String> bases, int digits, Method method) {}

    @PostMapping("/register/{id:\\d+}/split/{targetId:\\d+}")
    String act(
            @AuthenticationPrincipal User user,
            @PathVariable long id,
            @PathVariable long targetId,
            @RequestParam(name = "unit", required = false) @Nullable List<Long> units,
            @RequestParam(name = "value", required = false) @Nullable List<String> values,
            @RequestParam(name = "base", required = false) @Nullable List<String> bases,
            @RequestParam(defaultValue = "0") int digits,
            @RequestParam(defaultValue = "hand") String method,
            @RequestParam(defaultValue = "save") String act,
            @ModelAttribute("shell") Shell shell,
            HttpServletResponse response,
            Model model) {
        Entry entry = entries.get(id);
        Target target = Splits.target(entry, targetId);
        UnitNames all = register.units();
        List<Long> rows = units == null ? List.of() : units;
        Typed typed = new Typed(
                rows,
                filled(values, rows.size()),
                filled(bases, rows.size()),
                Math.clamp(digits, 0, MOST_DIGITS),
                Method.find(method).orElse(Method.HAND));
        Words words = shell.words();
        try {
            if (act.equals("save")) {
                List<Share> shares = shares(typed, all);
                Method made = honest(entry, target, typed, shares, all, words);
                splits.save(user, id, targetId, made, typed.digits(), shares);
                return "redirect:/register/" + id + "?done=register.split.done";
            }
            Method by = Method.find(act).orElse(Method.HAND);
            Proposal proposal = propose(entry, target, typed, by, all, words);
            return page(entry, target, proposal.typed(), all, words, proposal.told(), "", model);
        } catch (Refused refused) {
            response.setStatus(HttpStatusCode.valueOf(HttpStatus.UNPROCESSABLE_CONTENT.value())
                    .value());
            return page(entry, target, typed, all, words, "", words.t(refused.key(), refused.arguments()), model);
        }
    }

    @PostMapping("/register/{id:\\d+}/split/{targetId:\\d+}/remove")
    String remove(@AuthenticationPrincipal User user, @PathVariable long id, @PathVariable long targetId) {
        splits.remove(user, entries.get(id), targetId);
        return "redirect:/register/" + id + "?done=register.split.removed";
    }

    /** Parts that were computed, and a sentence about the remainder. */
    private record Proposal(Typed typed, String told) {}

    private Proposal propose(Entry entry, Target target, Typed typed, Method by, UnitNames units, Words words) {
        if (typed.units().isEmpty()) {
            throw new Refused("register.split.refused.no-units");
        }
        BigDecimal total = Objects.requireNonNull(target.value());
        if (digits(target) > typed.digits()) {
            throw new Refused("register.split.refused.digits", Labels.plain(total), typed.digits());
        }
        List<BigDecimal> weights = new ArrayList<>();
        Map<Long, BigDecimal> lastYear = by == Method.LAST_YEAR ? splits.lastYear(entry, target) : Map.of();
        LocalDate today = LocalDate.now(clock);
        for (int i = 0; i < typed.units().size(); i++) {
            long unit = typed.units().get(i);
            weights.add(
                    switch (by) {
                        case EQUAL, HAND -> BigDecimal.ONE;
                        case LAST_YEAR -> lastYear.getOrDefault(unit, BigDecimal.ZERO);
                        case BASE -> number(typed.bases().get(i), units.brief(unit, today));
                    });
        }
        if (weights.stream().allMatch(weight -> weight.signum() == 0)) {
            throw new Refused(
                    by == Method.LAST_YEAR ? "register.split.refused.no-last-year" : "register.split.refused.no-base");
        }
        Parts parts = Parts.byWeights(total, typed.digits(), weights);
        Typed proposed = new Typed(
                typed.units(),
                parts.values().stream().map(Labels::plain).toList(),
                by == Method.EQUAL
                        ? typed.units().stream().map(u -> "").toList()
                        : weights.stream().map(Labels::plain).toList(),
                typed.digits(),
                by);
        String step = Labels.plain(parts.step()) + (target.unit() == null ? "" : target.unit());
        String told = parts.topped() == 0
                ? words.t("register.split.told.even")
                : words.t("register.split.told.rest", parts.topped(), step);
        return new Proposal(proposed, told);
    }

    /** A computed split that was changed afterwards was made by hand. */
    private Method honest(Entry entry, Target target, Typed typed, List<Share> shares, UnitNames units, Words words) {
        if (typed.method() == Method.HAND) {
            return Method.HAND;
        }
        try {
            List<Share> computed = shares(
                    propose(entry, target, typed, typed.method(), units, words).typed(), units);
            for (int i = 0; i < shares.size(); i++) {
                if (shares.get(i).value().compareTo(computed.get(i).value()) != 0) {
                    return Method.HAND;
                }
            }
            return typed.method();
        } catch (Refused notComputable) {
            return Method.HAND;
        }
    }

    private List<Share> shares(Typed typed, UnitNames units) {
        LocalDate today = LocalDate.now(clock);
        List<Share> shares = new ArrayList<>();
        for (int i = 0; i < typed.units().size(); i++) {
            long unit = typed.units().get(i);
            String name = units.brief(unit, today);
            String base = typed.bases().get(i).strip();
            shares.add(
                    new Share(unit, number(typed.values().get(i), name), base.isEmpty() ? null : number(base, name)));
        }
        return shares;
    }

    private static BigDecimal number(String typed, String unit) {
        String plain = java.text.Normalizer.normalize(typed, java.text.Normalizer.Form.NFKC)
                .replace(",", "")
                .strip();
        if (plain.isEmpty()) {
            return BigDecimal.ZERO;
        }
        if (!plain.matches("-?\\d{1,15}(\\.\\d{1,6})?")) {
            throw new Refused("register.split.refused.number", unit, typed.strip());
        }
        return new BigDecimal(plain);
    }

    private static List<String> filled(@Nullable List<String> texts, int size) {
        List<String> filled = new ArrayList<>(texts == null ? List.of() : texts);
        while (filled.size() < size) {
            filled.add("");
        }
        return filled;
    }

    private static int digits(Target target) {
        return Math.max(
                0, Objects.requireNonNull(target.value()).stripTrailingZeros().scale());
    }

    private List<UnitNames.Node> open(UnitNames units) {
        LocalDate today = LocalDate.now(clock);
        return units.ordered().stream()
                .filter(node -> node.closed() == null || node.closed().isAfter(today))
                .toList();
    }

    private String page(
            Entry entry,
            Target target,
            Typed typed,
            UnitNames units,
            Words words,
            String told,
            String problem,
            Model model) {
        LocalDate today = LocalDate.now(clock);
        Labels labels = new Labels(words, units, Map.of(), today, register.themes());
        Map<Long, BigDecimal> lastYear = splits.lastYear(entry, target);
        List<Row> rows = new ArrayList<>();
        BigDecimal sum = BigDecimal.ZERO;
        for (int i = 0; i < typed.units().size(); i++) {
            long unit = typed.units().get(i);
            String value = typed.values().get(i);
            if (value.strip().matches("\\d{1,15}(\\.\\d{1,6})?")) {
                sum = sum.add(new BigDecimal(value.strip()));
            }
            BigDecimal before = lastYear.get(unit);
            rows.add(new Row(
                    unit, labels.unit(unit), value, typed.bases().get(i), before == null ? "" : Labels.plain(before)));
        }
        model.addAttribute(
                "view",
                new SplitView(
                        entry,
                        target,
                        labels.target(target),
                        Labels.plain(Objects.requireNonNull(target.value())),
                        target.unit() == null ? "" : target.unit(),
                        typed.digits(),
                        typed.method(),
                        rows,
                        open(units).stream()
                                .map(node -> new Candidate(
                                        node.id(),
                                        units.brief(node.id(), today),
                                        node.kind(),
                                        typed.units().contains(node.id())))
                                .toList(),
                        !lastYear.isEmpty(),
                        target.split(),
                        Labels.plain(sum),
                        told,
                        problem));
        return "register/split";
    }
}
