package io.gyre.api.webhooks;

/** Whether a webhook is sent events. */
public enum WebhookState {
    ACTIVE("Active"),
    /** By a person: what is told meanwhile is kept, and sent once it goes on. */
    PAUSED("Paused"),
    /** By its receiver, who is gone: what is told meanwhile is not kept. */
    DISABLED("Disabled");

    private final String label;

    WebhookState(String label) {
        this.label = label;
    }

    /** As it is stored and shown. */
    public String label() {
        return label;
    }
}
