package org.luoshi.server.register;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.luoshi.server.database.Kept;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * Which entry comes at which place of a list. The first thousand places are found by an index; who leafs further makes
 * the database sort the whole list, so the whole order is then kept (eight bytes an entry) and every other page of it
 * costs nothing, the last one too.
 */
final class RegisterOrders {
    private static final int FIRST = 1_000;

    /** About 24 MB. */
    private static final long MOST = 3_000_000;

    private final JdbcClient sql;
    private final Kept<Key, long[]> kept = new Kept<>(MOST, ids -> ids.length + 16L);

    RegisterOrders(JdbcClient sql) {
        this.sql = sql;
    }

    /** A list: what is in it, how it is ordered, and the day that "overdue" and "this month" mean. */
    record Order(RegisterFilter filter, RegisterSort sort, boolean descending, LocalDate today) {}

    private record Key(Order order, boolean whole) {}

    /** The ids at some places of a list, fewer at its end. */
    List<Long> part(long revision, Order order, long offset, int limit, UnitNames units) {
        boolean whole = offset + limit > FIRST;
        long[] ids =
                kept.get(revision, new Key(order, whole), () -> read(order, whole ? Integer.MAX_VALUE : FIRST, units));
        int from = (int) Math.min(offset, ids.length);
        int to = (int) Math.min(offset + limit, ids.length);
        return LongStream.of(Arrays.copyOfRange(ids, from, to)).boxed().toList();
    }

    private long[] read(Order order, int limit, UnitNames units) {
        RegisterCondition where = RegisterCondition.of(order.filter(), order.today(), units);
        RegisterSort sort = order.sort();
        StatementSpec question = sql.sql((sort.needsPlaces()
                                ? "with place (unit, n) as (select * from unnest(:placed) with ordinality)\n"
                                : "")
                        + "select c.id from commitment c "
                        + sort.join()
                        + "\nwhere "
                        + where.text()
                        + "\norder by "
                        + sort.order(order.descending())
                        + " limit :limit")
                .params(where.values());
        if (sort.needsPlaces()) {
            question = question.param(
                    "placed", units.ordered().stream().map(UnitNames.Node::id).toArray(Long[]::new));
        }
        LongStream.Builder ids = LongStream.builder();
        question.param("limit", limit).query(row -> {
            ids.add(row.getLong(1));
        });
        return ids.build().toArray();
    }
}
