package io.gyre.api.campaign;

import java.util.Optional;

/**
 * When a campaign stops by itself.
 *
 * @param failuresPercent the largest share of failures that it goes on with, of a wave and of all that has begun; 0 to 99
 * @param probed whether it has a probe, without whose green answer no wave begins
 */
public record StopRule(int failuresPercent, boolean probed) {
    /** One answer may be lost on the way; after it nothing begins until the next, so that the second costs nothing. */
    public static final int REDS_IN_A_ROW = 2;

    private static final int ALL = 100;

    public StopRule {
        if (failuresPercent < 0 || failuresPercent >= ALL) {
            throw new IllegalArgumentException("No share of failures: " + failuresPercent);
        }
    }

    /** @return why it stops, in a sentence; empty where it goes on */
    Optional<String> broken(Campaign campaign, Tally wave, Tally begun, Probe probe) {
        if (campaign.reds() >= REDS_IN_A_ROW) {
            return Optional.of("The probe " + probe.seen() + ", " + campaign.reds() + " times in a row.");
        }
        int ofWave = campaign.notAccepted(wave.failed(), campaign.acceptedOfWave());
        if (exceeds(ofWave, wave.counted())) {
            return Optional.of(sentence(ofWave, wave.counted(), "wave " + campaign.wave()));
        }
        int ofAll = campaign.notAccepted(begun.failed(), campaign.accepted().ofAll());
        if (exceeds(ofAll, begun.counted())) {
            return Optional.of(sentence(ofAll, begun.counted(), "waves 1 to " + campaign.wave()));
        }
        return Optional.empty();
    }

    private boolean exceeds(int failed, int of) {
        return (long) failed * ALL > (long) failuresPercent * of;
    }

    private String sentence(int failed, int of, String waves) {
        return failed + " of " + of + " secrets of " + waves + " failed or wait for a person: more than "
                + failuresPercent + " %.";
    }
}
