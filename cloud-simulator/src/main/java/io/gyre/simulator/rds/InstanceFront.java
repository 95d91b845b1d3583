package io.gyre.simulator.rds;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;

/**
 * One connection of a client to an instance: its first message is made to name the instance's own role and database,
 * then both sides are joined. PostgreSQL itself asks for the password and checks it; its SCRAM does not look at the
 * name inside of the exchange.
 */
final class InstanceFront {
    /** The one database of an instance, as its clients call it. */
    private static final String DATABASE = "postgres";

    /** To say who it is, a client has this long, in milliseconds. */
    private static final long START_LIMIT = 30_000;

    private final Vertx vertx;
    private final NetClient server;
    private final int port;
    private final String host;
    private final String instance;
    private final NetSocket client;
    private final long timer;
    private Buffer received = Buffer.buffer();
    private boolean started;

    InstanceFront(Vertx vertx, NetClient server, String host, int port, String instance, NetSocket client) {
        this.vertx = vertx;
        this.server = server;
        this.host = host;
        this.port = port;
        this.instance = instance;
        this.client = client;
        this.timer = vertx.setTimer(START_LIMIT, late -> client.close());
    }

    void begin() {
        client.exceptionHandler(failure -> client.close())
                .closeHandler(closed -> vertx.cancelTimer(timer))
                .handler(this::receive);
    }

    private void receive(Buffer part) {
        received.appendBuffer(part);
        while (!started && received.length() >= StartupMessage.HEAD) {
            int length = received.getInt(0);
            if (length < StartupMessage.HEAD || length > StartupMessage.LONGEST) {
                client.close();
                return;
            }
            if (received.length() < length) {
                return;
            }
            Buffer message = received.getBuffer(0, length);
            received = received.getBuffer(length, received.length());
            begin(message);
        }
    }

    private void begin(Buffer message) {
        switch (message.getInt(4)) {
            case StartupMessage.SSL_REQUEST, StartupMessage.GSS_REQUEST -> client.write("N");
            case StartupMessage.CANCEL_REQUEST -> join(message);
            default -> start(message);
        }
    }

    private void start(Buffer message) {
        StartupMessage startup;
        try {
            startup = StartupMessage.parse(message);
        } catch (IllegalArgumentException e) {
            refuse("08P01", "invalid startup packet");
            return;
        }
        String user = startup.parameters().getOrDefault("user", "");
        String database = startup.parameters().getOrDefault("database", user);
        if (user.isEmpty()) {
            refuse("28000", "no PostgreSQL user name specified in startup packet");
        } else if (!database.equals(DATABASE)) {
            refuse("3D000", "database \"" + database + "\" does not exist");
        } else {
            join(startup.rewritten(InstanceDatabases.role(instance, user), instance));
        }
    }

    private void join(Buffer first) {
        started = true;
        vertx.cancelTimer(timer);
        client.pause();
        server.connect(port, host)
                .onFailure(failure -> {
                    refuse("57P03", "the database system is not available");
                    client.resume();
                })
                .onSuccess(backend -> {
                    backend.write(first.appendBuffer(received));
                    received = Buffer.buffer();
                    client.pipeTo(backend).onComplete(end -> backend.close());
                    backend.pipeTo(client).onComplete(end -> client.close());
                });
    }

    /** An ErrorResponse as PostgreSQL sends it, then the end. */
    private void refuse(String state, String message) {
        started = true;
        Buffer fields = Buffer.buffer();
        field(fields, 'S', "FATAL");
        field(fields, 'V', "FATAL");
        field(fields, 'C', state);
        field(fields, 'M', message);
        fields.appendByte((byte) 0);
        client.end(Buffer.buffer()
                .appendByte((byte) 'E')
                .appendInt(fields.length() + 4)
                .appendBuffer(fields));
    }

    private static void field(Buffer fields, char type, String value) {
        fields.appendByte((byte) type).appendString(value).appendByte((byte) 0);
    }
}
