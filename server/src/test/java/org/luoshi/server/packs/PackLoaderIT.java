package org.luoshi.server.packs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.luoshi.server.ServerTest;
import org.luoshi.server.accounts.Accounts;
import org.luoshi.server.accounts.Role;
import org.luoshi.server.audit.Journal;
import org.luoshi.server.units.Units;
import org.springframework.beans.factory.annotation.Autowired;

class PackLoaderIT extends ServerTest {
    @Autowired
    PackLoader packs;

    @Autowired
    Units units;

    @Autowired
    Accounts accounts;

    @Autowired
    Journal journal;

    @Override
    protected boolean wantsCounty() {
        return false;
    }

    @Test
    void loadsTheDemoOnceAndKeepsNamesOfTheirDay() throws Exception {
        packs.load(Path.of("../packs/demo"), "luoshi-demo");
        int count = units.listUnits(LocalDate.of(2026, 1, 1)).size();
        assertThat(count).isGreaterThan(100);
        long industry = units.findByKey("industry").orElseThrow().id();
        assertThat(units.getUnit(industry, LocalDate.of(2015, 1, 1)).shortName())
                .isEqualTo("县经信委");
        assertThat(units.getUnit(industry, LocalDate.of(2026, 1, 1)).shortName())
                .isEqualTo("县工信局");
        assertThat(accounts.loadUserByUsername("zhouqiming").is(Role.SUPERVISION))
                .isTrue();
        packs.load(Path.of("../packs/demo"), "luoshi-demo");
        assertThat(units.listUnits(LocalDate.of(2026, 1, 1))).hasSize(count);
        assertThat(journal.listBrokenStreams()).isEmpty();
    }
}
