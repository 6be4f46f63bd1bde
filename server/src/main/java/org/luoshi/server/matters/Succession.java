package org.luoshi.server.matters;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.luoshi.server.accounts.Accounts;
import org.luoshi.server.accounts.User;
import org.luoshi.server.audit.Actor;
import org.luoshi.server.audit.Journal;
import org.luoshi.server.audit.Refused;
import org.luoshi.server.database.Asking;
import org.luoshi.server.matters.types.Field;
import org.luoshi.server.units.Askers;
import org.luoshi.server.units.Posts;
import org.luoshi.server.units.Posts.HandOver;
import org.luoshi.server.units.Posts.Post;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The successor takes over when a post changes hands. Most of a matter belongs to units and needs nothing; what names
 * the person himself (leader in charge, fields that hold a person) goes to the successor on the day, each with an entry
 * in the matter's history. What was before keeps the name of its day.
 */
@Component
public class Succession {
    private static final Logger log = LoggerFactory.getLogger(Succession.class);
    private static final int MOST_NAMED = 10;

    private final JdbcClient sql;
    private final Journal journal;
    private final Posts posts;
    private final Accounts accounts;
    private final MatterStore store;
    private final Surroundings surroundings;
    private final Messages messages;
    private final Clock clock;

    Succession(
            JdbcClient sql,
            Journal journal,
            Posts posts,
            Accounts accounts,
            MatterStore store,
            Surroundings surroundings,
            Messages messages,
            Clock clock) {
        this.sql = sql;
        this.journal = journal;
        this.posts = posts;
        this.accounts = accounts;
        this.store = store;
        this.surroundings = surroundings;
        this.messages = messages;
        this.clock = clock;
    }

    /**
     * A hand-over as it is asked for.
     *
     * @param to null for somebody who is new: {@code name}, and {@code login} with {@code password} where he gets an
     *     account
     */
    public record Asked(
            Post post,
            long from,
            @Nullable Long to,
            String name,
            String login,
            String password,
            LocalDate day,
            boolean leaves) {}

