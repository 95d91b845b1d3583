package io.gyre.api.policy;

/**
 * Where something is decided: a statement, or a side on which none speaks. Of what is not allowed, a statement is one that would allow
 * it if its conditions held.
 *
 * @param policy its name; empty for one that has none
 * @param statement counts from 1 in that policy; 0 where there is none
 * @param sid of the statement; empty where it has none
 */
public record Ground(Side side, String policy, int statement, String sid) {
    static Ground silence(Side side) {
        return new Ground(side, "", 0, "");
    }
}
