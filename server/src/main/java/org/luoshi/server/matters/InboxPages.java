package org.luoshi.server.matters;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.luoshi.server.accounts.User;
import org.luoshi.server.matters.types.MatterType;
import org.luoshi.server.matters.types.State;
import org.luoshi.server.web.Shell;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** 我的事项: what waits for a person, by urgency, whatever its type. */
@Controller
public class InboxPages {
    private static final int MOST = 300;

    private final MatterLists lists;
    private final MatterStore store;
    private final Types types;
    private final Surroundings surroundings;
    private final MatterSheet sheet;
    private final Messages messages;
    private final Tellings tellings;
    private final List<AlsoWaiting> others;
    private final Clock clock;

    InboxPages(
            MatterLists lists,
            MatterStore store,
            Types types,
            Surroundings surroundings,
            MatterSheet sheet,
            Messages messages,
            Tellings tellings,
            List<AlsoWaiting> others,
            Clock clock) {
        this.lists = lists;
        this.store = store;
        this.types = types;
        this.surroundings = surroundings;
        this.sheet = sheet;
        this.messages = messages;
        this.tellings = tellings;
        this.others = others;
        this.clock = clock;
    }

    /** @param late whether its clock has run out */
    public record Item(MatterLists.Row row, String ask, String due, boolean late, String meta, boolean open) {}

    public record Band(String key, List<Item> items) {}

    /** What waits that is no matter. */
    public record Also(AlsoWaiting.Line line, String due, boolean late) {}

    public record View(
            String tab,
            Map<String, Integer> counts,
            List<Also> also,
            List<Band> bands,
            MatterSheet.@Nullable View open,
            int unread,
            boolean cut,
            String request) {}

    @GetMapping("/inbox")
    String inbox(
            @AuthenticationPrincipal User user,
            @ModelAttribute("shell") Shell shell,
            @RequestParam(required = false, defaultValue = "mine") String tab,
            @RequestParam(required = false) @Nullable Long m,
            Model model) {
        Standing standing = surroundings.standing(user);
        List<MatterLists.Row> rows = switch (tab) {
            case "others" -> lists.elsewhere(standing.units(), standing.keys(), MOST);
            case "done" -> lists.ended(standing.units(), MOST);
            case "followed" -> lists.followed(user.account(), MOST);
            default -> lists.waiting(standing.keys(), MOST);
        };
        MatterWords words = new MatterWords(shell.words(), surroundings.tree(), LocalDate.now(clock));
        List<Also> also = others.stream()
                .flatMap(o -> o.listWaiting(user, words.today(), shell.words()).stream())
                .sorted(java.util.Comparator.comparing(AlsoWaiting.Line::due))
                .map(line -> new Also(line, words.left(line.due()), line.due().isBefore(words.today())))
                .toList();
        Map<String, Integer> counts = new LinkedHashMap<>();
        counts.put(
                "mine",
                also.size()
                        + (tab.equals("mine") && rows.size() < MOST
                                ? rows.size()
                                : lists.countWaiting(standing.keys())));
        counts.put("others", tab.equals("others") ? rows.size() : -1);
        counts.put("done", tab.equals("done") ? rows.size() : -1);
        counts.put("followed", tab.equals("followed") ? rows.size() : -1);
        Matter open = m == null ? null : store.find(m).orElse(null);
        model.addAttribute(
                "view",
                new View(
                        tab,
                        counts,
                        tab.equals("mine") ? also : List.of(),
                        bands(rows, words, shell, tab, m, standing.keys()),
                        open == null ? null : sheet.view(user, shell, open, null),
                        messages.unread(user.account()),
                        rows.size() == MOST,
                        UUID.randomUUID().toString()));
        return "matters/inbox";
    }

    private List<Band> bands(
            List<MatterLists.Row> rows,
            MatterWords words,
            Shell shell,
            String tab,
            @Nullable Long open,
            Set<String> keys) {
        Map<String, List<Item>> bands = new LinkedHashMap<>();
        for (String key : new String[] {"over", "soon", "week", "later", "ended"}) {
            bands.put(key, new ArrayList<>());
        }
        for (MatterLists.Row row : rows) {
            LocalDate day = row.ended() ? null : words.lastDay(row.waitsUntil());
            boolean late = day != null && day.isBefore(words.today());
            String band = row.ended()
                    ? "ended"
                    : late
                            ? "over"
                            : day == null || day.isAfter(words.today().plusDays(7))
                                    ? "later"
                                    : day.isAfter(words.today().plusDays(3)) ? "week" : "soon";
            MatterType type = types.get(row.type(), row.typeVersion());
            State state = type.getState(row.state());
            // Nobody confirms the reports of his own unit: what its state asks waits for him.
            boolean own = keys.contains("unit:" + row.lead());
            String ask = row.ended()
                    ? state.name().in(shell.words().language())
                    : tab.equals("mine") && row.unverified() > 0 && !own
                            ? ask(row, state, shell)
                            : state.ask().in(shell.words().language());
            java.util.Objects.requireNonNull(bands.get(band))
                    .add(new Item(
                            row,
                            ask,
                            row.ended() ? words.dayOf(row.closedAt()) : words.left(day),
                            late,
                            shell.t("matters.item.meta", row.number(), words.type(type), words.unit(row.lead())),
                            open != null && open == row.id()));
        }
        return bands.entrySet().stream()
                .filter(e -> !e.getValue().isEmpty())
                .map(e -> new Band(e.getKey(), e.getValue()))
                .toList();
    }

    private static String ask(MatterLists.Row row, State state, Shell shell) {
        return shell.t("matters.ask.verify", row.unverified())
                + shell.t("matters.semicolon")
                + state.ask().in(shell.words().language());
    }

    @GetMapping("/messages")
    String messages(@AuthenticationPrincipal User user, @ModelAttribute("shell") Shell shell, Model model) {
        model.addAttribute("messages", tellings.list(user.account(), shell.words(), MOST));
        return "matters/messages";
    }

    @PostMapping("/messages/read")
    String read(@AuthenticationPrincipal User user) {
        messages.read(user.account(), clock.instant());
        return "redirect:/messages";
    }
}