    /**
     * Writes a hand-over down, and carries it out where its day has come.
     *
     * @param request made once by the sender: a repeated one changes nothing
     */
    public void ask(User user, long unit, Asked asked, String request) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        String bound = Journal.bound(
                request,
                "hand-over",
                unit,
                asked.post(),
                asked.from(),
                asked.to(),
                asked.name(),
                asked.login(),
                asked.day(),
                asked.leaves());
        journal.writeOnce(user.actor(), bound, acts -> {
            if (Stream.concat(
                            posts.listHolders(unit, LocalDate.now(clock)).stream(),
                            posts.listLeft(unit, now.minus(Posts.LEFT_COUNTS)).stream())
                    .noneMatch(h -> h.post() == asked.post() && h.person() == asked.from())) {
                throw new Refused(
                        "units.refused.no-holder", posts.findName(asked.from()).orElse("?"));
            }
            long to = asked.to() == null ? newcomer(user.actor(), unit, asked) : asked.to();
            if (asked.post() != Post.LEADER && accountsOf(to).isEmpty()) {
                throw new Refused("units.refused.no-account");
            }
            long id = posts.plan(
                    acts, unit, asked.post(), asked.from(), to, asked.day(), asked.leaves(), user.account(), now);
            if (!asked.day().isAfter(LocalDate.now(clock))) {
                posts.lock(id).ifPresent(over -> carryOut(acts, user.actor(), over, now));
            }
            return true;
        });
    }

    private long newcomer(Actor actor, long unit, Asked asked) {
        if (asked.name().isBlank()) {
            throw new Refused("units.refused.no-successor");
        }
        long person = posts.createPerson(asked.name().strip());
        if (!asked.login().isBlank()) {
            if (!asked.login().strip().matches("[a-zA-Z][a-zA-Z0-9-]{1,40}")) {
                throw new Refused("units.refused.login", asked.login());
            }
            if (asked.password().length() < 8) {
                throw new Refused("units.refused.password");
            }
            try {
                accounts.create(
                        actor,
                        asked.login().strip(),
                        person,
                        unit,
                        Set.of(asked.post().role()),
                        asked.password());
            } catch (DuplicateKeyException e) {
                throw new Refused("units.refused.login-taken", asked.login());
            }
        }
        return person;
    }

    /** Carries out what was written down for today or before; each in a transaction of its own. */
    int carryOutDue() {
        int done = 0;
        for (long id : posts.listDue(LocalDate.now(clock))) {
            Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
            try {
                done += journal.write(
                        Actor.SYSTEM,
                        acts -> posts.lock(id)
                                .map(over -> {
                                    carryOut(acts, Actor.SYSTEM, over, now);
                                    return 1;
                                })
                                .orElse(0));
            } catch (RuntimeException e) {
                // One that cannot be, because the post went elsewhere meanwhile, must not hold up the others.
                log.error("Hand-over {} could not be carried out; look at the page of its unit", id, e);
            }
        }
        return done;
    }

    private void carryOut(Journal.Acts acts, Actor actor, HandOver written, Instant now) {
        // Posts that go round: who takes another over has not left the house, whatever was ticked.
        HandOver over = written.leaves() && posts.isStaying(written) ? written.staying() : written;
        List<Long> from = accountsOf(over.from());
        List<Long> to = accountsOf(over.to());
        Set<Long> taken = matters(over, from);
        posts.hand(over);
        if (over.post() != Post.LEADER) {
            to.forEach(account ->
                    accounts.assign(actor, account, over.unit(), over.post().role()));
            // An account that is in another unit by now has its role there.
            accountsIn(over.unit(), over.from())
                    .forEach(account ->
                            accounts.release(actor, account, over.post().role()));
        }
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("post", over.post().key());
        event.put("from", over.fromName());
        event.put("to", over.toName());
        event.put("since", over.day());
        for (long matter : taken) {
            Open open = surroundings.open(
                    store.lock(matter).orElseThrow(),
                    surroundings.typeOf(store.find(matter).orElseThrow()));
            if (rename(open, over)) {
                store.save(open, surroundings.judge(open, now), now);
            }
            acts.note("matter:" + matter, "matter.taken-over", event);
        }
        follow(from, to, taken);
        if (over.leaves()) {
            from.forEach(account -> accounts.setActive(actor, account, false));
        }
        Stream.concat(from.stream(), to.stream()).forEach(this::unfollow);
        tell(over, to, taken, now);
        posts.done(over, taken.size(), now);
    }

    private List<Long> accountsOf(long person) {
        return sql.sql("select id from account where person = :person and active order by id")
                .param("person", person)
                .query(Long.class)
                .list();
    }

    private List<Long> accountsIn(long unit, long person) {
        return sql.sql("select id from account where person = :person and unit = :unit and active order by id")
                .param("person", person)
                .param("unit", unit)
                .query(Long.class)
                .list();
    }

    /**
     * Open matters that the successor takes over: those that name the predecessor (of this unit, or all where he
     * leaves); for a head what his unit leads and what waits for him, for a handler what he worked on or follows.
     */
    private Set<Long> matters(HandOver over, List<Long> accounts) {
        Long[] units = surroundings.tree().withAllBelow(over.unit()).stream()
                .filter(below -> surroundings.tree().worksFor(below).contains(over.unit()))
                .toArray(Long[]::new);
        return new LinkedHashSet<>(sql.sql("""
                        select m.id from matter m
                        where not m.ended and (
                          (:leader or :leaves) and m.leader = :from and (:leaves or m.lead = any(:units))
                          or :leaves and exists (select 1 from jsonb_each_text(m.fields) f where f.value = :fromText
                            and f.key = any(:personFields))
                          or :head and (m.lead = any(:units) or m.waits && cast(:heads as text[]))
                          or :handler and m.lead = any(:units) and (m.mover = any(:accounts)
                            or exists (select 1 from matter_progress g where g.matter = m.id and g.account = any(:accounts))
                            or exists (select 1 from follower f where f.matter = m.id and f.account = any(:accounts))))
                        order by m.due nulls last, m.id""")
                .param("leader", over.post() == Post.LEADER)
                .param("head", over.post() == Post.HEAD)
                .param("handler", over.post() == Post.HANDLER)
                .param("leaves", over.leaves())
                .param("from", over.from())
                .param("fromText", Long.toString(over.from()))
                .param("personFields", personFields().toArray(String[]::new))
                .param("units", units)
                .param("heads", List.of(units).stream().map(u -> "head:" + u).toArray(String[]::new))
                .param("accounts", accounts.toArray(Long[]::new))
                .query(Long.class)
                .list());
    }

    /** Keys of fields of any type that hold a person, beside the leader, who has a column. */
    private Set<String> personFields() {
        Set<String> keys = new LinkedHashSet<>();
        surroundings
                .types()
                .forEach(type -> type.fields().values().stream()
                        .filter(f -> f.kind() == Field.Kind.PERSON && !f.isCore())
                        .forEach(f -> keys.add(f.key())));
        return keys;
    }

    /** Puts the successor where the matter names the predecessor by the post, or anywhere if he leaves; false where it names him nowhere. */
    private static boolean rename(Open open, HandOver over) {
        boolean changed = false;
        boolean leads = over.post() == Post.LEADER || over.leaves();
        if (leads && open.leader != null && open.leader == over.from()) {
            open.leader = over.to();
            changed = true;
        }
        String from = Long.toString(over.from());
        for (Field field : open.type.fields().values()) {
            if (field.kind() == Field.Kind.PERSON && over.leaves() && from.equals(open.fields.get(field.key()))) {
                open.fields.put(field.key(), Long.toString(over.to()));
                changed = true;
            }
        }
        return changed;
    }

    private void follow(List<Long> from, List<Long> to, Set<Long> taken) {
        for (long account : to) {
            sql.sql("""
                            insert into follower (matter, account)
                            select distinct f.matter, :to from follower f
                            where f.account = any(:from) and f.matter = any(:taken)
                            on conflict do nothing""")
                    .param("to", account)
                    .param("from", from.toArray(Long[]::new))
                    .param("taken", taken.toArray(Long[]::new))
                    .update();
        }
    }

    /** Whose post is in another unit now follows no longer what he cannot see from there. */
    private void unfollow(long account) {
        Asking asking = accounts.findCurrent(account)
                .map(user -> Askers.of(user, surroundings.tree()))
                .orElse(new Asking(false, Set.of()));
        if (!asking.all()) {
            sql.sql("""
                            delete from follower f where f.account = :account and not exists (
                              select 1 from matter m where m.id = f.matter and m.parties && cast(:units as bigint[]))""")
                    .param("account", account)
                    .param("units", asking.units().toArray(Long[]::new))
                    .update();
        }
    }

    /** One message, with the most urgent by number. */
    private void tell(HandOver over, List<Long> to, Set<Long> taken, Instant now) {
        List<String> numbers = sql.sql(
                        "select number from matter where id = any(:ids) order by due nulls last, id limit :most")
                .param("ids", taken.toArray(Long[]::new))
                .param("most", MOST_NAMED)
                .query(String.class)
                .list();
        Map<String, String> details = new LinkedHashMap<>();
        details.put("by", over.fromName());
        details.put("unit", surroundings.tree().brief(over.unit(), over.day()));
        details.put("since", over.day().toString());
        details.put("count", Integer.toString(taken.size()));
        details.put("numbers", String.join("、", numbers) + (taken.size() > numbers.size() ? "……" : ""));
        to.forEach(
                account -> messages.tellOne(account, taken.isEmpty() ? "taken-over-none" : "taken-over", details, now));
    }
}
