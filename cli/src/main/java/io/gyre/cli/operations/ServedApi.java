package io.gyre.cli.operations;

/** An API that the command calls, in the words in which people are told of it. */
enum ServedApi {
    OPERATIONS("operations API", "--endpoint", "https://gyre.example:7644", "GYRE_OPS_TLS_PORT (7644)"),
    KMS("KMS API", "--kms-endpoint", "https://gyre.example:7643", "GYRE_API_PORT (7643 of the local platform)"),
    SIMULATOR("simulated cloud", "--cloud-endpoint", "http://127.0.0.1:7620", "GYRE_SIMULATOR_PORT (7620)");

    private final String title;
    private final String option;
    private final String example;
    private final String port;

    ServedApi(String title, String option, String example, String port) {
        this.title = title;
        this.option = option;
        this.example = example;
        this.port = port;
    }

    String title() {
        return title;
    }

    /** With which another one is named. */
    String option() {
        return option;
    }

    /** An address as the option takes it. */
    String example() {
        return example;
    }

    /** The setting that names its port. */
    String port() {
        return port;
    }
}
