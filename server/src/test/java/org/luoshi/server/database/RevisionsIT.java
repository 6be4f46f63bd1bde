package org.luoshi.server.database;

import static org.assertj.core.api.Assertions.assertThat;

import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.luoshi.server.ServerTest;
import org.luoshi.server.register.InventedRegister;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class RevisionsIT extends ServerTest {
    @Autowired
    Revisions revisions;

    @Autowired
    JdbcClient sql;

    @Autowired
    DataSource source;

    @Autowired
    PlatformTransactionManager transactions;

    @BeforeAll
    void fill() throws Exception {
        new InventedRegister(source).fill(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update commitment set what = what || '。' where id = (select min(id) from commitment where state = 'registered')",
                "update document set title = title || '。' where id = (select min(id) from document)",
                "delete from commitment_joint where commitment = (select min(commitment) from commitment_joint)",
                "update commitment_target set masked = not masked",
                "update commitment set state = 'rejected' where id = (select max(id) from commitment where state = 'registered')",
            })
    void aChangeOfTheRegisterIsCountedOnce(String change) {
        long before = revisions.now().register();
        assertThat(sql.sql(change).update()).isPositive();
        assertThat(revisions.now().register()).isEqualTo(before + 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update unit_name set short_name = short_name || '室' where unit = (select min(unit) from unit_name)",
                "delete from account_role where role = 'reader'",
                "update account set active = active",
                "update person set name = name where id = (select min(id) from person)",
            })
    void aChangeOfPeopleIsCountedOnce(String change) {
        long before = revisions.now().people();
        assertThat(sql.sql(change).update()).isPositive();
        assertThat(revisions.now().people()).isEqualTo(before + 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update account set failures = 0",
                "update commitment set confidence = 1 where state <> 'registered'",
            })
    void whatNoPageKeepsCountsNothing(String change) {
        Revisions.Seen before = revisions.now();
        sql.sql(change).update();
        assertThat(revisions.now()).isEqualTo(before);
    }

    @Test
    void whatIsUndoneCountsNothingAndTwoWritersDoNotWait() {
        long before = revisions.now().register();
        String change =
                "update commitment set what = what where id = (select %s(id) from commitment where state = 'registered')";
        new TransactionTemplate(transactions).executeWithoutResult(first -> {
            sql.sql(change.formatted("min")).update();
            TransactionTemplate apart = new TransactionTemplate(transactions);
            apart.setPropagationBehavior(TransactionTemplate.PROPAGATION_REQUIRES_NEW);
            apart.setTimeout(5);
            apart.executeWithoutResult(
                    second -> sql.sql(change.formatted("max")).update());
            first.setRollbackOnly();
        });
        assertThat(revisions.now().register()).isEqualTo(before + 1);
    }
}
