package io.gyre.api.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import io.gyre.rpc.RpcFault;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The messages of {@code instance_gateway.proto}, as the build compiled it. Their fields have the names of parameters and
 * answers, so one translation serves them all: bytes stand there in Base64, as KMS has them in JSON.
 */
final class Messages {
    private static final String COMPILED = "instance_gateway.desc";
    private static final FileDescriptor FILE = file();

    private Messages() {}

    private static FileDescriptor file() {
        try (InputStream compiled = Messages.class.getResourceAsStream(COMPILED)) {
            var set = FileDescriptorSet.parseFrom(Objects.requireNonNull(compiled, COMPILED));
            return FileDescriptor.buildFrom(set.getFile(0), new FileDescriptor[0]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (DescriptorValidationException e) {
            throw new IllegalStateException(COMPILED + " is not what the build made.", e);
        }
    }

    /**
     * A request's parameters; what has its default value is left out, which is the same in this protocol.
     *
     * @param apiName of an action that there is
     * @throws RpcFault InvalidParam where the body is no such message
     */
    static SortedMap<String, String> parameters(String apiName, byte[] body) {
        SortedMap<String, String> parameters = new TreeMap<>();
        try {
            DynamicMessage.parseFrom(message(apiName + "Request"), body)
                    .getAllFields()
                    .forEach((field, value) -> parameters.put(field.getName(), text(value)));
        } catch (InvalidProtocolBufferException e) {
            throw InstanceFaults.invalid("Body", "it is no message " + apiName + "Request.");
        }
        return parameters;
    }

    /** @param answer may have fields that the message has not: they are left out */
    static byte[] response(String apiName, ObjectNode answer) {
        return message(message(apiName + "Response"), answer).toByteArray();
    }

    static byte[] error(RpcFault fault, String requestId) {
        Descriptor type = message("Error");
        return DynamicMessage.newBuilder(type)
                .setField(type.findFieldByName("StatusCode"), fault.status())
                .setField(type.findFieldByName("ErrorCode"), fault.code())
                .setField(type.findFieldByName("ErrorMessage"), fault.text())
                .setField(type.findFieldByName("RequestId"), requestId)
                .build()
                .toByteArray();
    }

    private static Descriptor message(String name) {
        return Objects.requireNonNull(FILE.findMessageTypeByName(name), name);
    }

    private static DynamicMessage message(Descriptor type, ObjectNode answer) {
        DynamicMessage.Builder message = DynamicMessage.newBuilder(type);
        for (FieldDescriptor field : type.getFields()) {
            JsonNode value = answer.get(field.getName());
            if (value != null && field.isRepeated()) {
                // In its wrapper, as {"VersionStage":["ACSCurrent"]}.
                value.forEach(list -> list.forEach(each -> message.addRepeatedField(field, each.asText())));
            } else if (value != null) {
                message.setField(field, value(field, value.asText()));
            }
        }
        return message.build();
    }

    private static Object value(FieldDescriptor field, String text) {
        return switch (field.getJavaType()) {
            case BYTE_STRING -> ByteString.copyFrom(Base64.getDecoder().decode(text));
            case BOOLEAN -> Boolean.valueOf(text);
            default -> text;
        };
    }

    private static String text(@Nullable Object value) {
        return value instanceof ByteString bytes
                ? Base64.getEncoder().encodeToString(bytes.toByteArray())
                : String.valueOf(value);
    }
}
