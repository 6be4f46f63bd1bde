package org.luoshi.server.burden;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.luoshi.server.accounts.Accounts;
import org.luoshi.server.accounts.User;
import org.luoshi.server.calendar.WorkingTime;
import org.luoshi.server.database.HouseClock;
import org.luoshi.server.units.Units;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Plays what a pack's {@code burden.yaml} tells, once: requests sent and answered, repeats refused, inspections planned,
 * each on its day and through the same path as by hand. What would lie in the future is left out.
 */
@Component
@Order(3)
class DemoBurden implements ApplicationRunner {
    private static final Logger log = LoggerFactory.getLogger(DemoBurden.class);

    private final BurdenRules rules;
    private final Requests requests;
    private final Answers answers;
    private final RequestStore store;
    private final Inspections inspections;
    private final Accounts accounts;
    private final Units units;
    private final HouseClock clock;
    private final JdbcClient sql;
    private final boolean wanted;

    DemoBurden(
            BurdenRules rules,
            Requests requests,
            Answers answers,
            RequestStore store,
            Inspections inspections,
            Accounts accounts,
            Units units,
            HouseClock clock,
            JdbcClient sql,
            @Value("${luoshi.pack-documents:true}") boolean wanted) {
        this.rules = rules;
        this.requests = requests;
        this.answers = answers;
        this.store = store;
        this.inspections = inspections;
        this.accounts = accounts;
        this.units = units;
        this.clock = clock;
        this.sql = sql;
        this.wanted = wanted;
    }

    private record Event(LocalDateTime at, int line, Runnable work) {}

    @Override
    public void run(ApplicationArguments arguments) {
        BurdenFile file = rules.own();
        boolean begun = sql.sql("select exists (select 1 from data_request) or exists (select 1 from inspection)")
                .query(Boolean.class)
                .single();
        if (file == null || begun || !wanted) {
            return;
        }
        List<Event> events = new ArrayList<>();
        Map<Integer, Long> sent = new LinkedHashMap<>();
        for (BurdenFile.Sending sending : file.requests()) {
            events.add(new Event(sending.at(), sending.line(), () -> send(sending, sent)));
            for (BurdenFile.Reply reply : sending.replies()) {
                events.add(new Event(
                        reply.at(),
                        reply.line(),
                        () -> reply(reply, java.util.Objects.requireNonNull(sent.get(sending.line())))));
            }
        }
        for (BurdenFile.Visit visit : file.visits()) {
            events.add(new Event(visit.at(), visit.line(), () -> visit(visit)));
        }
        events.sort(Comparator.comparing(Event::at));
        Instant now = clock.instant();
        int played = 0;
        for (Event event : events) {
            Instant at = event.at().atZone(WorkingTime.BEIJING).toInstant();
            if (at.isAfter(now)) {
                break;
            }
            try {
                clock.at(at, () -> {
                    event.work().run();
                    return true;
                });
                played++;
            } catch (RuntimeException e) {
                throw new IllegalStateException(
                        "burden.yaml:" + event.line() + " cannot be played: " + e.getMessage(), e);
            }
        }
        sql.sql("update message set read_at = at where at < :week and read_at is null")
                .param("week", Timestamp.from(now.minus(Duration.ofDays(7))))
                .update();
        log.info("Played {} events of burden", played);
    }

    private Set<Long> units(List<String> keys) {
        Set<Long> ids = new LinkedHashSet<>();
        for (String key : keys) {
            if (key.equals("towns")) {
                units.listUnits().stream().filter(u -> u.kind().equals("town")).forEach(u -> ids.add(u.id()));
            } else {
                ids.add(units.findByKey(key)
                        .orElseThrow(() -> new IllegalArgumentException("there is no unit " + key))
                        .id());
            }
        }
        return ids;
    }

    private void send(BurdenFile.Sending line, Map<Integer, Long> sent) {
        User user = accounts.loadUserByUsername(line.by());
        Period until = new Period(
                line.period().first().plusMonths((long) line.period().months() * (line.times() - 1)),
                line.period().months());
        List<Request.Line> fields = line.fields().stream()
                .map(f -> f.minutes() > 0
                        ? f
                        : new Request.Line(
                                f.name(),
                                f.kind(),
                                f.measure(),
                                f.period(),
                                rules.rules().minutesOf(f.kind().key())))
                .toList();
        Request.Asked asked = new Request.Asked(
                line.title(),
                line.basis(),
                units(line.units()),
                fields,
                line.repeats(),
                line.period(),
                until,
                line.due(),
                line.signed(),
                true);
        String key = "burden:" + line.line();
        Requests.Decision decision = switch (line.decision()) {
            case "rest" -> new Requests.Decision.Rest();
            case "overrule" -> new Requests.Decision.Overrule(line.reason());
            default -> new Requests.Decision.Ask();
        };
        try {
            sent.put(line.line(), requests.send(user, asked, decision, Set.of(), key));
        } catch (Stands stands) {
            if (!line.decision().equals("refused")) {
                throw stands;
            }
            requests.noteRefusal(user, asked, stands.exact(), key);
        }
    }

    private void reply(BurdenFile.Reply line, long request) {
        User user = accounts.loadUserByUsername(line.by());
        Set<Long> mine = units.tree().worksFor(user.unit());
        Request.Answer answer = store.rounds(request).stream()
                .flatMap(r -> store.answers(r.id()).stream())
                .filter(a -> mine.contains(a.unit()) && !a.state().equals("sent"))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(line.by() + " has nothing to answer"));
        Map<Long, String> values = new LinkedHashMap<>();
        List<Request.Field> fields = answers.fieldsOf(answer);
        for (int i = 0; i < Math.min(fields.size(), line.values().size()); i++) {
            values.put(fields.get(i).id(), line.values().get(i));
        }
        answers.save(
                user,
                answer.id(),
                new Answers.Typed(answer.version(), values, Map.of(), Map.of()),
                true,
                "burden:" + line.line());
    }

    private void visit(BurdenFile.Visit line) {
        User user = accounts.loadUserByUsername(line.by());
        long id = inspections.propose(
                user,
                new Inspections.Plan(
                        line.title(),
                        new LinkedHashSet<>(units(line.units())),
                        line.from(),
                        line.to(),
                        line.basis(),
                        line.kind(),
                        line.people(),
                        line.despite(),
                        null),
                "burden:" + line.line());
        if (line.approved()) {
            Inspections.Inspection found = inspections.find(id).orElseThrow();
            if (found.state().equals("proposed")) {
                inspections.decide(accounts.loadUserByUsername("zhouqiming"), id, found.version(), "approved", "");
            }
        }
    }
}
