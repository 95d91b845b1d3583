package io.gyre.api.console;

import io.gyre.api.operations.CampaignDetail;
import java.util.Optional;
import java.util.UUID;

/** A secret of a campaign as lists show it. */
record CampaignSecretLine(CampaignDetail.Secret secret) {
    public int wave() {
        return secret.wave();
    }

    public String name() {
        return secret.secretName();
    }

    public String address() {
        return OneSecretPage.address(secret.secretName());
    }

    /** Its rotation; empty where none was begun. */
    public String rotation() {
        UUID rotation = secret.rotationId();
        return rotation == null ? "" : OneRotationPage.address(rotation.toString());
    }

    public String standing() {
        return secret.standing();
    }

    /** A shape with a colour, as the style sheet names them. */
    public String shape() {
        return switch (secret.standing()) {
            case "running" -> "moves";
            case "done" -> "works";
            case "failed" -> "failed";
            case "skipped" -> "late";
            default -> "open";
        };
    }

    public String note() {
        return Optional.ofNullable(secret.note()).orElse("");
    }

    /** How far it is on the way back; empty where it is not on it. */
    public String wayBack() {
        return Optional.ofNullable(secret.wayBack())
                .map(way -> way.replace('-', ' '))
                .orElse("");
    }
}
