package io.gyre.cli.terminal;

import io.gyre.platform.PlatformFacts;

/** Where a running platform is found, as people copy it from the terminal. */
public final class FactLines {

    private FactLines() {}

    /** Writes them. */
    public static void write(PlatformFacts facts, Console out) {
        out.line("");
        out.line("Gyre is healthy after " + Words.seconds(facts.healthyAfter()) + ".");
        out.line("  KMS API             " + facts.endpoint());
        out.line("  the same over TLS   " + facts.secureEndpoint() + ", trusted by " + facts.authority());
        out.line("  console             " + facts.ops().get("api-service")
                + "/console/, logged in to by ./gyre console");
        out.line(
                "  operations          " + facts.ops().get("api-service") + ", asked by ./gyre rotations and the like");
        out.line("  the same over TLS   " + facts.secureOperations() + ", trusted by the same");
        out.line("  administrator key   " + facts.administratorKeyFile() + " (mode 0600)");
        out.line("  Kafka               " + facts.bootstrapServers());
        out.line("  topics              " + String.join("\n                      ", facts.topics()));
        out.line("  simulated cloud     " + facts.simulatorEndpoint());
        out.line("  its account's key   " + facts.cloudAccountKeyFile() + " (mode 0600)");
        out.line("  calendar            " + Words.speed(facts.speed()));
        out.line("  logs                " + facts.home().resolve("logs"));
    }
}
