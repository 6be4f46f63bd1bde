package org.luoshi.server.meetings;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/** The order of an agenda: what one unit answers for stands together. */
final class Order {
    private Order() {}

    /** Items that stand together because one unit answers for them; each decision of before stands alone. */
    static List<List<Item>> groups(List<Item> items) {
        List<List<Item>> groups = new ArrayList<>();
        for (Item item : items) {
            List<Item> group = item.part() == Item.Part.LAGS
                    ? groups.stream()
                            .filter(g -> Objects.equals(g.getFirst().lead(), item.lead()))
                            .findFirst()
                            .orElse(null)
                    : null;
            if (group == null) {
                group = new ArrayList<>();
                groups.add(group);
            }
            group.add(item);
        }
        return groups;
    }

    /** The ids in their new order: an item moves within its unit; the first or last of its unit takes the unit along. */
    static List<Long> moved(List<Item> items, long id, boolean up) {
        List<List<Item>> groups = groups(items);
        for (int g = 0; g < groups.size(); g++) {
            List<Item> group = groups.get(g);
            for (int i = 0; i < group.size(); i++) {
                if (group.get(i).id() == id) {
                    int other = up ? i - 1 : i + 1;
                    int otherGroup = up ? g - 1 : g + 1;
                    if (other >= 0 && other < group.size()) {
                        Collections.swap(group, i, other);
                    } else if (otherGroup >= 0 && otherGroup < groups.size()) {
                        Collections.swap(groups, g, otherGroup);
                    }
                    return groups.stream().flatMap(List::stream).map(Item::id).toList();
                }
            }
        }
        return items.stream().map(Item::id).toList();
    }
}
