package io.gyre.api.console;

import io.gyre.api.console.ConsoleCalls.Operation;
import io.gyre.api.operations.ViewedDeadLetters;
import io.gyre.rpc.RpcFault;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

/** {@code /console/kafka/dead-letters/ID/replay}: asks what of a dead letter is to be sent to its request topic. */
@ApplicationScoped
class ReplayPage implements FormPage {
    static final String LAST = "replay";

    private final DeadLetterPage page;
    private final ViewedDeadLetters letters;
    private final ConsoleCalls calls;

    ReplayPage(DeadLetterPage page, ViewedDeadLetters letters, ConsoleCalls calls) {
        this.page = page;
        this.letters = letters;
        this.calls = calls;
    }

    /**
     * What is asked.
     *
     * @param value what is sent, as somebody mended it
     * @param sent where it went; empty while it did not
     * @param refusal why it was not sent; empty where nothing was refused
     */
    record Question(LetterSeen letter, String value, String sent, String refusal) {}

    @Override
    public String path() {
        return DeadLetterPage.PATH + "/" + LAST;
    }

    @Override
    public Uni<Answer> show(Visit visit, Visitor visitor) {
        return calls.missing(visit, visitor, replay(visit)).chain(missing -> page.letter(visit, visitor)
                .map(letter -> answer(
                        missing.isPresent() ? 403 : 200,
                        visit,
                        visitor,
                        new Question(letter, letter.text(), "", missing.orElse("")))));
    }

    @Override
    public Uni<Answer> submit(Visit visit, Visitor visitor, Form form) {
        String value = form.text("value");
        String id = DeadLetterPage.id(visit);
        return calls.make(
                        visit,
                        visitor,
                        replay(visit),
                        () -> letters.replay(visitor.asCaller(), id, letters.read(id, value)))
                .chain(sent -> page.letter(visit, visitor)
                        .map(letter -> answer(200, visit, visitor, new Question(letter, value, sent.topic(), ""))))
                .onFailure(failure -> failure instanceof RpcFault fault && fault.status() < 500)
                .recoverWithUni(failure -> {
                    RpcFault fault = (RpcFault) failure;
                    return page.letter(visit, visitor)
                            .map(letter -> answer(
                                    fault.status(), visit, visitor, new Question(letter, value, "", fault.text())));
                });
    }

    private static Operation replay(Visit visit) {
        String id = DeadLetterPage.id(visit);
        return new Operation("ReplayDeadLetter", "dead-letters/" + id + "/" + LAST, Map.of("id", id));
    }

    private static Answer answer(int status, Visit visit, Visitor visitor, Question question) {
        return Answer.page(
                status,
                Templates.replay(Frame.of("Replay " + question.letter().letter().id(), visit, visitor), question));
    }
}
