package io.gyre.platform.kafka;

import java.nio.file.Path;

/**
 * One Kafka node, broker and controller at once.
 *
 * @param name what people call its process
 * @param data its data folder; made if it does not exist, kept if it does
 * @param log gets the node's log
 * @param port where clients connect, on the loopback address
 * @param controllerPort where the controller listens, on the loopback address
 * @param tier see {@link io.gyre.platform.process.ChildSpec}
 */
public record KafkaPlan(String name, Path data, Path log, int port, int controllerPort, int tier) {

    /** What clients are given to find the node. */
    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }
}
