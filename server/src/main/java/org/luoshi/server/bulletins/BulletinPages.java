package org.luoshi.server.bulletins;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.luoshi.server.accounts.User;
import org.luoshi.server.audit.Refused;
import org.luoshi.server.matters.Campaigns;
import org.luoshi.server.matters.MatterWords;
import org.luoshi.server.matters.Types;
import org.luoshi.server.units.Units;
import org.luoshi.server.web.Shell;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** The bulletin as a page, its figures as lists, and as a document. */
@Controller
public class BulletinPages {
    private static final int MOST = 500;
    private static final int MOST_PAGES = 200;

    private final Bulletins bulletins;
    private final Letter letter;
    private final Campaigns campaigns;
    private final Types types;
    private final Units units;
    private final Clock clock;

    BulletinPages(Bulletins bulletins, Letter letter, Campaigns campaigns, Types types, Units units, Clock clock) {
        this.bulletins = bulletins;
        this.letter = letter;
        this.campaigns = campaigns;
        this.types = types;
        this.units = units;
        this.clock = clock;
    }

    /** What was asked for, as it stands in an address. */
    public record Asked(Bulletins.Scope scope) {
        /** The address of a list of this bulletin. */
        public String list(Figure figure, @Nullable Long unit, @Nullable Long campaign) {
            Long within = campaign == null ? scope.campaign() : campaign;
            return "/bulletins/list?" + query(within) + "&figure=" + figure.key()
                    + (unit == null ? "" : "&unit=" + unit);
        }

        public String query() {
            return query(scope.campaign());
        }

        private String query(@Nullable Long campaign) {
            return "from=" + scope.period().from() + "&to=" + scope.period().to()
                    + (scope.type().isEmpty() ? "" : "&type=" + URLEncoder.encode(scope.type(), StandardCharsets.UTF_8))
                    + (campaign == null ? "" : "&campaign=" + campaign);
        }
    }

    /** A row of the tables, of a unit or of a campaign. */
    public record Row(
            String name,
            Bulletins.Line line,
            @Nullable Long unit,
            @Nullable Long campaign) {
        public String rate() {
            BigDecimal rate = line.rate();
            return rate == null ? "" : rate.stripTrailingZeros().toPlainString() + "%";
        }
    }

    public record Preset(String key, LocalDate from, LocalDate to) {}

    public record View(
            Asked asked,
            Row all,
            List<Row> units,
            List<Row> campaigns,
            List<Preset> presets,
            Map<String, String> types,
            Map<Long, String> allCampaigns,
            boolean whole) {}

    /** @param address of the list, to which a page is added */
    public record ListView(
            Asked asked, Figure figure, String name, List<Line> lines, long count, String address, int page, int size) {
        public int first() {
            return (page - 1) * size + 1;
        }

        public int last() {
            return first() + lines.size() - 1;
        }

        public int pages() {
            return (int) ((count + size - 1) / size);
        }

        public String at(int which) {
            return address + (size == MOST ? "" : "&size=" + size) + "&page=" + which;
        }
    }

    public record Line(Bulletins.Item item, String type, String state, String lead, String closed) {}

    @GetMapping("/bulletins")
    String bulletin(
            @ModelAttribute("shell") Shell shell,
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String to,
            @RequestParam(defaultValue = "") String type,
            @Nullable @RequestParam(required = false) Long campaign,
            Model model) {
        Asked asked = asked(from, to, type, campaign);
        MatterWords words = words(shell, asked);
        Map<Long, String> names = names();
        model.addAttribute(
                "view",
                new View(
                        asked,
                        new Row(shell.t("bulletins.all"), bulletins.all(asked.scope()), null, null),
                        rows(asked, Bulletins.By.UNIT, id -> words.unit(id)),
                        rows(asked, Bulletins.By.CAMPAIGN, id -> names.getOrDefault(id, "#" + id)),
                        presets(shell.today()),
                        types.list().stream()
                                .collect(Collectors.toMap(
                                        t -> t.key(), words::type, (a, b) -> a, java.util.LinkedHashMap::new)),
                        names,
                        bulletins.isWhole()));
        return "bulletins/bulletin";
    }

