package org.luoshi.server.register;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.luoshi.server.register.RegisterFilter.Dimension;
import org.luoshi.server.register.RegisterFilter.Fault;

class RegisterFilterTest {
    private final List<Fault> faults = new ArrayList<>();

    private RegisterFilter filter(String query) {
        return RegisterFilter.of(query, faults::add);
    }

    @Test
    void hasOneAddressForOneFilter() {
        RegisterFilter filter = filter("q=%E6%A1%A5&state=no-due&due=month&unit=3&part=lead&year=2026&unit=1");
        assertThat(filter.query()).isEqualTo("year=2026&unit=3&unit=1&part=lead&due=month&state=no-due&q=%E6%A1%A5");
        assertThat(filter(filter.query())).isEqualTo(filter);
        assertThat(faults).isEmpty();
    }

    @Test
    void leavesOutOneDimensionAndKeepsTheOthers() {
        RegisterFilter filter =
                filter("year=2026&unit=3&part=lead&theme=city&from=2026-01-01&state=masked&source=4&q=a");
        for (Dimension dimension : Dimension.values()) {
            RegisterFilter without = filter.without(dimension);
            assertThat(without.uses(dimension)).isFalse();
            assertThat(without.used()).hasSize(filter.used().size() - 1);
        }
        assertThat(filter.without(Dimension.UNIT).query()).doesNotContain("part");
    }

    @Test
    void namesWhatItCannotRead() {
        filter("unit=abc&due=soon&from=2026-02-30&state=lost&year=1e9&part=half&source=-1");
        assertThat(faults)
                .extracting(Fault::parameter)
                .containsExactlyInAnyOrder("unit", "due", "state", "year", "part", "source");
        faults.clear();
        filter("from=2026-02-30");
        assertThat(faults).containsExactly(new Fault("from", "2026-02-30"));
    }

    @Test
    void anEmptyParameterIsNoCondition() {
        assertThat(filter("unit=&q=&from=&to=&due=").isAll()).isTrue();
        assertThat(faults).isEmpty();
    }
}
