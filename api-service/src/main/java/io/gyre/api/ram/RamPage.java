package io.gyre.api.ram;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.wire.KmsFaults;
import io.gyre.api.wire.PlainText;
import io.gyre.api.wire.WireJson;
import io.gyre.rpc.RpcFault;
import io.gyre.rpc.RpcRequest;
import java.util.List;
import java.util.function.Function;

/**
 * The part of a list that a caller asks for: what comes after the marker, in the order of names.
 *
 * @param marker of the page before; empty for the first page
 * @param items how many, at most
 */
record RamPage(String marker, int items) {
    private static final int LARGEST = 1000;
    private static final int MARKER_LIMIT = 256;

    /** @throws RpcFault InvalidParameter */
    static RamPage of(RpcRequest request) {
        String marker = request.text("Marker");
        if (marker != null && !marker.isEmpty() && !PlainText.isName(marker, MARKER_LIMIT)) {
            throw KmsFaults.invalid("Marker", "it must be one that a list answered with, unchanged.");
        }
        return new RamPage(marker == null ? "" : marker, request.integer("MaxItems", 100, 1, LARGEST));
    }

    /** How many to look for: one more than is shown, so that it is known whether others follow. */
    int sought() {
        return items + 1;
    }

    /** The answer: the list in its wrapper, and where it goes on. */
    <T> ObjectNode answer(
            String wrapper,
            String element,
            List<T> found,
            Function<T, ObjectNode> shape,
            Function<T, String> markerOf) {
        boolean more = found.size() > items;
        List<T> shown = more ? found.subList(0, items) : found;
        ObjectNode answer = WireJson.answer().put("IsTruncated", more);
        if (more) {
            answer.put("Marker", markerOf.apply(shown.get(shown.size() - 1)));
        }
        ArrayNode list = WireJson.list(answer, wrapper, element);
        shown.forEach(each -> list.add(shape.apply(each)));
        return answer;
    }
}
