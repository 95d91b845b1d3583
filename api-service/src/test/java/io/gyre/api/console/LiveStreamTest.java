package io.gyre.api.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gyre.api.console.ConsoleCalls.Operation;
import io.gyre.secret.SecretText;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LiveStreamTest {
    private final PlayedResponse browser = new PlayedResponse();

    private final LiveStream stream = new LiveStream(
            new Visit("id", "/console/", new Query(Map.of()), Optional.of(ConsoleToken.make()), "127.0.0.1", false),
            new Visitor("1000", "root", "", false, SecretText.of("")),
            new Watching(),
            "1",
            browser.response());

    /** A page that shows nothing. */
    private record Watching() implements LivePage {
        @Override
        public String path() {
            return "";
        }

        @Override
        public Uni<Answer> show(Visit visit, Visitor visitor) {
            return Uni.createFrom().item(Answer.empty(200));
        }

        @Override
        public Watched watched(Visit visit, Visitor visitor) {
            return new Watched.WholeAccount(visitor.accountId());
        }

        @Override
        public Operation operation(Visit visit) {
            return new Operation("Look", "look");
        }

        @Override
        public Uni<TemplateInstance> part(Visit visit, Visitor visitor) {
            return Uni.createFrom().nothing();
        }
    }

    @Test
    void whatChangedIsDueAtOnceAndThenOnlyAfterSomeLooks() {
        assertFalse(stream.isDue("1", 3));
        assertTrue(stream.isDue("2", 3));
        assertFalse(stream.isDue("2", 3));
        assertFalse(stream.isDue("2", 3));
        assertTrue(stream.isDue("2", 3));
        assertFalse(stream.isDue("2", 3));
    }

    @Test
    void aBrowserThatTakesNothingIsSentNothingAndIsShownTheLatestLater() {
        browser.full = true;
        assertFalse(stream.isDue("2", 3));
        assertFalse(stream.isDue("3", 3));
        browser.full = false;
        assertTrue(stream.isDue("3", 3));
    }

    @Test
    void eachLineOfAPartIsALineOfItsEvent() {
        stream.show("<p>one\r\ntwo</p>\n\nevent: over");
        stream.end("It is over.");
        stream.show("too late");
        assertEquals(
                List.of(
                        "event: part\ndata: <p>one\ndata: two</p>\ndata: \ndata: event: over\n\n",
                        "event: over\ndata: It is over.\n\n"),
                browser.written);
    }
}
