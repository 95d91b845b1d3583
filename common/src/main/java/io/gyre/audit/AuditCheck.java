package io.gyre.audit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether a log is whole: lines that were changed, removed, added or put elsewhere. Heads are taken first, from the
 * log itself and from wherever they were kept outside it; then the lines of each chain, in their order. Lines behind the
 * last head of their chain are chained, but nobody has signed them yet.
 */
public final class AuditCheck {
    /** More sentences help nobody: the log is spoilt. */
    private static final int MOST_FINDINGS = 100;

    /** What is wrong, in which order it was found. */
    private final List<String> findings = new ArrayList<>();

    private final Map<String, AuditKey> keys = new HashMap<>();
    private final Map<UUID, SortedMap<Long, String>> heads = new HashMap<>();
    private final Map<UUID, Chain> chains = new HashMap<>();
    private long lines;
    private long headsTaken;

    /** @param trusted the keys whose heads count */
    public AuditCheck(List<AuditKey> trusted) {
        trusted.forEach(key -> keys.put(key.id(), key));
    }

    private static final class Chain {
        private long line;
        private @Nullable String hash;
    }

    /** @param source where it was found, for people: {@code the log} or {@code Kafka} */
    public void take(SignedHead head, String source) {
        AuditKey key = keys.get(head.keyId());
        String which = "The head of chain " + head.chain() + " at line " + head.line() + ", from " + source + ",";
        if (key == null) {
            found(which + " is signed by key " + head.keyId() + ", which is not trusted.");
            return;
        }
        if (!key.signed(head)) {
            found(which + " is not what key " + head.keyId() + " signed: it was changed.");
            return;
        }
        String other =
                heads.computeIfAbsent(head.chain(), none -> new TreeMap<>()).put(head.line(), head.hash());
        if (other == null) {
            headsTaken++;
        } else if (!other.equals(head.hash())) {
            found(which + " contradicts another head of the same line: the chain was written twice.");
        }
    }

    /** Each chain's lines in their order, whatever stands between them. */
    public void take(AuditLine line) {
        lines++;
        Chain chain = chains.computeIfAbsent(line.chain(), none -> new Chain());
        String which = "Line " + line.line() + " of chain " + line.chain();
        String former = chain.hash == null ? AuditChain.root(line.chain()) : chain.hash;
        if (line.line() != chain.line + 1) {
            found(which + " comes after line " + chain.line + ": lines were removed, or put in another order.");
        } else if (!AuditChain.next(former, line.event()).equals(line.hash())) {
            found(which + " does not have its hash: it, or a line before it, was changed.");
        }
        String signed = heads.getOrDefault(line.chain(), new TreeMap<>()).get(line.line());
        if (signed != null && !signed.equals(line.hash())) {
            found(which + " is not the line that was signed: the chain was written anew from an earlier line on.");
        }
        chain.line = line.line();
        // What is given counts from here on, so that one change is found once.
        chain.hash = line.hash();
    }

    /** To be called once, after the last line: what is wrong with the log; empty where it is whole. */
    public Result end() {
        long unsigned = 0;
        for (var signed : heads.entrySet()) {
            Chain chain = chains.get(signed.getKey());
            long last = chain == null ? 0 : chain.line;
            if (last < signed.getValue().lastKey()) {
                found("Chain " + signed.getKey() + " ends at line " + last + ", but line "
                        + signed.getValue().lastKey() + " was signed: lines were removed from its end.");
            }
        }
        for (var chain : chains.entrySet()) {
            SortedMap<Long, String> signed = heads.get(chain.getKey());
            unsigned += Math.max(
                    0, Objects.requireNonNull(chain.getValue()).line - (signed == null ? 0 : signed.lastKey()));
        }
        return new Result(List.copyOf(findings), chains.size(), lines, headsTaken, unsigned);
    }

    private void found(String finding) {
        if (findings.size() < MOST_FINDINGS) {
            findings.add(finding);
        }
    }

    /**
     * What came of it.
     *
     * @param heads how many different ones count
     * @param findings at most {@value #MOST_FINDINGS} sentences, each what is wrong and where
     * @param unsigned how many lines stand behind the last head of their chain
     */
    public record Result(List<String> findings, int chains, long lines, long heads, long unsigned) {
        public boolean whole() {
            return findings.isEmpty();
        }
    }
}
