package io.gyre.platform.kafka;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.logging.ConsoleHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;

/** The program of the broker's own JVM. Its one argument is the file with Kafka's own properties. */
public final class KafkaNode {

    private KafkaNode() {}

    /** Runs until it is asked to end; exit status 1 if it cannot start. */
    public static void main(String[] arguments) {
        logTroubleOnly();
        Path file = Path.of(arguments[0]);
        try {
            Properties properties = new Properties();
            try (InputStream input = Files.newInputStream(file)) {
                properties.load(input);
            }
            format(file, Path.of(properties.getProperty("log.dirs")));
            KafkaRaftServer server = new KafkaRaftServer(KafkaConfig.fromProps(properties), Time.SYSTEM);
            Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown, "stop"));
            server.startup();
            server.awaitShutdown();
        } catch (IOException | RuntimeException e) {
            Logger.getLogger(KafkaNode.class.getName()).log(Level.SEVERE, "The broker cannot start: " + e, e);
            // Kafka's own threads would keep the JVM.
            Runtime.getRuntime().halt(1);
        }
    }

    /** A new node gets its storage once. The mark comes last: storage without it was never used, and is made again. */
    private static void format(Path properties, Path storage) throws IOException {
        Path mark = storage.resolve("formatted-by-gyre");
        if (Files.exists(mark)) {
            return;
        }
        Files.deleteIfExists(storage.resolve("meta.properties"));
        Files.deleteIfExists(storage.resolve("bootstrap.checkpoint"));
        String[] format = {"format", "-t", Uuid.randomUuid().toString(), "-c", properties.toString()};
        if (StorageTool.execute(format, System.out) != 0) {
            throw new IOException("its storage " + storage + " could not be formatted");
        }
        Files.createFile(mark);
    }

    /** At its usual level the broker writes a thousand lines before its first record. */
    private static void logTroubleOnly() {
        Logger root = Logger.getLogger("");
        root.setLevel(Level.WARNING);
        for (Handler handler : root.getHandlers()) {
            root.removeHandler(handler);
        }
        root.addHandler(new ConsoleHandler());
    }
}
