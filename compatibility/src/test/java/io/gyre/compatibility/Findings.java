package io.gyre.compatibility;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What each SDK got, action by action and parameter by parameter. */
final class Findings {
    private final List<PublishedSdk> sdks;
    private final Map<String, String> given;
    private final Map<PublishedSdk, Map<String, Integer>> compared = new HashMap<>();
    private final Map<PublishedSdk, Set<String>> sent = new HashMap<>();
    private final List<String> wrong = new ArrayList<>();

    /** @param given what stories can name of the platform, as {@code ${name}} */
    Findings(List<PublishedSdk> sdks, Map<String, String> given) {
        this.sdks = List.copyOf(sdks);
        this.given = Map.copyOf(given);
    }

    /**
     * Has one SDK live through the story. A call that it has no fields for is made by another, so that the story goes on.
     */
    void tell(Story story, PublishedSdk sdk) throws Exception {
        Map<String, String> known = new LinkedHashMap<>(given);
        known.put("sdk", "sdk" + sdks.indexOf(sdk));
        for (Step step : story.steps()) {
            boolean own = sdk.takes(step.action(), step.parameters().keySet());
            PublishedSdk caller = own ? sdk : another(step);
            Step.Check check = step.check(caller.call(step.action(), step.parameters(known)), known);
            if (check.wrong() != null) {
                wrong.add(caller.title() + ": " + step.action() + " with " + step.parameters(known) + " "
                        + check.wrong());
            } else if (own) {
                compared.computeIfAbsent(sdk, first -> new HashMap<>())
                        .merge(step.action(), check.compared(), Integer::sum);
                step.parameters().keySet().forEach(name -> sent.computeIfAbsent(sdk, first -> new HashSet<>())
                        .add(step.action() + " " + name));
            }
        }
    }

    private PublishedSdk another(Step step) {
        return sdks.stream()
                .filter(sdk -> sdk.takes(step.action(), step.parameters().keySet()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No SDK can call " + step.action() + " with "
                        + step.parameters().keySet()));
    }

    /** Calls that did not end as they must. */
    List<String> wrong() {
        return wrong;
    }

    /** Parameters that an SDK has and no story sends. */
    List<String> untold(Set<String> actions) {
        List<String> untold = new ArrayList<>();
        for (PublishedSdk sdk : sdks) {
            for (String action : actions) {
                parameters(sdk, action)
                        .ifPresent(names -> names.forEach(name -> {
                            if (!isSent(sdk, action, name)) {
                                untold.add(sdk.title() + ": " + action + " " + name);
                            }
                        }));
                if (parameters(sdk, action).isPresent() && fields(sdk, action) < 0) {
                    untold.add(sdk.title() + ": " + action);
                }
            }
        }
        return untold;
    }

    /** One SDK's cells by row: an action, or an action and its parameter. */
    Map<String, String> column(PublishedSdk sdk, Set<String> actions) {
        Map<String, String> cells = new LinkedHashMap<>();
        for (String action : actions) {
            boolean known = parameters(sdk, action).isPresent();
            cells.put(action, known ? "yes, " + fields(sdk, action) : "–");
            for (String name : names(action)) {
                cells.put(action + " " + name, known && isSent(sdk, action, name) ? "yes" : "–");
            }
        }
        return cells;
    }

    /** All that any SDK can send to the action. */
    private Set<String> names(String action) {
        Set<String> names = new TreeSet<>();
        sdks.forEach(sdk -> parameters(sdk, action).ifPresent(names::addAll));
        return names;
    }

    private Optional<Set<String>> parameters(PublishedSdk sdk, String action) {
        return sdk.parameters(action);
    }

    private boolean isSent(PublishedSdk sdk, String action, String name) {
        return sent.getOrDefault(sdk, Set.of()).contains(action + " " + name);
    }

    private int fields(PublishedSdk sdk, String action) {
        return compared.getOrDefault(sdk, Map.of()).getOrDefault(action, -1);
    }
}
