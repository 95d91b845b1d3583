package io.gyre.api.console;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** {@code /console/access/points}: by which programs log in without an AccessKey, and from where. */
@ApplicationScoped
class PointsPage implements Page {
    static final String PATH = AccessPage.PATH + "/points";

    /** As many as the actions answer at once. */
    private static final int SIZE = 100;

    private final ConsoleActions actions;

    PointsPage(ConsoleActions actions) {
        this.actions = actions;
    }

    /** @param address empty where it has no page of its own */
    record Name(String name, String address) {}

    /**
     * @param total how many there are
     * @param number of the page, from 1
     * @param refusal why the visitor may not see it; empty where they may
     */
    record Part(List<Name> names, long total, int number, String refusal) {
        /** Of the next page. */
        public Optional<Integer> next() {
            return (long) number * SIZE < total ? Optional.of(number + 1) : Optional.empty();
        }
    }

    /** What the page shows. */
    record Found(Part points, Part rules) {}

    @Override
    public String path() {
        return PATH;
    }

    @Override
    public Uni<Answer> show(Visit visit, Visitor visitor) {
        return list(visit, visitor, "ApplicationAccessPoint", "page", OnePointPage::address)
                .chain(points ->
                        list(visit, visitor, "NetworkRule", "rules", name -> "").map(rules -> new Found(points, rules)))
                .map(found -> Answer.page(200, Templates.points(Frame.of("Access points", visit, visitor), found)));
    }

    private Uni<Part> list(
            Visit visit, Visitor visitor, String kind, String parameter, Function<String, String> address) {
        String given = visit.query().text(parameter);
        String number = given.isEmpty() ? "1" : given;
        return Seen.of(actions.call(
                                visit,
                                visitor,
                                "List" + kind + "s",
                                Map.of("PageNumber", number, "PageSize", Integer.toString(SIZE)))
                        .map(answer -> new Part(
                                AccessLists.of(answer, kind + "s", kind).stream()
                                        .map(each -> each.path("Name").asText())
                                        .map(name -> new Name(name, address.apply(name)))
                                        .toList(),
                                answer.path("TotalCount").asLong(),
                                answer.path("PageNumber").asInt(),
                                "")))
                .map(seen -> seen.or(refusal -> new Part(List.of(), 0, 1, refusal)));
    }
}
