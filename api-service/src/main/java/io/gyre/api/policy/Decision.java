package io.gyre.api.policy;

import java.util.List;
import java.util.stream.Stream;

/**
 * What policies say together, and where they say it.
 *
 * @param because the statement that denies; or one that allows, of each side that had to; or, where no statement does, each
 *     side that lacks one, with one whose conditions keep it from that. Empty for the account itself, which needs none
 */
public record Decision(Verdict verdict, List<Ground> because) {
    /** Of whom, or of what, no policy is asked. */
    static final Decision UNASKED = new Decision(Verdict.ALLOWED, List.of());

    public Decision {
        because = List.copyOf(because);
    }

    boolean is(Verdict other) {
        return verdict == other;
    }

    /** Where either side denies, it is denied; where both allow, it is allowed. */
    Decision and(Decision other) {
        if (is(Verdict.DENIED) || other.is(Verdict.DENIED)) {
            return is(Verdict.DENIED) ? this : other;
        }
        boolean allowed = is(Verdict.ALLOWED) && other.is(Verdict.ALLOWED);
        Verdict together = allowed ? Verdict.ALLOWED : Verdict.NOT_ALLOWED;
        return new Decision(
                together,
                Stream.of(this, other)
                        .filter(each -> each.is(together))
                        .flatMap(each -> each.because.stream())
                        .toList());
    }
}
