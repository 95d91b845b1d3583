package io.gyre.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AuditCheckTest {
    private static final Instant AT = Instant.parse("2026-01-31T12:00:00Z");
    private static final int LINES = 10;

    private final AuditSigner signer = AuditSigner.generate();
    private final UUID chain = UUID.randomUUID();
    private final List<AuditLine> lines = chained(chain, "line");
    private final List<SignedHead> heads = List.of(head(lines, 4), head(lines, 8));

    private static List<AuditLine> chained(UUID chain, String text) {
        List<AuditLine> lines = new ArrayList<>();
        String hash = AuditChain.root(chain);
        for (int i = 1; i <= LINES; i++) {
            String event = "{\"event\":\"" + text + " " + i + "\"}";
            hash = AuditChain.next(hash, event);
            lines.add(new AuditLine(chain, i, hash, event));
        }
        return lines;
    }

    private SignedHead head(List<AuditLine> of, int line) {
        AuditLine last = of.get(line - 1);
        return signer.sign(last.chain(), line, last.hash(), AT);
    }

    private AuditCheck.Result check(List<AuditLine> given, List<SignedHead> signed) {
        AuditCheck check = new AuditCheck(List.of(signer.verifier()));
        signed.forEach(head -> check.take(head, "the log"));
        given.forEach(check::take);
        return check.end();
    }

    private String finding(List<AuditLine> given) {
        AuditCheck.Result result = check(given, heads);
        assertFalse(result.whole(), "it passed for whole");
        return result.findings().get(0);
    }

    @Test
    void aWholeLogIsWhole() {
        assertEquals(new AuditCheck.Result(List.of(), 1, LINES, 2, 2), check(lines, heads));
    }

    @Test
    void chainsMayStandInAnyOrderBesideEachOther() {
        List<AuditLine> mixed = new ArrayList<>();
        List<AuditLine> other = chained(UUID.randomUUID(), "other");
        for (int i = 0; i < LINES; i++) {
            mixed.add(lines.get(i));
            mixed.add(other.get(i));
        }
        assertEquals(new AuditCheck.Result(List.of(), 2, 2 * LINES, 2, 12), check(mixed, heads));
    }

    @Test
    void aChangedLineIsFoundAndTheSoundOnesBehindItAreNot() {
        AuditLine third = lines.get(2);
        lines.set(2, new AuditLine(chain, 3, third.hash(), third.event().replace("line", "lime")));
        assertEquals(
                List.of("Line 3 of chain " + chain + " does not have its hash: it, or a line before it, was changed."),
                check(lines, heads).findings());
    }

    @Test
    void aRemovedLineIsFound() {
        lines.remove(5);
        assertEquals(
                "Line 7 of chain " + chain + " comes after line 5: lines were removed, or put in another order.",
                finding(lines));
    }

    @Test
    void swappedLinesAreFound() {
        Collections.swap(lines, 5, 6);
        assertTrue(finding(lines).contains("put in another order"));
    }

    @Test
    void aLineThatWasRenumberedToCloseTheGapIsFound() {
        lines.remove(5);
        AuditLine next = lines.get(5);
        lines.set(5, new AuditLine(chain, 6, next.hash(), next.event()));
        assertTrue(finding(lines).contains("does not have its hash"));
    }

    @Test
    void aLogThatWasCutIsFoundByItsHeads() {
        assertEquals(
                "Chain " + chain + " ends at line 6, but line 8 was signed: lines were removed from its end.",
                finding(lines.subList(0, 6)));
        assertEquals(
                "Chain " + chain + " ends at line 0, but line 8 was signed: lines were removed from its end.",
                finding(List.of()));
    }

    @Test
    void aLogWhoseHashesWereComputedAnewIsFoundByItsHeads() {
        assertTrue(finding(chained(chain, "lime")).contains("the chain was written anew"));
    }

    @Test
    void aHeadThatWasChangedOrIsSomebodyElsesDoesNotCount() {
        SignedHead head = heads.get(0);
        SignedHead moved = new SignedHead(chain, 5, lines.get(4).hash(), head.at(), head.keyId(), head.signature());
        assertTrue(check(lines, List.of(moved)).findings().get(0).contains("it was changed"));
        SignedHead foreign = AuditSigner.generate().sign(chain, 4, lines.get(3).hash(), AT);
        assertTrue(check(lines, List.of(foreign)).findings().get(0).contains("which is not trusted"));
        SignedHead cut = new SignedHead(chain, 4, head.hash(), head.at(), head.keyId(), "00");
        assertTrue(check(lines, List.of(cut)).findings().get(0).contains("it was changed"));
    }

    @Test
    void twoHeadsOfOneLineThatDifferAreFound() {
        SignedHead other = head(chained(chain, "lime"), 8);
        assertTrue(check(lines, List.of(heads.get(1), other)).findings().get(0).contains("written twice"));
    }

    @Test
    void aLineOfAnotherChainFitsNowhereElse() {
        UUID second = UUID.randomUUID();
        AuditLine first = lines.get(0);
        assertTrue(check(List.of(new AuditLine(second, 1, first.hash(), first.event())), List.of())
                .findings()
                .get(0)
                .contains("does not have its hash"));
    }

    @Test
    void aKeyIsKnownByItself() {
        AuditKey read = AuditKey.of(signer.verifier().hex());
        assertEquals(signer.verifier().id(), read.id());
        assertTrue(read.signed(AuditSigner.of(read, signer.encoded())
                .sign(chain, 1, lines.get(0).hash(), AT)));
        assertThrows(IllegalArgumentException.class, () -> AuditKey.of("00"));
    }
}
