package io.gyre.api;

import io.gyre.start.StartFailure;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/** The process. A start that fails ends it with one sentence on standard error and exit status 1. */
@QuarkusMain
public final class ApiService {
    ApiService() {}

    public static void main(String... arguments) {
        Quarkus.run(null, ApiService::exit, arguments);
    }

    private static void exit(int status, Throwable failure) {
        if (failure != null) {
            System.err.println(StartFailure.sentence("api-service", "GYRE_API_PORT or GYRE_OPS_PORT", failure));
        }
        System.exit(status);
    }
}
