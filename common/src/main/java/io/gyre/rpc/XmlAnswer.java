package io.gyre.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.regex.Pattern;

/**
 * An answer as XML: an object's fields become elements, an array becomes its name repeated, so that
 * {@code {"VersionStages":{"VersionStage":["a","b"]}}} reads as the SDKs expect it.
 */
final class XmlAnswer {
    /** XML 1.0 has no way to write these, not even escaped. */
    private static final Pattern UNWRITABLE = Pattern.compile("[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\uFFFE\\uFFFF]");

    private XmlAnswer() {}

    /** @throws RpcFault where a text holds characters that XML cannot carry */
    static String write(String root, JsonNode body) {
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
        element(xml, root, body);
        return xml.toString();
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
