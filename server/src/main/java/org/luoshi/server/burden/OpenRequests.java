package org.luoshi.server.burden;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.luoshi.server.accounts.Role;
import org.luoshi.server.accounts.User;
import org.luoshi.server.matters.AlsoWaiting;
import org.luoshi.server.units.UnitTree;
import org.luoshi.server.units.Units;
import org.luoshi.server.web.Words;
import org.springframework.stereotype.Component;

/** Requests that a person's unit has to answer, for 我的事项. */
@Component
class OpenRequests implements AlsoWaiting {
    private static final int MOST = 100;

    private final RequestStore store;
    private final Units units;

    OpenRequests(RequestStore store, Units units) {
        this.store = store;
        this.units = units;
    }

    @Override
    public List<Line> listWaiting(User user, LocalDate today, Words words) {
        if (!user.is(Role.HANDLER) && !user.is(Role.HEAD)) {
            return List.of();
        }
        UnitTree tree = units.tree();
        Set<Long> mine = tree.worksFor(user.unit());
        List<String> states = user.is(Role.HEAD) ? List.of("open", "draft", "signing") : List.of("open", "draft");
        List<Line> lines = new ArrayList<>();
        for (RequestStore.Open open : store.waiting(mine, states, today, MOST)) {
            lines.add(new Line(
                    open.title(),
                    words.t(
                            open.state().equals("signing") ? "burden.inbox.sign" : "burden.inbox.fill",
                            Integer.toString(open.fields()),
                            Integer.toString(open.minutes())),
                    open.due(),
                    words.t(
                            "burden.inbox.meta",
                            tree.brief(open.asker(), today),
                            Period.of(open.period()).say(words)),
                    "/requests/answers/" + open.answer()));
        }
        return lines;
    }
}
