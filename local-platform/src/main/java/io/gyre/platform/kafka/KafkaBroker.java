package io.gyre.platform.kafka;

import io.gyre.event.Topics;
import io.gyre.platform.PlatformException;
import io.gyre.platform.PrivateFile;
import io.gyre.platform.process.ChildProcess;
import io.gyre.platform.process.ChildSpec;
import io.gyre.platform.process.ChildSpec.StopSignal;
import io.gyre.platform.process.JavaCommand;
import io.gyre.platform.process.LoopbackPort;
import io.gyre.platform.process.Supervisor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A running Kafka broker with its topics. */
public final class KafkaBroker {

    /** A broker that was killed reads its segments again before it listens. */
    private static final Duration READY_WITHIN = Duration.ofSeconds(60);

    private static final Duration TOPICS_WITHIN = Duration.ofSeconds(30);

    private static final Duration STOP_GRACE = Duration.ofSeconds(20);

    private static final int HEAP_MEBIBYTES = 160;

    private KafkaBroker() {}

    /**
     * Starts the broker as a child of this JVM; returns when the topics exist.
     *
     * @throws PlatformException if the broker does not start or does not take the topics
     */
    public static void start(Supervisor supervisor, KafkaPlan plan, List<Topics.Declaration> topics) {
        Path properties = PrivateFile.folder(plan.data()).resolve("server.properties");
        PrivateFile.write(properties, configuration(plan));
        ChildProcess child = supervisor.start(new ChildSpec(
                plan.name(),
                JavaCommand.ofClass(KafkaNode.class.getName(), HEAP_MEBIBYTES, properties.toString()),
                Map.of(),
                plan.data(),
                plan.log(),
                StopSignal.TERM,
                STOP_GRACE,
                plan.tier()));
        Supervisor.awaitReady(child, READY_WITHIN, () -> LoopbackPort.answers(plan.port()));
        try {
            TopicDeclaration.declare(plan.bootstrapServers(), topics, TOPICS_WITHIN);
        } catch (PlatformException e) {
            throw child.isAlive() ? e : child.death();
        }
    }

    /** Sized for one machine: few threads, small indexes, and none of the replicas that Kafka expects by default. */
    private static String configuration(KafkaPlan plan) {
        return """
                process.roles=broker,controller
                node.id=1
                controller.quorum.voters=1@127.0.0.1:%2$d
                listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
                advertised.listeners=PLAINTEXT://127.0.0.1:%1$d
                listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
                controller.listener.names=CONTROLLER
                inter.broker.listener.name=PLAINTEXT
                log.dirs=%3$s

                auto.create.topics.enable=false
                default.replication.factor=1
                min.insync.replicas=1
                offsets.topic.replication.factor=1
                offsets.topic.num.partitions=4
                transaction.state.log.replication.factor=1
                transaction.state.log.min.isr=1
                transaction.state.log.num.partitions=1
                share.coordinator.state.topic.replication.factor=1
                share.coordinator.state.topic.min.isr=1
                share.coordinator.state.topic.num.partitions=1
                group.initial.rebalance.delay.ms=0

                num.network.threads=2
                num.io.threads=3
                background.threads=2
                num.recovery.threads.per.data.dir=2
                log.segment.bytes=16777216
                log.index.size.max.bytes=1048576
                log.cleaner.threads=1
                log.cleaner.dedupe.buffer.size=4194304
                metadata.max.idle.interval.ms=0
                """.formatted(plan.port(), plan.controllerPort(), plan.data().resolve("storage"));
    }
}
