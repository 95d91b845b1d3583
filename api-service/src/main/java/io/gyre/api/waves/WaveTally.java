package io.gyre.api.waves;

import io.gyre.api.campaign.Tally;
import java.util.Collection;
import java.util.List;

/** How many secrets of a wave are where. */
public record WaveTally(int wave, Tally tally) {
    /** Of one wave; nothing where there is none. */
    public static Tally of(List<WaveTally> all, int wave) {
        return sum(all.stream().filter(each -> each.wave() == wave).toList());
    }

    /** Of all waves up to one. */
    public static Tally upTo(List<WaveTally> all, int wave) {
        return sum(all.stream().filter(each -> each.wave() <= wave).toList());
    }

    public static Tally sum(Collection<WaveTally> some) {
        int planned = 0;
        int running = 0;
        int done = 0;
        int failed = 0;
        int skipped = 0;
        for (WaveTally each : some) {
            planned += each.tally.planned();
            running += each.tally.running();
            done += each.tally.done();
            failed += each.tally.failed();
            skipped += each.tally.skipped();
        }
        return new Tally(planned, running, done, failed, skipped);
    }
}
