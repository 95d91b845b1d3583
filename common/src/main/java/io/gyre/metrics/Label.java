package io.gyre.metrics;

/** What a meter is split by. The values of each are few, and known beforehand. */
public enum Label {
    TYPE("type", "the type of rotation: `ram`, `rds` or `ecs`"),
    PHASE("phase", "a phase of the type's machine, as the timeline has it: [machines.md](machines.md)"),
    STATE("state", "`running`: it goes on by itself; `waiting`: for a person"),
    STEP_OUTCOME(
            "outcome",
            "`done`; `not_yet`: what is waited for has not come about; `refused`; `unclear`: nobody knows whether it"
                    + " took place"),
    ROTATION_OUTCOME("outcome", "`succeeded` or `failed`"),
    REASON(
            "reason",
            "`none` of one that succeeded; of one that failed, `given_up` and `ordered` by an operator, `rolled_back`"
                    + " after a change at the target, `refused` by the target before any, `unreachable`"),
    PRODUCT(
            "product",
            "the API: `Kms`, `Ram` or `Sts` where Gyre is called; `ram`, `sts`, `rds` or `ecs` where it calls"),
    ACTION("action", "an action of the API, by its name there"),
    STATUS("status", "the answer's HTTP status"),
    CALL_OUTCOME(
            "outcome",
            "`answered`; `refused` with a code; `throttled`: refused since it is called too often; `not_sent`: not"
                    + " reached; `unclear`: broke off"),
    DELIVERY_OUTCOME(
            "outcome",
            "`delivered`; `again`: failed and tried again; `failed`: for the last time; `gone`: answered 410"),
    KEPT("kept", "what is kept: `policies`, `point_policies`, `client_keys`, `unwrapped_keys`"),
    RESULT("result", "`hit` or `miss`"),
    STATEMENT("statement", "`secret_values` or `nonces`");

    private final String label;
    private final String meaning;

    Label(String label, String meaning) {
        this.label = label;
        this.meaning = meaning;
    }

    /** As Prometheus has it. */
    public String label() {
        return label;
    }

    /** Its values and what they mean, for docs/metrics.md. */
    public String meaning() {
        return meaning;
    }
}
