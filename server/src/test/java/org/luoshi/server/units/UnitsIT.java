package org.luoshi.server.units;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.luoshi.server.ServerTest;
import org.luoshi.server.audit.Actor;
import org.luoshi.server.audit.Refused;
import org.springframework.beans.factory.annotation.Autowired;

class UnitsIT extends ServerTest {
    private static final LocalDate FOUNDED = LocalDate.of(2010, 4, 26);
    private static final LocalDate RENAMED = LocalDate.of(2019, 3, 22);

    @Autowired
    Units units;

    @Test
    void keepsTheNameOfTheDay() {
        long unit = found("name-of-day", "县经济和信息化委员会", "县经信委");
        units.rename(Actor.SYSTEM, unit, "县工业和信息化局", "县工信局", RENAMED);
        assertThat(units.getUnit(unit, RENAMED.minusDays(1)).shortName()).isEqualTo("县经信委");
        assertThat(units.getUnit(unit, RENAMED).shortName()).isEqualTo("县工信局");
        assertThat(units.getUnit(unit, FOUNDED.minusYears(1)).shortName()).isEqualTo("县经信委");
        assertThat(units.findByName("县经信委", RENAMED)).isEmpty();
        assertThat(units.findByName("县经信委", RENAMED.minusDays(1))).isPresent();
    }

    @Test
    void refusesANameThatBeginsBeforeTheLastOne() {
        long unit = found("order", "县甲局", "县甲局");
        units.rename(Actor.SYSTEM, unit, "县乙局", "县乙局", RENAMED);
        assertThatThrownBy(() -> units.rename(Actor.SYSTEM, unit, "县丙局", "县丙局", RENAMED))
                .isInstanceOf(Refused.class)
                .extracting("key")
                .isEqualTo("units.refused.order");
    }

    @Test
    void aClosedUnitIsGoneFromTheTreeButKeepsItsName() {
        long into = found("into", "县农业农村局", "县农业农村局");
        long unit = found("closing", "县扶贫开发办公室", "县扶贫办");
        LocalDate end = LocalDate.of(2024, 5, 31);
        units.close(Actor.SYSTEM, unit, end, into);
        assertThat(units.listUnits(end.minusDays(1))).extracting(Units.Unit::id).contains(unit);
        assertThat(units.listUnits(end)).extracting(Units.Unit::id).doesNotContain(unit);
        Units.Unit after = units.getUnit(unit, end.plusYears(1));
        assertThat(after.shortName()).isEqualTo("县扶贫办");
        assertThat(after.mergedInto()).isEqualTo(into);
        assertThatThrownBy(() -> units.close(Actor.SYSTEM, unit, end.plusDays(9), null))
                .isInstanceOf(Refused.class);
    }

    @Test
    void refusesAMergerIntoItselfOrBeforeFounding() {
        long unit = found("self", "县丁局", "县丁局");
        assertThatThrownBy(() -> units.close(Actor.SYSTEM, unit, RENAMED, unit)).isInstanceOf(Refused.class);
        assertThatThrownBy(() -> units.close(Actor.SYSTEM, unit, FOUNDED, null)).isInstanceOf(Refused.class);
        assertThat(units.getUnit(unit).closed()).isNull();
    }

    @Test
    void findsTheUnitThatAnswersForADuty() {
        assertThat(units.findByDuty("housing", LocalDate.of(2026, 1, 1))
                        .orElseThrow()
                        .shortName())
                .isEqualTo("县住建局");
        assertThat(units.findByDuty("no-such-duty", LocalDate.of(2026, 1, 1))).isEmpty();
    }

    @Test
    void listsParentsBeforeChildren() {
        List<Units.Unit> all = units.listUnits();
        for (Units.Unit unit : all) {
            if (unit.parent() != null) {
                assertThat(all.stream().map(Units.Unit::id).toList().indexOf(unit.parent()))
                        .isLessThan(all.indexOf(unit));
            }
        }
    }

    private long found(String key, String name, String shortName) {
        return units.found(
                Actor.SYSTEM,
                new Units.Founding(key, "department", county.unit("county"), List.of(), name, shortName, FOUNDED));
    }
}
