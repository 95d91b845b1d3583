package io.gyre.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.regex.Pattern;

/**
 * An answer as XML: an object's fields become elements, an array becomes its name repeated, so that
 * {@code {"VersionStages":{"VersionStage":["a","b"]}}} reads as the SDKs expect it.
 */
final class XmlAnswer {
    /** XML 1.0 has no way to write these, not even escaped. */
    private static final Pattern UNWRITABLE = Pattern.compile("[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\uFFFE\\uFFFF]");

    private XmlAnswer() {}

    private static final String ITEM = "Item";

    /** @throws RpcFault where a text holds characters that XML cannot carry */
    static String write(String root, JsonNode body) {
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
        xml.append('<').append(root).append('>');
        body.properties().forEach(field -> field(xml, field.getKey(), field.getValue()));
        return xml.append("</").append(root).append('>').toString();
    }

    /** A list that has no wrapper in JSON gets one here: the legacy SDK finds no other lists in XML. */
    private static void field(StringBuilder xml, String name, JsonNode value) {
        element(
                xml,
                name,
                value.isArray() ? JsonNodeFactory.instance.objectNode().set(ITEM, value) : value);
    }

    /** The text with a question mark for each character that XML cannot carry. */
    static String printable(String text) {
        return UNWRITABLE.matcher(text).replaceAll("?");
    }

    private static void element(StringBuilder xml, String name, JsonNode value) {
        if (value.isArray()) {
            for (JsonNode one : value) {
                element(xml, name, one);
            }
            return;
        }
        xml.append('<').append(name).append('>');
        if (value.isObject()) {
            value.properties().forEach(field -> element(xml, field.getKey(), field.getValue()));
        } else if (!value.isNull()) {
            text(xml, value.asText());
        }
        xml.append("</").append(name).append('>');
    }

    private static void text(StringBuilder xml, String text) {
        if (UNWRITABLE.matcher(text).find()) {
            throw GatewayFaults.invalid(
                    "Format", "the answer holds control characters that XML cannot carry: ask for JSON.");
        }
        for (int i = 0; i < text.length(); i++) {
            char current = text.charAt(i);
            switch (current) {
                case '<' -> xml.append("&lt;");
                case '>' -> xml.append("&gt;");
                case '&' -> xml.append("&amp;");
                // A parser would turn a raw carriage return into a line feed.
                case '\r' -> xml.append("&#13;");
                default -> xml.append(current);
            }
        }
    }
}
