package org.luoshi.server.register;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.luoshi.server.accounts.User;
import org.luoshi.server.audit.Refused;
import org.luoshi.server.register.RegisterFilter.Dimension;
import org.luoshi.server.register.RegisterFilter.Fault;
import org.luoshi.server.register.SavedViews.Place;
import org.luoshi.server.register.SavedViews.SavedView;
import org.luoshi.server.register.Splits.Method;
import org.luoshi.server.register.Splits.Share;
import org.luoshi.server.register.Splits.Split;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** The register for programs. What a filter cannot understand is refused with the parameter's name and value. */
@RestController
@Tag(name = "register", description = "The register of confirmed commitments")
class RegisterApi {
    private static final int LARGEST_PAGE = 500;

    private final Register register;
    private final Splits splits;
    private final SavedViews views;

    RegisterApi(Register register, Splits splits, SavedViews views) {
        this.register = register;
        this.splits = splits;
        this.views = views;
    }

    /** A page of entries; {@code total} counts all that the filter leaves. */
    record EntryPage(long total, int page, int size, String sort, boolean descending, List<Entry> entries) {}

    /** A choice of a filter with the entries it would leave. */
    record ChoiceCount(String value, long count) {}

    /** What is sent to keep a view. */
    record NewView(String name, String query, boolean shared) {}

    /** What is sent to split a target. */
    record NewSplit(String method, int digits, List<NewShare> shares) {}

    record NewShare(long unit, BigDecimal value, @Nullable BigDecimal base) {}

    private static RegisterFilter filter(MultiValueMap<String, String> parameters) {
        List<Fault> faults = new ArrayList<>();
        RegisterFilter filter = RegisterFilter.of(parameters, faults::add);
        FilePages.refuse(faults);
        return filter;
    }

    private RegisterFilter known(RegisterFilter filter, UnitNames units) {
        for (long unit : filter.units()) {
            if (!units.has(unit)) {
                throw new Refused("register.fault", "unit", Long.toString(unit));
            }
        }
        return filter;
    }

    @GetMapping("/api/register")
    @Operation(
            summary = "Entries by filter, sorted, one page of them",
            description = "Repeat a parameter for several values, of which at least one must hold.")
    @Parameter(name = "unit", description = "unit id; stands for its subtree and what was merged into it")
    @Parameter(name = "part", description = "any, lead or joint: how the unit takes part")
    @Parameter(name = "theme", description = "theme key, or theme/subtheme")
    @Parameter(name = "due", description = "overdue, month, quarter, year or none")
    @Parameter(name = "from", description = "first day of the deadline, ISO")
    @Parameter(name = "to", description = "last day of the deadline, ISO")
    @Parameter(name = "state", description = "complete, no-lead, no-due, masked, split or split-off")
    @Parameter(name = "source", description = "document id")
    @Parameter(name = "year", description = "year of the tasks")
    @Parameter(name = "q", description = "words that must all be found, or an entry's number")
    @Parameter(name = "dir", description = "asc or desc")
    EntryPage list(
            @RequestParam(defaultValue = "number") String sort,
            @RequestParam(defaultValue = "1") int page,
            @RequestParam(defaultValue = "50") int size,
            @Parameter(hidden = true) @RequestParam MultiValueMap<String, String> parameters) {
        UnitNames units = register.units();
        RegisterFilter filter = known(filter(parameters), units);
        RegisterSort by = RegisterSort.find(sort).orElseThrow(() -> new Refused("register.fault", "sort", sort));
        if (page < 1) {
            throw new Refused("register.fault", "page", Integer.toString(page));
        }
        if (size < 1 || size > LARGEST_PAGE) {
            throw new Refused("register.fault", "size", Integer.toString(size));
        }
        boolean descending = "desc".equals(parameters.getFirst("dir"));
        return new EntryPage(
                register.count(filter, units),
                page,
                size,
                by.key(),
                descending,
                register.list(filter, by, descending, (page - 1L) * size, size, units));
    }

    @GetMapping("/api/register/choices/{dimension}")
    @Operation(summary = "The choices of a filter (unit, theme, due, state, source, year) with their counts")
    List<ChoiceCount> choices(
            @PathVariable String dimension,
            @Parameter(hidden = true) @RequestParam MultiValueMap<String, String> parameters) {
        Dimension of = Dimension.find(dimension)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "No dimension " + dimension));
        return register.choices(of, filter(parameters)).stream()
                .map(choice -> new ChoiceCount(choice.value(), choice.count()))
                .toList();
    }

    @GetMapping("/api/register/{id:\\d+}")
    @Operation(summary = "One entry")
    Entry entry(@PathVariable long id) {
        return register.find(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "No entry " + id));
    }

    @GetMapping("/api/register/{id:\\d+}/targets/{target:\\d+}/split")
    @Operation(summary = "How a target is split among units")
    Split split(@PathVariable long id, @PathVariable long target) {
        return entry(id).targets().stream()
                .filter(t -> t.id() == target)
                .findFirst()
                .flatMap(t -> splits.find(t.id()))
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "No split of " + target));
    }

    @PutMapping("/api/register/{id:\\d+}/targets/{target:\\d+}/split")
    @Operation(
            summary = "Splits a target among units, in place of an earlier split",
            description = "The shares must add up to the total exactly. method: hand, equal, last_year or base.")
    Split split(
            @AuthenticationPrincipal User user,
            @PathVariable long id,
            @PathVariable long target,
            @RequestBody NewSplit wanted) {
        entry(id);
        Method method = Method.find(wanted.method())
                .orElseThrow(() -> new Refused("register.fault", "method", wanted.method()));
        splits.save(
                user,
                id,
                target,
                method,
                wanted.digits(),
                wanted.shares().stream()
                        .map(share -> new Share(share.unit(), share.value(), share.base()))
                        .toList());
        return splits.find(target).orElseThrow();
    }

    @DeleteMapping("/api/register/{id:\\d+}/targets/{target:\\d+}/split")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Takes a split away")
    void removeSplit(@AuthenticationPrincipal User user, @PathVariable long id, @PathVariable long target) {
        splits.remove(user, entry(id), target);
    }

    @GetMapping("/api/views")
    @Operation(summary = "The views that I saved and those that are shared")
    List<SavedView> views(@AuthenticationPrincipal User user) {
        return views.list(user, Place.REGISTER);
    }

    @PostMapping("/api/views")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(summary = "Saves a filter under a name; query as in the address of the register")
    SavedView save(@AuthenticationPrincipal User user, @RequestBody NewView wanted) {
        return views.save(user, Place.REGISTER, wanted.name(), RegisterPages.sound(wanted.query()), wanted.shared());
    }

    @DeleteMapping("/api/views/{slug}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Deletes a view of one's own")
    void deleteView(@AuthenticationPrincipal User user, @PathVariable String slug) {
        views.delete(user, Place.REGISTER, slug);
    }
}
