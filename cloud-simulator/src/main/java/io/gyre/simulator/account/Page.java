package io.gyre.simulator.account;

import io.gyre.rpc.RpcRequest;
import java.util.List;

/**
 * The part of a list that a caller asks for by PageNumber and PageSize.
 *
 * @param number from 1
 */
public record Page(int number, int size) {
    public static Page of(RpcRequest request, int defaultSize, int largest) {
        return new Page(
                request.integer("PageNumber", 1, 1, Integer.MAX_VALUE),
                request.integer("PageSize", defaultSize, 1, largest));
    }

    public <T> List<T> of(List<T> all) {
        long from = Math.min(all.size(), (number - 1L) * size);
        long to = Math.min(all.size(), from + size);
        return all.subList((int) from, (int) to);
    }
}
