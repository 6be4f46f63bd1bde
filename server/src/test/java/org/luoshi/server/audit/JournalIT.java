package org.luoshi.server.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.luoshi.server.ServerTest;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

class JournalIT extends ServerTest {
    private static final Actor CLERK = new Actor(null, "周启明");

    @Autowired
    Journal journal;

    @Autowired
    JdbcClient sql;

    @Autowired
    TransactionTemplate transaction;

    @Test
    void keepsEntriesOfAStreamInOrderNewestFirst() {
        journal.write(CLERK, acts -> {
            acts.note("thing:1", "thing.open", Map.of("a", 1));
            acts.note("thing:1", "thing.close", Map.of());
            return true;
        });
        assertThat(journal.listEntries("thing:1", 10))
                .extracting(Journal.Entry::act)
                .containsExactly("thing.close", "thing.open");
        assertThat(journal.listEntries("thing:1", 1).getFirst().seq()).isEqualTo(2);
    }

    @Test
    void leavesNothingBehindWhenTheWorkFails() {
        assertThatThrownBy(() -> journal.write(CLERK, acts -> {
                    acts.note("thing:2", "thing.open", Map.of());
                    sql.sql("insert into setting (name, value) values ('half', '1')")
                            .update();
                    throw new Refused("units.refused.closed", "x", "y");
                }))
                .isInstanceOf(Refused.class);
        assertThat(journal.listEntries("thing:2", 10)).isEmpty();
        assertThat(sql.sql("select count(*) from setting where name = 'half'")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void carriesOutARepeatedRequestOnce() {
        for (int i = 0; i < 3; i++) {
            journal.writeOnce(CLERK, "double-click", acts -> {
                acts.note("thing:3", "thing.open", Map.of());
                return 1;
            });
        }
        assertThat(journal.listEntries("thing:3", 10)).hasSize(1);
    }

    @Test
    void keepsTheChainWholeUnderManyWriters() throws Exception {
        try (ExecutorService writers = Executors.newFixedThreadPool(5)) {
            Callable<Boolean> writer = () -> journal.write(CLERK, acts -> {
                acts.note("crowd:b", "thing.touch", Map.of("name", "“引号”和 \" and \\ and 𠮷"));
                acts.note("crowd:a", "thing.touch", Map.of());
                return true;
            });
            writers.invokeAll(List.of(writer, writer, writer, writer, writer, writer, writer, writer, writer, writer));
        }
        assertThat(journal.listEntries("crowd:a", 100)).hasSize(10);
        assertThat(journal.listBrokenStreams()).isEmpty();
    }

    @Test
    void refusesToChangeOrDeleteAnEntry() {
        journal.write(CLERK, acts -> {
            acts.note("thing:4", "thing.open", Map.of());
            return true;
        });
        assertThatThrownBy(() -> sql.sql("update journal set act = 'other'").update())
                .hasMessageContaining("the journal only grows");
        assertThatThrownBy(() -> sql.sql("delete from journal").update())
                .hasMessageContaining("the journal only grows");
    }

    @Test
    void findsAnEntryThatWasForgedPastTheTrigger() {
        journal.write(CLERK, acts -> {
            acts.note("thing:5", "thing.open", Map.of("value", 5));
            return true;
        });
        forge("update journal set digest = '{\"value\":6}' where stream = 'thing:5'");
        assertThat(journal.listBrokenStreams()).contains("thing:5");
        forge("update journal set digest = '{\"value\":5}' where stream = 'thing:5'");
        assertThat(journal.listBrokenStreams()).doesNotContain("thing:5");
    }

    @Test
    void findsAnEntryThatWasCutOffTheEnd() {
        journal.write(CLERK, acts -> {
            acts.note("thing:6", "thing.open", Map.of());
            acts.note("thing:6", "thing.close", Map.of());
            return true;
        });
        forge("create temp table cut as select * from journal where stream = 'thing:6' and seq = 2");
        forge("delete from journal where stream = 'thing:6' and seq = 2");
        assertThat(journal.listBrokenStreams()).contains("thing:6");
    }

    private void forge(String statement) {
        transaction.executeWithoutResult(status -> {
            sql.sql("set local session_replication_role = replica").update();
            sql.sql(statement).update();
        });
    }
}
