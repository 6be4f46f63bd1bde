package org.luoshi.server.register;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.luoshi.server.register.RegisterFilter.Dimension;
import org.luoshi.server.register.RegisterFilter.Parameter;

/**
 * Where a list of the register is: filter, order, page and way of looking, as an address that can be sent to a
 * colleague. A saved view keeps its own address while it is paged and sorted; a changed filter leaves it.
 *
 * @param view slug of the saved view that is shown, null for none
 * @param byUnit grouped by lead unit
 * @param page from 1
 */
public record Address(
        RegisterFilter filter,
        RegisterSort sort,
        boolean descending,
        int page,
        boolean byUnit,
        @Nullable String view) {

    static Address of(RegisterFilter filter) {
        return new Address(filter, RegisterSort.NUMBER, false, 1, false, null);
    }

    public String href() {
        List<Parameter> parameters = new ArrayList<>();
        if (view == null) {
            parameters.addAll(filter.parameters());
        }
        if (byUnit) {
            parameters.add(new Parameter("by", "unit"));
        }
        parameters.addAll(order());
        if (page > 1) {
            parameters.add(new Parameter("page", Integer.toString(page)));
        }
        return path(view == null ? "/register" : "/register/view/" + view, parameters);
    }

    private List<Parameter> order() {
        List<Parameter> order = new ArrayList<>();
        if (sort != RegisterSort.NUMBER || descending) {
            order.add(new Parameter("sort", sort.key()));
        }
        if (descending) {
            order.add(new Parameter("dir", "desc"));
        }
        return order;
    }

    private static String path(String path, List<Parameter> parameters) {
        StringBuilder address = new StringBuilder(path);
        char next = '?';
        for (Parameter parameter : parameters) {
            address.append(next)
                    .append(parameter.name())
                    .append('=')
                    .append(URLEncoder.encode(parameter.value(), StandardCharsets.UTF_8));
            next = '&';
        }
        return address.toString();
    }

    /** The query that a saved view keeps: filter and order. */
    public String query() {
        List<Parameter> parameters = new ArrayList<>(filter.parameters());
        parameters.addAll(order());
        String address = path("", parameters);
        return address.isEmpty() ? "" : address.substring(1);
    }

    /** The same list by another column; a second time by the same one turns it round. */
    public String sorted(RegisterSort by) {
        return new Address(filter, by, by == sort && !descending, 1, byUnit, view).href();
    }

    public String at(int other) {
        return new Address(filter, sort, descending, other, byUnit, view).href();
    }

    public String without(Dimension dimension) {
        return new Address(filter.without(dimension), sort, descending, 1, byUnit, null).href();
    }

    public String grouped(boolean group) {
        return new Address(filter, sort, descending, 1, group, view).href();
    }

    public String with(RegisterFilter other) {
        return new Address(other, sort, descending, 1, byUnit, null).href();
    }

    /** The tasks of one unit, out of the list by units. */
    public String ofUnit(long unit, RegisterFilter.Part part) {
        return new Address(filter.withUnit(unit, part), RegisterSort.NUMBER, false, 1, false, null).href();
    }

    public String file(String extension) {
        String query = query();
        return "/register/export." + extension + (query.isEmpty() ? "" : "?" + query);
    }

    public String pick(Dimension dimension) {
        String query = query();
        return "/register/pick/" + dimension.key() + (query.isEmpty() ? "" : "?" + query);
    }

    /** What a form that sets one dimension must send along, hidden. */
    public List<Parameter> hidden(Dimension but) {
        List<Parameter> parameters = new ArrayList<>(filter.without(but).parameters());
        if (byUnit) {
            parameters.add(new Parameter("by", "unit"));
        }
        parameters.addAll(order());
        return parameters;
    }

    /** All parameters of filter and order, for a form that sends chosen rows. */
    public List<Parameter> everything() {
        List<Parameter> parameters = new ArrayList<>(filter.parameters());
        parameters.addAll(order());
        return parameters;
    }
}
