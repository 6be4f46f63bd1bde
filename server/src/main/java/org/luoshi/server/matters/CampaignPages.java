package org.luoshi.server.matters;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.luoshi.server.accounts.User;
import org.luoshi.server.audit.Refused;
import org.luoshi.server.web.Shell;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** One page a campaign: its matters, who lags, what is next. */
@Controller
public class CampaignPages {
    private static final int NEXT = 10;

    private final Campaigns campaigns;
    private final MatterLists lists;
    private final Types types;
    private final Surroundings surroundings;

    CampaignPages(Campaigns campaigns, MatterLists lists, Types types, Surroundings surroundings) {
        this.campaigns = campaigns;
        this.lists = lists;
        this.types = types;
        this.surroundings = surroundings;
    }

    public record ListView(List<Campaigns.Campaign> campaigns, MatterWords words, List<Forms.Option> units) {}

    public record Next(MatterLists.Row row, String state) {}

    public record View(
            Campaigns.Campaign campaign,
            MatterWords words,
            List<MatterLists.Duty> duties,
            List<Next> next,
            List<Next> all,
            List<Forms.Option> units,
            String numbers,
            String fault) {}

    @GetMapping("/campaigns")
    String list(@ModelAttribute("shell") Shell shell, Model model) {
        MatterWords words = words(shell);
        model.addAttribute("view", new ListView(campaigns.list(), words, units(words, null)));
        return "matters/campaigns";
    }

    private MatterWords words(Shell shell) {
        return new MatterWords(shell.words(), surroundings.tree(), shell.today());
    }

    private List<Forms.Option> units(MatterWords words, @Nullable Long chosen) {
        return surroundings.tree().on(words.today()).stream()
                .map(n -> new Forms.Option(
                        Long.toString(n.id()), words.unit(n.id()), n.depth(), chosen != null && chosen == n.id()))
                .toList();
    }

    @GetMapping("/campaigns/{id:\\d+}")
    String campaign(@ModelAttribute("shell") Shell shell, @PathVariable long id, Model model) {
        model.addAttribute("view", view(shell, id, "", ""));
        return "matters/campaign";
    }

    /** @param numbers that were typed and are of no matter, with the sentence that says so */
    private View view(Shell shell, long id, String numbers, String fault) {
        Campaigns.Campaign campaign = campaigns.find(id).orElseThrow(MatterPages::none);
        MatterWords words = words(shell);
        return new View(
                campaign,
                words,
                lists.duties(listing(id, "view", "duties")),
                lines(lists.list(listing(id, "state", "open", "sort", "due", "dir", "asc"), 0, NEXT), words),
                lines(lists.list(listing(id, "sort", "light", "dir", "asc"), 0, 500), words),
                units(words, campaign.lead()),
                numbers,
                fault);
    }

    private static Listing listing(long campaign, String... pairs) {
        MultiValueMap<String, String> parameters = new LinkedMultiValueMap<>();
        parameters.add("campaign", Long.toString(campaign));
        for (int i = 0; i < pairs.length; i += 2) {
            parameters.add(pairs[i], pairs[i + 1]);
        }
        return Listing.of(parameters);
    }

    private List<Next> lines(List<MatterLists.Row> rows, MatterWords words) {
        return rows.stream()
                .map(row -> new Next(row, words.state(types.get(row.type(), row.typeVersion()), row.state())))
                .toList();
    }

    @PostMapping("/campaigns")
    String begin(@AuthenticationPrincipal User user, @RequestParam MultiValueMap<String, String> form) {
        return "redirect:/campaigns/" + campaigns.save(user, null, said(form));
    }

    @PostMapping("/campaigns/{id:\\d+}")
    String edit(
            @AuthenticationPrincipal User user,
            @PathVariable long id,
            @RequestParam MultiValueMap<String, String> form) {
        known(id);
        String version = first(form, "version");
        return "redirect:/campaigns/"
                + campaigns.save(user, id, version.matches("\\d{1,9}") ? Integer.valueOf(version) : 0, said(form));
    }

    private void known(long id) {
        if (campaigns.find(id).isEmpty()) {
            throw MatterPages.none();
        }
    }

    private static Campaigns.Said said(MultiValueMap<String, String> form) {
        String lead = first(form, "lead");
        return new Campaigns.Said(
                first(form, "name"),
                first(form, "aim"),
                lead.matches("\\d{1,18}") ? Long.valueOf(lead) : null,
                day(first(form, "starts")),
                day(first(form, "ends")));
    }

    private static @Nullable LocalDate day(String text) {
        LocalDate day = MatterPages.day(text);
        if (day == null && !text.isBlank()) {
            throw new Refused("matters.fault.date", text);
        }
        return day;
    }

    private static String first(MultiValueMap<String, String> form, String name) {
        String text = form.getFirst(name);
        return text == null ? "" : text;
    }

    @PostMapping("/campaigns/{id:\\d+}/add")
    Object add(
            @AuthenticationPrincipal User user,
            @ModelAttribute("shell") Shell shell,
            @PathVariable long id,
            @RequestParam String numbers,
            Model model) {
        known(id);
        List<String> unknown = campaigns.add(
                user,
                id,
                Arrays.stream(numbers.split("[\\s,，、;；]+", -1))
                        .filter(n -> !n.isBlank())
                        .distinct()
                        .toList());
        if (!unknown.isEmpty()) {
            String fault = shell.t("matters.refused.campaign-unknown", String.join("、", unknown));
            model.addAttribute("view", view(shell, id, String.join("\n", unknown), fault));
            return new ModelAndView("matters/campaign", model.asMap(), HttpStatus.UNPROCESSABLE_CONTENT);
        }
        return "redirect:/campaigns/" + id;
    }

    @PostMapping("/campaigns/{id:\\d+}/remove")
    String remove(@AuthenticationPrincipal User user, @PathVariable long id, @RequestParam long matter) {
        campaigns.remove(user, id, matter);
        return "redirect:/campaigns/" + id;
    }

    @PostMapping("/campaigns/{id:\\d+}/close")
    String close(@AuthenticationPrincipal User user, @PathVariable long id, @RequestParam boolean closed) {
        known(id);
        campaigns.close(user, id, closed);
        return "redirect:/campaigns/" + id;
    }
}
