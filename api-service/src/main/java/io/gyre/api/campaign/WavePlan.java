package io.gyre.api.campaign;

import java.util.ArrayList;
import java.util.List;

/**
 * How large the waves of a campaign are.
 *
 * @param canary how many secrets the first one has
 * @param growth by how much each is larger than the one before
 * @param limit how many any has at most
 */
public record WavePlan(int canary, int growth, int limit) {
    public WavePlan {
        if (canary < 1 || growth < 1 || limit < canary) {
            throw new IllegalArgumentException("No waves are planned so: " + canary + ", " + growth + ", " + limit);
        }
    }

    /** @return the sizes of the waves, in their order; the last has what is left */
    public List<Integer> sizes(int secrets) {
        List<Integer> sizes = new ArrayList<>();
        int left = secrets;
        long next = canary;
        while (left > 0) {
            int size = (int) Math.min(Math.min(next, limit), left);
            sizes.add(size);
            left -= size;
            next = Math.min(next * growth, limit);
        }
        return List.copyOf(sizes);
    }
}
