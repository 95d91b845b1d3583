package io.gyre.rpc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;

/** An action's answer or refusal, as the SDKs read it. */
final class RpcAnswer {
    private RpcAnswer() {}

    /** The two formats; the legacy SDK chooses its parser by the answer's content type. */
    enum Format {
        JSON,
        XML;

        /** @throws RpcFault InvalidParameter for a third one */
        static Format of(SortedMap<String, String> parameters) {
            String format = parameters.getOrDefault("Format", "");
            if (format.isEmpty() || format.equalsIgnoreCase("json")) {
                return JSON;
            }
            if (format.equalsIgnoreCase("xml")) {
                return XML;
            }
            throw GatewayFaults.invalid("Format", "it must be JSON or XML.");
        }
    }

    /** @throws RpcFault where XML is asked for and the answer holds characters that XML cannot carry */
    static HttpAnswer success(Format format, String action, ObjectNode answer, String requestId) {
        ObjectNode whole = Json.MAPPER.createObjectNode().put("RequestId", requestId);
        whole.setAll(answer);
        whole.put("RequestId", requestId);
        return format == Format.JSON ? json(200, whole) : xml(200, action + "Response", whole);
    }

    /** All that the SDKs look for in an error, whichever generation. */
    static HttpAnswer failure(Format format, RpcFault fault, String requestId, String hostId) {
        ObjectNode error = Json.MAPPER
                .createObjectNode()
                .put("HttpStatus", fault.status())
                .put("Code", fault.code())
                .put("Message", format == Format.JSON ? fault.text() : XmlAnswer.printable(fault.text()))
                .put("RequestId", requestId)
                .put("HostId", GatewayFaults.shortened(hostId));
        fault.details().forEach(error::put);
        return format == Format.JSON ? json(fault.status(), error) : xml(fault.status(), "Error", error);
    }

    private static HttpAnswer json(int status, ObjectNode body) {
        try {
            // By way of text: writing bytes, Jackson would escape what lies beyond the basic plane.
            byte[] bytes = Json.MAPPER.writeValueAsString(body).getBytes(StandardCharsets.UTF_8);
            return new HttpAnswer(status, "application/json;charset=utf-8", Map.of(), bytes);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain values could not be written as JSON", e);
        }
    }

    private static HttpAnswer xml(int status, String root, ObjectNode body) {
        return new HttpAnswer(
                status,
                "text/xml;charset=utf-8",
                Map.of(),
                XmlAnswer.write(root, body).getBytes(StandardCharsets.UTF_8));
    }
}
