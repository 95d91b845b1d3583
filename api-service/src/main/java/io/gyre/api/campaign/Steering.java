package io.gyre.api.campaign;

import java.time.Instant;
import java.util.Optional;

/**
 * Decides what a campaign does. The stop rule comes first, at every decision: so once it is broken nothing of a later wave
 * begins, and nothing more of the one that is under way than was under way already.
 */
public final class Steering {
    private Steering() {}

    /**
     * A decision with what follows from it.
     *
     * @param after the campaign once it is carried out
     */
    public record Step(Decision decision, Campaign after) {}

    /**
     * Decides.
     *
     * @param wave the secrets of the wave that is under way
     * @param begun those of all waves that have begun, this one too
     * @param now on the operational clock
     */
    public static Step decide(Campaign campaign, Tally wave, Tally begun, Probe probe, Instant now) {
        Campaign seen = campaign.seeing(probe);
        Optional<String> broken = seen.rule().broken(seen, wave, begun, probe);
        if (broken.isPresent()) {
            return new Step(new Decision.Stop(broken.get()), seen);
        }
        if (seen.reds() > 0) {
            return new Step(new Decision.Await("the probe to be green again, or red once more"), seen);
        }
        if (wave.planned() > 0) {
            return new Step(new Decision.GoOn(), seen.waveDone(null));
        }
        if (wave.running() > 0) {
            return new Step(
                    new Decision.Await(wave.running() + " rotations of wave " + seen.wave()), seen.waveDone(null));
        }
        return seen.wave() == 0 ? next(seen, probe) : afterWave(seen, wave, probe, now);
    }

    private static Step afterWave(Campaign campaign, Tally wave, Probe probe, Instant now) {
        if (wave.begun() == 0 && campaign.accepted().wave() != campaign.wave()) {
            return new Step(
                    new Decision.Stop("Nothing of wave " + campaign.wave() + " could be begun: all its "
                            + wave.skipped() + " secrets were skipped, so that nothing was learnt from it."),
                    campaign);
        }
        Instant since = campaign.waveDoneAt() == null ? now : campaign.waveDoneAt();
        Instant until = since.plus(campaign.soak());
        if (now.isBefore(until)) {
            return new Step(new Decision.Soak(until), campaign.waveDone(since));
        }
        return next(campaign.waveDone(since), probe);
    }

    private static Step next(Campaign campaign, Probe probe) {
        if (campaign.rule().probed() && probe.colour() != Probe.Colour.GREEN) {
            return new Step(new Decision.Await("the probe's next answer"), campaign);
        }
        if (campaign.wave() == campaign.waves()) {
            return new Step(new Decision.End(), campaign);
        }
        int wave = campaign.wave() + 1;
        return new Step(new Decision.BeginWave(wave), campaign.beginning(wave));
    }
}
