package org.luoshi.server.audit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Everything that was ever done, and the only way to do something.
 *
 * <p>{@link #write} runs a piece of work in one transaction. The work changes its tables and tells {@link Acts} what it
 * did; the journal locks the heads of the streams it touched (in their order, so that two writers cannot wait for each
 * other), appends, and commits. Work that throws leaves nothing behind.
 */
@Component
public class Journal {
    /** So many entries go to the database with one statement. */
    private static final int ENTRIES = 1000;

    private final JdbcClient sql;
    private final TransactionTemplate transaction;
    private final JsonMapper json;
    private final Clock clock;

    Journal(JdbcClient sql, TransactionTemplate transaction, JsonMapper json, Clock clock) {
        this.sql = sql;
        this.transaction = transaction;
        this.json = json;
        this.clock = clock;
    }

    /** Collects what a piece of work did. */
    public static final class Acts {
        private final UUID batch = UUID.randomUUID();
        private final List<Act> acts = new ArrayList<>();

        /**
         * Notes an act.
         *
         * @param stream what it was done to, such as {@code commitment:17}
         * @param act what was done, such as {@code commitment.accept}
         * @param details what a reader of the journal needs: state before and after, reasons; never a password
         */
        public void note(String stream, String act, Map<String, ?> details) {
            acts.add(new Act(stream, act, details));
        }

        /** One id for all acts of this piece of work. */
        public UUID batch() {
            return batch;
        }
    }

    private record Act(String stream, String act, Map<String, ?> details) {}

    /** An entry as it stands in the journal. */
    public record Entry(
            long id,
            String stream,
            int seq,
            UUID batch,
            Instant at,
            @Nullable Long actor,
            String actorName,
            String act,
            JsonNode details) {}

    /** Runs work that may be repeated without harm, or that has its own guard. */
    public <T extends @Nullable Object> T write(Actor actor, Function<Acts, T> work) {
        return transaction.execute(status -> {
            Acts acts = new Acts();
            // What keeps its own history in the database notes the moment by the clock of the house.
            sql.sql("select set_config('luoshi.at', :at, true)")
                    .param("at", clock.instant().toString())
                    .query(String.class)
                    .single();
            T result = work.apply(acts);
            append(actor, acts);
            return result;
        });
    }

    /**
     * Binds a request key to what is asked with it: the same key with the same content is a repetition, with other
     * content it is another request, such as a form that was gone back to and filled in anew.
     *
     * @param act what is asked, such as {@code matter.move}
     * @param content to what, and with which words; each says by its text what it holds. Not the version that the sender
     *     looked at: a repetition may name a newer one
     */
    public static String bound(String request, String act, @Nullable Object... content) {
        MessageDigest digest = sha256();
        add(digest, act);
        for (Object part : content) {
            add(digest, part instanceof Map<?, ?> map ? new TreeMap<>(map).toString() : String.valueOf(part));
        }
        return request + "#" + HexFormat.of().formatHex(digest.digest());
    }

    private static void add(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(4).putInt(bytes.length).array());
        digest.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /**
     * Runs work once per request key; a repeated request does nothing.
     *
     * @param request a key that the sender makes once and repeats with every retry, {@link #bound} to what he asks
     * @return what the work answered, empty where the request had been carried out before
     */
    public <T> Optional<T> writeOnce(Actor actor, String request, Function<Acts, T> work) {
        return write(actor, acts -> {
            int fresh = sql.sql("""
                            insert into journal_request (request, batch, at) values (:request, :batch, :at)
                            on conflict (request) do nothing""")
                    .param("request", actor.account() + ":" + request)
                    .param("batch", acts.batch())
                    .param("at", Timestamp.from(clock.instant()))
                    .update();
            return fresh == 0 ? Optional.<T>empty() : Optional.of(work.apply(acts));
        });
    }

    /**
     * What a request that was carried out before was done to: the answer to its repetition.
     *
     * @param act such as {@code meeting.begin}; the stream of its first entry is told
     */
    public Optional<String> findStream(Actor actor, String request, String act) {
        return sql.sql("""
                        select j.stream from journal_request r join journal j on j.batch = r.batch
                        where r.request = :request and j.act = :act order by j.id limit 1""")
                .param("request", actor.account() + ":" + request)
                .param("act", act)
                .query(String.class)
                .optional();
    }

    private void append(Actor actor, Acts acts) {
        if (acts.acts.isEmpty()) {
            return;
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Map<String, Head> heads = lock(acts.acts);
        for (int from = 0; from < acts.acts.size(); from += ENTRIES) {
            append(actor, acts, acts.acts.subList(from, Math.min(acts.acts.size(), from + ENTRIES)), heads, now);
        }
        String[] streams = heads.keySet().toArray(String[]::new);
        sql.sql("""
                        update journal_head h set seq = n.seq, hash = n.hash
                        from unnest(cast(:streams as text[]), cast(:seqs as int[]), cast(:hashes as bytea[])) as n(stream, seq, hash)
                        where h.stream = n.stream""")
                .param("streams", streams)
                .param(
                        "seqs",
                        Arrays.stream(streams)
                                .map(stream -> head(heads, stream).seq())
                                .toArray(Integer[]::new))
                .param(
                        "hashes",
                        Arrays.stream(streams)
                                .map(stream -> head(heads, stream).hash())
                                .toArray(byte[][]::new))
                .update();
    }

    private void append(Actor actor, Acts acts, List<Act> some, Map<String, Head> heads, Instant now) {
        int count = some.size();
        String[] streams = new String[count];
        Integer[] seqs = new Integer[count];
        String[] names = new String[count];
        String[] details = new String[count];
        byte[][] hashes = new byte[count][];
        for (int i = 0; i < count; i++) {
            Act act = some.get(i);
            Head head = head(heads, act.stream());
            streams[i] = act.stream();
            seqs[i] = head.seq() + 1;
            names[i] = act.act();
            details[i] = json.writeValueAsString(act.details());
            hashes[i] = hash(head.hash(), act.stream(), seqs[i], now, actor, act.act(), details[i]);
            heads.put(act.stream(), new Head(seqs[i], hashes[i]));
        }
        sql.sql("""
                        insert into journal (stream, seq, batch, at, actor, actor_name, act, details, digest, hash)
                        select n.stream, n.seq, :batch, cast(:at as timestamptz), cast(:actor as bigint), :name, n.act,
                               cast(n.details as jsonb), n.details, n.hash
                        from unnest(cast(:streams as text[]), cast(:seqs as int[]), cast(:acts as text[]),
                                    cast(:details as text[]), cast(:hashes as bytea[]))
                          with ordinality as n(stream, seq, act, details, hash, place)
                        order by n.place""")
                .param("streams", streams)
                .param("seqs", seqs)
                .param("acts", names)
                .param("details", details)
                .param("hashes", hashes)
                .param("batch", acts.batch())
                .param("at", Timestamp.from(now))
                .param("actor", actor.account())
                .param("name", actor.name())
                .update();
    }

    private record Head(int seq, byte[] hash) {}

    private static Head head(Map<String, Head> heads, String stream) {
        return Objects.requireNonNull(heads.get(stream));
    }

    /** Locks the heads of all streams in one order, so that two writers cannot wait for each other. */
    private Map<String, Head> lock(List<Act> acts) {
        Map<String, Head> heads = new TreeMap<>();
        for (Act act : acts) {
            heads.put(act.stream(), new Head(0, new byte[0]));
        }
        String[] streams = heads.keySet().toArray(String[]::new);
        sql.sql("""
                        insert into journal_head (stream, seq, hash)
                        select n.stream, 0, ''::bytea from unnest(cast(:streams as text[])) with ordinality as n(stream, place)
                        order by n.place on conflict (stream) do nothing""").param("streams", streams).update();
        sql.sql("""
                        select stream, seq, hash from journal_head where stream = any(cast(:streams as text[]))
                        order by stream collate "C" for update""").param("streams", streams).query(row -> {
            heads.put(row.getString("stream"), new Head(row.getInt("seq"), row.getBytes("hash")));
        });
        return heads;
    }

    /** The entries of a stream, newest first. */
    public List<Entry> listEntries(String stream, int limit) {
        return sql.sql("""
                        select id, stream, seq, batch, at, actor, actor_name, act, details
                        from journal where stream = :stream order by seq desc limit :limit""")
                .param("stream", stream)
                .param("limit", limit)
                .query((row, n) -> new Entry(
                        row.getLong("id"),
                        row.getString("stream"),
                        row.getInt("seq"),
                        row.getObject("batch", UUID.class),
                        row.getTimestamp("at").toInstant(),
                        row.getObject("actor", Long.class),
                        row.getString("actor_name"),
                        row.getString("act"),
                        json.readTree(row.getString("details"))))
                .list();
    }

    /** The last entries of a stream up to a moment, the newest first. */
    public List<Entry> listEntries(String stream, Instant until, int limit) {
        return sql.sql("""
                        select id, stream, seq, batch, at, actor, actor_name, act, details
                        from journal where stream = :stream and at <= :until order by seq desc limit :limit""")
                .param("stream", stream)
                .param("until", Timestamp.from(until))
                .param("limit", limit)
                .query((row, n) -> new Entry(
                        row.getLong("id"),
                        row.getString("stream"),
                        row.getInt("seq"),
                        row.getObject("batch", UUID.class),
                        row.getTimestamp("at").toInstant(),
                        row.getObject("actor", Long.class),
                        row.getString("actor_name"),
                        row.getString("act"),
                        json.readTree(row.getString("details"))))
                .list();
    }

    /** The streams whose chain is broken: an entry changed, missing, or not the one that the head names. */
    public List<String> listBrokenStreams() {
        List<String> broken = new ArrayList<>();
        Map<String, Head> last = new TreeMap<>();
        sql.sql("select stream, seq, at, actor, actor_name, act, digest, hash from journal order by stream, seq")
                .query(row -> {
                    String stream = row.getString("stream");
                    Head before = last.getOrDefault(stream, new Head(0, new byte[0]));
                    Actor actor = new Actor(row.getObject("actor", Long.class), row.getString("actor_name"));
                    byte[] expected = hash(
                            before.hash(),
                            stream,
                            row.getInt("seq"),
                            row.getTimestamp("at").toInstant(),
                            actor,
                            row.getString("act"),
                            row.getString("digest"));
                    byte[] found = row.getBytes("hash");
                    boolean sound = row.getInt("seq") == before.seq() + 1 && MessageDigest.isEqual(expected, found);
                    if (!sound && !broken.contains(stream)) {
                        broken.add(stream);
                    }
                    last.put(stream, new Head(row.getInt("seq"), found));
                });
        sql.sql("select stream, seq, hash from journal_head where seq > 0").query(row -> {
            Head head = last.get(row.getString("stream"));
            boolean sound = head != null
                    && head.seq() == row.getInt("seq")
                    && MessageDigest.isEqual(head.hash(), row.getBytes("hash"));
            if (!sound && !broken.contains(row.getString("stream"))) {
                broken.add(row.getString("stream"));
            }
        });
        return broken;
    }

    private static byte[] hash(
            byte[] before, String stream, int seq, Instant at, Actor actor, String act, String details) {
        MessageDigest digest = sha256();
        digest.update(before);
        for (String part : List.of(
                stream,
                Integer.toString(seq),
                at.toString(),
                String.valueOf(actor.account()),
                actor.name(),
                act,
                details)) {
            add(digest, part);
        }
        return digest.digest();
    }
}
