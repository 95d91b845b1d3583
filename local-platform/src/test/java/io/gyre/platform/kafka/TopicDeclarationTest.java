package io.gyre.platform.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.internals.KafkaFutureImpl;
import org.junit.jupiter.api.Test;

class TopicDeclarationTest {

    private static final Map<String, TopicDescription> SHOWN =
            Map.of("orders", new TopicDescription("orders", false, List.of()));

    @Test
    void aBrokerThatHasNotReadOfANewTopicYetIsAskedAgain() throws Exception {
        Queue<KafkaFuture<Map<String, TopicDescription>>> answers = new ArrayDeque<>(List.of(
                failed(new UnknownTopicOrPartitionException("not yet")),
                failed(new UnknownTopicOrPartitionException("not yet")),
                KafkaFuture.completedFuture(SHOWN)));

        assertEquals(SHOWN, TopicDeclaration.shown(answers::remove, Duration.ofMinutes(1)));
    }

    @Test
    void aTopicThatNeverComesEndsTheWaiting() {
        ExecutionException thrown = assertThrows(
                ExecutionException.class,
                () -> TopicDeclaration.shown(
                        () -> failed(new UnknownTopicOrPartitionException("never")), Duration.ofMillis(-1)));

        assertInstanceOf(UnknownTopicOrPartitionException.class, thrown.getCause());
    }

    @Test
    void anotherErrorIsTheAnswer() {
        Queue<KafkaFuture<Map<String, TopicDescription>>> answers =
                new ArrayDeque<>(List.of(failed(new TopicAuthorizationException("no"))));

        ExecutionException thrown = assertThrows(
                ExecutionException.class, () -> TopicDeclaration.shown(answers::remove, Duration.ofMinutes(1)));

        assertInstanceOf(TopicAuthorizationException.class, thrown.getCause());
    }

    private static KafkaFuture<Map<String, TopicDescription>> failed(RuntimeException cause) {
        KafkaFutureImpl<Map<String, TopicDescription>> future = new KafkaFutureImpl<>();
        future.completeExceptionally(cause);
        return future;
    }
}
