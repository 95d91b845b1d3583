package io.gyre.api.console;

import io.gyre.api.console.ConsoleCalls.Operation;
import io.gyre.api.operations.ViewedDeadLetters;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.Map;

/** {@code /console/kafka/dead-letters/ID}: a record that no worker could read, and why. */
@ApplicationScoped
class DeadLetterPage implements Page {
    static final String PATH = KafkaPage.PATH + "/dead-letters/*";

    private final ViewedDeadLetters letters;
    private final ConsoleCalls calls;
    private final InstantSource clock;

    DeadLetterPage(ViewedDeadLetters letters, ConsoleCalls calls, InstantSource clock) {
        this.letters = letters;
        this.calls = calls;
        this.clock = clock;
    }

    static String address(String id) {
        return ConsoleRoutes.ROOT + PATH.replace("*", id);
    }

    /** Which one a path below it means. */
    static String id(Visit visit) {
        return visit.part(2);
    }

    @Override
    public String path() {
        return PATH;
    }

    @Override
    public Uni<Answer> show(Visit visit, Visitor visitor) {
        return letter(visit, visitor)
                .map(seen -> Answer.page(200, Templates.deadLetter(Frame.of(seen.title(), visit, visitor), seen)));
    }

    /** For whoever may see it. */
    Uni<LetterSeen> letter(Visit visit, Visitor visitor) {
        String id = id(visit);
        return calls.make(
                        visit,
                        visitor,
                        new Operation("DescribeDeadLetter", "dead-letters/" + id, Map.of("id", id)),
                        () -> letters.one(id))
                .map(letter -> new LetterSeen(letter, clock.instant()));
    }
}
