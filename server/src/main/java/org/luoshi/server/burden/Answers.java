package org.luoshi.server.burden;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.luoshi.server.accounts.Role;
import org.luoshi.server.accounts.User;
import org.luoshi.server.audit.Journal;
import org.luoshi.server.audit.Refused;
import org.luoshi.server.matters.Fault;
import org.luoshi.server.matters.Files;
import org.luoshi.server.matters.Messages;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Fills in requests: drafts, what is sent, what the head of a unit signs, what comes back. */
@Component
class Answers {
    private static final int MOST_BYTES = 20 * 1024 * 1024;

    private final JdbcClient sql;
    private final Journal journal;
    private final RequestStore store;
    private final Requests requests;
    private final Files files;
    private final Messages messages;
    private final Clock clock;

    Answers(
            JdbcClient sql,
            Journal journal,
            RequestStore store,
            Requests requests,
            Files files,
            Messages messages,
            Clock clock) {
        this.messages = messages;
        this.sql = sql;
        this.journal = journal;
        this.store = store;
        this.requests = requests;
        this.files = files;
        this.clock = clock;
    }

    /**
     * What a person typed.
     *
     * @param values by field
     * @param absent why a field cannot be said, by field
     * @param uploads files by field
     */
    record Typed(int version, Map<Long, String> values, Map<Long, String> absent, Map<Long, Files.Upload> uploads) {}

    /** An input is wrong; nothing was kept. */
    static final class Wrong extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient Map<Long, AnswerChecks.Checked> faults;

        Wrong(Map<Long, AnswerChecks.Checked> faults) {
            super(faults.toString());
            this.faults = Map.copyOf(faults);
        }

