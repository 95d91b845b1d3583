package io.gyre.api.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.rpc.RpcFault;
import io.gyre.rpc.RpcRequest;

/**
 * Which part of a list is asked for.
 *
 * @param number counts from 1
 * @param size how many elements a page has, 1 to 100
 */
public record Page(int number, int size) {
    private static final int USUAL = 10;
    private static final int LARGEST = 100;

    /** The last page that a list of so many elements as an int counts can have. */
    private static final int LAST = Integer.MAX_VALUE / LARGEST;

    /** @throws RpcFault InvalidParameter */
    public static Page of(RpcRequest request) {
        return of(request, USUAL);
    }

    /**
     * @param usual how many elements a page has unless the request says
     * @throws RpcFault InvalidParameter
     */
    public static Page of(RpcRequest request, int usual) {
        return new Page(request.integer("PageNumber", 1, 1, LAST), request.integer("PageSize", usual, 1, LARGEST));
    }

    public int offset() {
        return (number - 1) * size;
    }

    public void describe(ObjectNode answer, long total) {
        answer.put("PageNumber", number).put("PageSize", size).put("TotalCount", total);
    }
}
