package org.luoshi.server.matters;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.luoshi.server.accounts.User;
import org.luoshi.server.units.Units;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What a year of a pack gathers matters in: campaigns and meetings. */
@Component
class Gatherings {
    private final Campaigns campaigns;
    private final ObjectProvider<MeetingYear> meetings;
    private final Watch watch;
    private final Units units;
    private final JdbcClient sql;

    Gatherings(Campaigns campaigns, ObjectProvider<MeetingYear> meetings, Watch watch, Units units, JdbcClient sql) {
        this.campaigns = campaigns;
        this.meetings = meetings;
        this.watch = watch;
        this.units = units;
        this.sql = sql;
    }

    void play(User by, String act, Map<String, String> inputs) {
        String title = inputs.getOrDefault("title", "");
        switch (act) {
            case "campaign" -> campaign(by, inputs);
            case "meeting" -> {
                watch.look();
                meetings.getObject().begin(by, inputs, units(inputs.getOrDefault("units", "")));
            }
            case "open" -> {
                watch.look();
                meetings.getObject().open(by, title);
            }
            case "note" ->
                meetings.getObject().note(by, title, inputs.getOrDefault("about", ""), inputs.getOrDefault("text", ""));
            case "close" -> meetings.getObject().close(by, title);
            default ->
                throw new IllegalArgumentException(
                        "year.yaml asks for the act " + act + "; known are campaign, meeting, open, note, close");
        }
    }

    /** Decides something at a meeting; answers with the matter that the decision became. */
    long decide(User by, String meeting, String about, Map<String, String> typed, String request) {
        return meetings.getObject().decide(by, meeting, about, typed, request);
    }

    private void campaign(User by, Map<String, String> inputs) {
        long id = campaigns.save(
                by,
                null,
                new Campaigns.Said(
                        inputs.getOrDefault("name", ""),
                        inputs.getOrDefault("aim", ""),
                        units(inputs.getOrDefault("lead", "")).getFirst(),
                        LocalDate.parse(inputs.getOrDefault("starts", "")),
                        LocalDate.parse(inputs.getOrDefault("ends", ""))));
        List<String> numbers = Arrays.stream(inputs.getOrDefault("matters", "").split("\\|", -1))
                .map(title -> sql.sql("select number from matter where title = :title order by id limit 1")
                        .param("title", title.strip())
                        .query(String.class)
                        .optional()
                        .orElseThrow(() -> new IllegalArgumentException(
                                "year.yaml gathers the matter " + title + ", which is unknown")))
                .toList();
        campaigns.add(by, id, numbers);
    }

    private List<Long> units(String keys) {
        return Arrays.stream(keys.split(",", -1))
                .filter(key -> !key.isBlank())
                .map(key -> units.findByKey(key.strip())
                        .orElseThrow(() ->
                                new IllegalArgumentException("year.yaml names the unit " + key + ", which is unknown"))
                        .id())
                .toList();
    }
}