        Map<Long, AnswerChecks.Checked> faults() {
            return faults;
        }
    }

    boolean mayAnswer(User user, Request.Answer answer) {
        return requests.isOf(user, answer.unit());
    }

    /** Whether a person may see the values: until the answer leaves its unit, only those who write it. */
    boolean maySee(User user, Request.Answer answer) {
        return answer.state().equals("sent") || mayAnswer(user, answer);
    }

    boolean maySign(User user, Request.Answer answer) {
        return user.is(Role.HEAD) && requests.isOf(user, answer.unit());
    }

    /** Whether a person may send back what was sent, because it does not answer. */
    boolean mayReturn(User user, Request.Answer answer) {
        return requests.isOf(user, answer.asker());
    }

    /** The fields that a unit is asked for in a round. */
    List<Request.Field> fieldsOf(Request.Answer answer) {
        Set<Long> known = store.known(answer.round()).stream()
                .filter(k -> k.unit() == answer.unit())
                .map(Request.Known::field)
                .collect(Collectors.toSet());
        return store.fields(answer.request()).stream()
                .filter(f -> !known.contains(f.id()))
                .toList();
    }

    /**
     * Keeps a draft, or sends the answer; an answer that must be signed waits for the head of the unit.
     *
     * @throws Wrong with every input that does not fit
     */
    String save(User user, long id, Typed typed, boolean send, String key) {
        Map<Long, String> uploads = new LinkedHashMap<>();
        typed.uploads().forEach((field, upload) -> uploads.put(field, upload.name() + ":" + upload.bytes()));
        String bound = Journal.bound(key, "answer.save", id, typed.values(), typed.absent(), uploads, send);
        Optional<String> state = journal.writeOnce(user.actor(), bound, acts -> {
            Request.Answer answer = locked(id, typed.version());
            Request request = store.find(answer.request()).orElseThrow(Answers::none);
            if (!mayAnswer(user, answer)) {
                throw new Refused("burden.refused.not-your-unit");
            }
            open(request, answer);
            List<Request.Field> fields = fieldsOf(answer);
            Map<Long, Request.Value> before =
                    store.values(id).stream().collect(Collectors.toMap(Request.Value::field, v -> v));
            Map<Long, AnswerChecks.Checked> faults = new LinkedHashMap<>();
            Map<String, String> after = new LinkedHashMap<>();
            for (Request.Field field : fields) {
                AnswerChecks.Checked checked = check(field, typed, before.get(field.id()), send);
                if (checked.fault() != null) {
                    faults.put(field.id(), checked);
                }
                after.put(field.name(), checked.value());
            }
            if (!faults.isEmpty()) {
                throw new Wrong(faults);
            }
            Instant now = now();
            for (Request.Field field : fields) {
                Files.Upload upload = typed.uploads().get(field.id());
                Long file = upload == null ? null : keep(user, id, upload, now);
                put(
                        id,
                        field.id(),
                        file == null
                                ? AnswerChecks.check(
                                                field.kind(), typed.values().getOrDefault(field.id(), ""))
                                        .value()
                                : file(upload),
                        typed.absent().getOrDefault(field.id(), "").strip(),
                        file,
                        before.get(field.id()));
            }
            boolean signs = request.signed() && !maySign(user, answer);
            String next = !send ? "draft" : signs ? "signing" : "sent";
            boolean leaves = next.equals("sent");
            move(id, next, user, "", leaves ? now : null, leaves && request.signed() ? user.account() : null, now);
            Map<String, Object> details = new LinkedHashMap<>();
            details.put("unit", answer.unit());
            details.put("round", answer.round());
            details.put("from", answer.state());
            details.put("to", next);
            if (send) {
                details.put("values", after);
            }
            acts.note("request:" + answer.request(), send ? "request.answer" : "request.draft", details);
            if (next.equals("signing")) {
                messages.tellHeads(
                        List.of(answer.unit()), "answer-to-sign", about(user, request, id, ""), user.account(), now);
            }
            return next;
        });
        return state.orElseGet(
                () -> store.findAnswer(id).map(Request.Answer::state).orElse("open"));
    }

    private static String file(Files.@Nullable Upload upload) {
        return upload == null ? "" : upload.name();
    }

    private AnswerChecks.Checked check(Request.Field field, Typed typed, Request.@Nullable Value before, boolean send) {
        String text = typed.values().getOrDefault(field.id(), "");
        boolean absent = !typed.absent().getOrDefault(field.id(), "").isBlank();
        if (field.kind() == Request.Kind.FILE) {
            Files.Upload upload = typed.uploads().get(field.id());
            if (upload != null) {
                return check(upload);
            }
            String kept = before != null && before.file() != null ? before.value() : "";
            return !send || !kept.isEmpty() || absent
                    ? AnswerChecks.Checked.good(kept)
                    : AnswerChecks.Checked.bad("", "burden.fault.file-needed", field.name());
        }
        AnswerChecks.Checked checked = AnswerChecks.check(field.kind(), text);
        if (checked.fault() == null && send && checked.value().isEmpty() && !absent) {
            return AnswerChecks.Checked.bad(text, "burden.fault.needed", field.name());
        }
        if (checked.fault() == null && !checked.value().isEmpty() && absent) {
            return AnswerChecks.Checked.bad(text, "burden.fault.both", field.name());
        }
        return checked;
    }

    private AnswerChecks.Checked check(Files.Upload upload) {
        if (upload.bytes() > MOST_BYTES) {
            return AnswerChecks.Checked.bad(
                    "", "burden.fault.file-large", upload.name(), Integer.toString(MOST_BYTES / 1024 / 1024));
        }
        List<Fault> faults = files.check(List.of(upload));
        return faults.isEmpty()
                ? AnswerChecks.Checked.good(upload.name())
                : AnswerChecks.Checked.bad(
                        "",
                        faults.getFirst().key(),
                        faults.getFirst().arguments().stream()
                                .map(String::valueOf)
                                .toArray(String[]::new));
    }

    private long keep(User user, long answer, Files.Upload upload, Instant now) {
        try (InputStream in = upload.open()) {
            byte[] content = in.readAllBytes();
            return sql.sql("""
                            insert into data_file (answer, name, bytes, sha256, content, account, at)
                            values (:answer, :name, :bytes, :sha256, :content, :account, :at) returning id""")
                    .param("answer", answer)
                    .param("name", upload.name().replaceAll("[\\\\/\\p{Cntrl}]", "_"))
                    .param("bytes", content.length)
                    .param(
                            "sha256",
                            HexFormat.of()
                                    .formatHex(
                                            MessageDigest.getInstance("SHA-256").digest(content)))
                    .param("content", content)
                    .param("account", user.account())
                    .param("at", Timestamp.from(now))
                    .query(Long.class)
                    .single();
        } catch (IOException e) {
            throw new UncheckedIOException("The upload " + upload.name() + " cannot be read", e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private void put(
            long answer, long field, String value, String absent, @Nullable Long file, Request.@Nullable Value before) {
        Long kept = file == null && before != null && absent.isEmpty() ? before.file() : file;
        sql.sql("""
                        insert into data_value (answer, field, value, absent, file)
                        values (:answer, :field, :value, :absent, :file)
                        on conflict (answer, field) do update set value = excluded.value, absent = excluded.absent, file = excluded.file""")
                .param("answer", answer)
                .param("field", field)
                .param("value", kept != null && file == null && before != null ? before.value() : value)
                .param("absent", absent)
                .param("file", kept)
                .update();
    }

    private void move(
            long id,
            String state,
            User user,
            String reason,
            @Nullable Instant sent,
            @Nullable Long signedBy,
            Instant now) {
        sql.sql("""
                        update data_answer set state = :state, reason = :reason, version = version + 1, changed_by = :by,
                          changed_at = :now, sent_at = :sent, signed_by = :signed where id = :id""")
                .param("state", state)
                .param("reason", reason)
                .param("by", user.account())
                .param("now", Timestamp.from(now))
                .param("sent", sent == null ? null : Timestamp.from(sent))
                .param("signed", signedBy)
                .param("id", id)
                .update();
    }

    /** The head of the unit signs what leaves it. */
    void sign(User user, long id, int version, String key) {
        journal.writeOnce(user.actor(), Journal.bound(key, "answer.sign", id), acts -> {
            Request.Answer answer = locked(id, version);
            if (!maySign(user, answer)) {
                throw new Refused("burden.refused.head");
            }
            if (!answer.state().equals("signing")) {
                throw Refused.conflict("burden.refused.state", answer.changedBy());
            }
            Instant now = now();
            move(id, "sent", user, "", now, user.account(), now);
            acts.note(
                    "request:" + answer.request(),
                    "request.sign",
                    Map.of("unit", answer.unit(), "round", answer.round()));
            return true;
        });
    }

    /** The head sends it back to his people, or who asked sends back what does not answer. */
    void sendBack(User user, long id, int version, String reason, String key) {
        if (reason.isBlank()) {
            throw new Refused("burden.refused.reason");
        }
        journal.writeOnce(user.actor(), Journal.bound(key, "answer.send-back", id, reason), acts -> {
            Request.Answer answer = locked(id, version);
            boolean own = answer.state().equals("signing") && maySign(user, answer);
            boolean asked = answer.state().equals("sent") && requests.isOf(user, answer.asker());
            if (!own && !asked) {
                throw new Refused("burden.refused.send-back");
            }
            Instant now = now();
            move(id, "draft", user, reason.strip(), null, null, now);
            Request request = store.find(answer.request()).orElseThrow(Answers::none);
            messages.tellUnits(
                    List.of(answer.unit()),
                    "answer-returned",
                    about(user, request, id, reason.strip()),
                    user.account(),
                    now);
            acts.note(
                    "request:" + answer.request(),
                    "request.send-back",
                    Map.of("unit", answer.unit(), "round", answer.round(), "reason", reason.strip()));
            return true;
        });
    }

    private static Map<String, String> about(User user, Request request, long answer, String reason) {
        return Map.of(
                "by", user.name(), "title", request.title(), "reason", reason, "page", "/requests/answers/" + answer);
    }

    private Request.Answer locked(long id, int version) {
        Request.Answer answer = store.lock(id).orElseThrow(Answers::none);
        if (answer.version() != version) {
            throw Refused.conflict("burden.refused.stale", answer.changedBy());
        }
        return answer;
    }

    private void open(Request request, Request.Answer answer) {
        if (request.state().equals("withdrawn")) {
            throw Refused.conflict("burden.refused.withdrawn");
        }
        if (!answer.state().equals("open") && !answer.state().equals("draft")) {
            throw Refused.conflict("burden.refused.state", answer.changedBy());
        }
    }

    private static Refused none() {
        return new Refused("burden.refused.none");
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
