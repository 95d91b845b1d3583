package io.gyre.api.accesspoints;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.gyre.api.wire.KmsFaults;
import io.gyre.api.wire.PlainText;
import io.gyre.api.wire.WireJson;
import io.gyre.rpc.RpcFault;
import io.gyre.rpc.RpcRequest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The texts that requests about access points carry. Limits that the documentation does not name are Gyre's choice. */
final class PointText {
    private static final int DESCRIPTION_LIMIT = 8192;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,64}");
    private static final String NAME_RULE = "1 to 64 letters, digits and _ . -";

    private PointText() {}

    /**
     * The name of a network rule, a policy or an access point.
     *
     * @throws RpcFault MissingParameter or InvalidParameter
     */
    static String name(RpcRequest request, String parameter) {
        String given = request.required(parameter);
        if (!isName(given)) {
            throw KmsFaults.invalid(parameter, "it must have " + NAME_RULE + ".");
        }
        return given;
    }

    /** The new description where one is given, be it empty; else this one. */
    static String description(RpcRequest request, String otherwise) {
        String given = request.text("Description");
        return given == null ? otherwise : PlainText.description(given, DESCRIPTION_LIMIT);
    }

    /** @throws RpcFault InvalidParameter where it is none, or names one twice */
    static List<String> names(String parameter, List<String> given, int limit) {
        return texts(parameter, given, limit, PointText::isName, "a name of " + NAME_RULE);
    }

    /**
     * 1 to so many texts, none of them twice.
     *
     * @param rule what each looks like, as the end of "must be"
     * @throws RpcFault InvalidParameter
     */
    static List<String> texts(String parameter, List<String> given, int limit, Predicate<String> admits, String rule) {
        if (given.isEmpty() || given.size() > limit || new HashSet<>(given).size() < given.size()) {
            throw KmsFaults.invalid(
                    parameter, "it must be a JSON array of 1 to " + limit + " texts, none of them twice.");
        }
        if (!given.stream().allMatch(admits)) {
            throw KmsFaults.invalid(parameter, "each of its texts must be " + rule + ".");
        }
        return given;
    }

    private static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /** As columns and answers hold a list. */
    static String json(List<String> texts) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        texts.forEach(array::add);
        return array.toString();
    }

    /** What {@link #json} wrote. */
    static List<String> list(String json) {
        List<String> texts = new ArrayList<>();
        WireJson.array("stored", json).forEach(text -> texts.add(text.textValue()));
        return List.copyOf(texts);
    }
}