    private Asked asked(String from, String to, String type, @Nullable Long campaign) {
        return new Asked(new Bulletins.Scope(Period.of(from, to, LocalDate.now(clock)), type, campaign));
    }

    private MatterWords words(Shell shell, Asked asked) {
        return new MatterWords(
                shell.words(), units.tree(), asked.scope().period().to());
    }

    private Map<Long, String> names() {
        return campaigns.list().stream()
                .collect(Collectors.toMap(
                        Campaigns.Campaign::id, Campaigns.Campaign::name, (a, b) -> a, java.util.LinkedHashMap::new));
    }

    private List<Row> rows(Asked asked, Bulletins.By by, LongFunction<String> name) {
        return bulletins.lines(asked.scope(), by).stream()
                .map(line -> new Row(
                        name.apply(line.id()),
                        line,
                        by == Bulletins.By.UNIT ? line.id() : null,
                        by == Bulletins.By.CAMPAIGN ? line.id() : null))
                .toList();
    }

    private static List<Preset> presets(LocalDate today) {
        YearMonth month = YearMonth.from(today);
        int quarter = (today.getMonthValue() - 1) / 3;
        List<Preset> presets = new ArrayList<>();
        presets.add(new Preset(
                "last-month", month.minusMonths(1).atDay(1), month.atDay(1).minusDays(1)));
        presets.add(new Preset("month", month.atDay(1), today));
        presets.add(new Preset("quarter", LocalDate.of(today.getYear(), quarter * 3 + 1, 1), today));
        presets.add(new Preset("year", LocalDate.of(today.getYear(), 1, 1), today));
        return presets;
    }

    @GetMapping("/bulletins/list")
    String list(
            @ModelAttribute("shell") Shell shell,
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String to,
            @RequestParam(defaultValue = "") String type,
            @Nullable @RequestParam(required = false) Long campaign,
            @RequestParam String figure,
            @Nullable @RequestParam(required = false) Long unit,
            @RequestParam(defaultValue = "1") int page,
            @RequestParam(defaultValue = "500") int size,
            Model model) {
        if (page < 1 || page > MOST_PAGES || size < 1 || size > MOST) {
            throw new Refused("matters.refused.page", page, size, MOST);
        }
        Asked asked = asked(from, to, type, campaign);
        Figure found = Figure.find(figure).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        MatterWords words = words(shell, asked);
        List<Line> lines = bulletins.list(asked.scope(), found, unit, page * size).stream()
                .skip((page - 1L) * size)
                .map(item -> {
                    var kind = types.get(item.type(), item.typeVersion());
                    return new Line(
                            item,
                            words.type(kind),
                            words.state(kind, item.state()),
                            words.unit(item.lead()),
                            words.dayOf(item.closed()));
                })
                .toList();
        String name = unit != null
                ? words.unit(unit)
                : campaign != null ? names().getOrDefault(campaign, "#" + campaign) : shell.t("bulletins.all");
        long count = unit == null
                ? bulletins.all(asked.scope()).of(found)
                : bulletins.lines(asked.scope(), Bulletins.By.UNIT).stream()
                        .filter(line -> line.id() == unit)
                        .mapToLong(line -> line.of(found))
                        .sum();
        model.addAttribute(
                "view", new ListView(asked, found, name, lines, count, asked.list(found, unit, campaign), page, size));
        return "bulletins/list";
    }

    @GetMapping("/bulletins/bulletin.docx")
    void docx(
            @AuthenticationPrincipal User user,
            @ModelAttribute("shell") Shell shell,
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String to,
            @RequestParam(defaultValue = "") String type,
            @Nullable @RequestParam(required = false) Long campaign,
            HttpServletResponse response)
            throws IOException {
        Asked asked = asked(from, to, type, campaign);
        var circular = letter.of(asked.scope(), shell.place(), user.unit(), shell.today(), names());
        response.setContentType("application/vnd.openxmlformats-officedocument.wordprocessingml.document");
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment()
                        .filename(circular.title() + ".docx", StandardCharsets.UTF_8)
                        .build()
                        .toString());
        circular.writeDocx(response.getOutputStream());
    }
}
