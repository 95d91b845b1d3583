package io.gyre.api.accesspoints;

import io.gyre.api.wire.KmsFaults;
import io.gyre.rpc.RpcFault;
import io.gyre.rpc.RpcRequest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;

/** From when until when a client key logs in, on the wall clock, to the second. */
record Validity(Instant notBefore, Instant notAfter) {
    /** By the documentation. */
    private static final int USUAL_YEARS = 5;

    private static final String RULE = "it must be a time in UTC as 2026-01-31T23:59:59Z";

    /**
     * The parameters NotBefore and NotAfter: from now for five years, unless they are given.
     *
     * @param now on the wall clock
     * @throws RpcFault InvalidParameter, also for an end that has passed or that stands alone
     */
    static Validity of(RpcRequest request, Instant now) {
        Instant begin = request.optional("NotBefore") != null
                ? time("NotBefore", request.required("NotBefore"))
                : now.truncatedTo(ChronoUnit.SECONDS);
        if (request.optional("NotAfter") == null) {
            return new Validity(
                    begin, begin.atOffset(ZoneOffset.UTC).plusYears(USUAL_YEARS).toInstant());
        }
        if (request.optional("NotBefore") == null) {
            throw KmsFaults.invalid("NotAfter", "NotBefore must be given with it.");
        }
        Instant end = time("NotAfter", request.required("NotAfter"));
        if (!end.isAfter(begin) || !end.isAfter(now)) {
            throw KmsFaults.invalid("NotAfter", "it must be later than NotBefore and than now.");
        }
        return new Validity(begin, end);
    }

    private static Instant time(String parameter, String given) {
        try {
            Instant time = Instant.parse(given).truncatedTo(ChronoUnit.SECONDS);
            int year = time.atOffset(ZoneOffset.UTC).getYear();
            if (year >= 2000 && year < 10_000) {
                return time;
            }
        } catch (DateTimeParseException e) {
            // Said below, together with the range.
        }
        throw KmsFaults.invalid(parameter, RULE + ", from the year 2000 on.");
    }
}
