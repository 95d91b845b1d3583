package io.gyre.api.console;

import io.vertx.core.Future;
import io.vertx.core.http.HttpServerResponse;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;

/** A browser's end of a stream: it notes what is written, and takes no more if a test says so. */
final class PlayedResponse {
    final List<String> written = new ArrayList<>();
    boolean ended;
    boolean full;

    HttpServerResponse response() {
        return (HttpServerResponse) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {HttpServerResponse.class}, this::answer);
    }

    private Object answer(Object self, Method method, Object[] arguments) {
        return switch (method.getName()) {
            case "write" -> note(arguments);
            case "end" -> {
                ended = true;
                yield note(arguments);
            }
            case "ended" -> ended;
            case "closed" -> false;
            case "writeQueueFull" -> full;
            default -> self;
        };
    }

    private Future<Void> note(Object[] arguments) {
        written.add(arguments[0].toString());
        return Future.succeededFuture();
    }
}
