package io.gyre.simulator.ecs;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.apache.sshd.server.command.CommandFactory;
import org.jspecify.annotations.Nullable;

/** What can be run after a login, so that it can be seen to work. Nothing of this machine is reached. */
final class HarmlessCommands implements CommandFactory {
    /** As shells have it. */
    private static final int NOT_FOUND = 127;

    @Override
    public Command createCommand(ChannelSession channel, String command) {
        String user = channel.getSession().getUsername();
        return switch (command.strip()) {
            case "whoami", "id -un" -> new Answer(0, user + "\n", "");
            case "true" -> new Answer(0, "", "");
            case "false" -> new Answer(1, "", "");
            default -> new Answer(NOT_FOUND, "", "command not found: there are whoami, id -un, true and false\n");
        };
    }

    /** A command whose output is known beforehand. */
    private static final class Answer implements Command {
        private final int exitCode;
        private final String out;
        private final String err;
        private @Nullable OutputStream standardOut;
        private @Nullable OutputStream standardError;
        private @Nullable ExitCallback exit;

        Answer(int exitCode, String out, String err) {
            this.exitCode = exitCode;
            this.out = out;
            this.err = err;
        }

        @Override
        public void setInputStream(InputStream in) {
            // None of them reads.
        }

        @Override
        public void setOutputStream(OutputStream stream) {
            standardOut = stream;
        }

        @Override
        public void setErrorStream(OutputStream stream) {
            standardError = stream;
        }

        @Override
        public void setExitCallback(ExitCallback callback) {
            exit = callback;
        }

        @Override
        public void start(ChannelSession channel, Environment environment) throws IOException {
            write(standardOut, out);
            write(standardError, err);
            if (exit != null) {
                exit.onExit(exitCode);
            }
        }

        private static void write(@Nullable OutputStream stream, String text) throws IOException {
            if (stream != null) {
                stream.write(text.getBytes(StandardCharsets.UTF_8));
                stream.flush();
            }
        }

        @Override
        public void destroy(ChannelSession channel) {
            // It has ended already.
        }
    }
}
