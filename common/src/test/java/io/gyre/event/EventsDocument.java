package io.gyre.event;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The topics and what is in them as an AsyncAPI document, made from {@link Topics} and the records of this package. */
final class EventsDocument {
    private static final Pattern CLOUD_EVENTS_TYPE = Pattern.compile("(io\\.gyre\\.|kms:).*");

    private static final List<Class<?>> NEWS = List.of(
            RotationStepped.class,
            RotateSecretSucceeded.class,
            RotateSecretFailed.class,
            SecretChanged.class,
            SecretDrift.class,
            ScheduleChanged.class,
            CampaignChanged.class);

    /** What is in each topic; of dead letters, nothing that has a form. */
    private static final Map<String, List<Class<?>>> RECORDS = Map.of(
            Topics.RAM_REQUESTS, List.of(RotationRequested.class),
            Topics.RDS_REQUESTS, List.of(RotationRequested.class),
            Topics.ECS_REQUESTS, List.of(RotationRequested.class),
            Topics.EVENTS, NEWS,
            Topics.INSTANCE_EVENTS, List.of(InstanceEnding.class),
            Topics.AUDIT_HEADS, List.of(AuditHeadSigned.class),
            Topics.DEAD_LETTERS, List.of());

    private static final Map<String, String> ABOUT = Map.of(
            Topics.RAM_REQUESTS, "Wakes the workers that rotate RAM secrets.",
            Topics.RDS_REQUESTS, "Wakes the workers that rotate RDS secrets.",
            Topics.ECS_REQUESTS, "Wakes the workers that rotate ECS secrets.",
            Topics.EVENTS,
                    "What rotations and campaigns do, the life of secrets, their schedule, and what drifted at their targets.",
            Topics.INSTANCE_EVENTS, "KMS instances that come near the end of something.",
            Topics.AUDIT_HEADS, "Anchors of the audit log outside the database.",
            Topics.DEAD_LETTERS, "Records of the request topics that no worker could read, as they came.");

    private final ObjectNode document = JsonNodeFactory.instance.objectNode();

    /** A CloudEvents type: its record, and what it says. */
    record Type(String name, Class<?> data, String summary) {
        /** {@code io.gyre.secret.created.v1} and {@code kms:CloudMonitor:Secret[RotateSecret:Success]} as a name of a message. */
        String message() {
            return name.replaceAll("[^A-Za-z0-9.]+", ".").replaceAll("\\.$", "");
        }

        String source() {
            return name.startsWith("kms:") ? RotateSecretSucceeded.SOURCE : "/gyre/<account>";
        }
    }

    /** Of every record, in the order of the source. */
    static List<Type> types() {
        List<Type> types = new ArrayList<>();
        for (Class<?> event : EventSource.all()) {
            EventSource source = EventSource.of(event);
            for (Field field : event.getDeclaredFields()) {
                String value = field.getType() == String.class ? constant(field) : "";
                if (CLOUD_EVENTS_TYPE.matcher(value).matches()) {
                    types.add(new Type(value, event, summary(source, source.constant(field.getName()))));
                }
            }
        }
        return types;
    }

    static ObjectNode write() {
        EventsDocument made = new EventsDocument();
        made.info();
        made.channels();
        made.operations();
        made.components();
        return made.document;
    }

    private void info() {
        document.put("asyncapi", "3.0.0");
        ObjectNode info = document.putObject("info");
        info.put("title", "Gyre's events")
                .put("version", "1")
                .put(
                        "description",
                        "What Gyre tells by Kafka: CloudEvents 1.0 in binary mode, so each attribute is a header ce_*, and the"
                                + " value is the data as JSON. The key is what the record is about, mostly a secret's ARN: records"
                                + " of one secret keep their order. A record may come twice, under one ce_id. No record holds a"
                                + " credential. See events.md.");
        info.putObject("license").put("name", "Apache-2.0");
        document.put("defaultContentType", "application/json");
    }

    private void channels() {
        ObjectNode channels = document.putObject("channels");
        for (Topics.Declaration topic : Topics.all()) {
            ObjectNode channel = channels.putObject(topic.name());
            channel.put("address", topic.name()).put("description", ABOUT.get(topic.name()));
            ObjectNode messages = channel.putObject("messages");
            messages(topic.name())
                    .forEach(name -> messages.putObject(name).put("$ref", "#/components/messages/" + name));
            ObjectNode kafka = channel.putObject("bindings").putObject("kafka");
            kafka.put("topic", topic.name()).put("partitions", topic.partitions());
            kafka.putObject("topicConfiguration")
                    .put("retention.ms", topic.retention().toMillis());
            kafka.put("bindingVersion", "0.5.0");
        }
    }

    private void operations() {
        ObjectNode operations = document.putObject("operations");
        for (Topics.Declaration topic : Topics.all()) {
            ObjectNode operation = operations.putObject("send." + topic.name());
            operation.put("action", "send").putObject("channel").put("$ref", "#/channels/" + topic.name());
            ArrayNode messages = operation.putArray("messages");
            messages(topic.name()).forEach(name -> messages.addObject()
                    .put("$ref", "#/channels/" + topic.name() + "/messages/" + name));
        }
    }

    private void components() {
        ObjectNode components = document.putObject("components");
        ObjectNode messages = components.putObject("messages");
        types().forEach(type -> message(messages.putObject(type.message()), type));
        messages.putObject("deadLetter")
                .put("title", "Dead letter")
                .put(
                        "summary",
                        "A record as it came, with headers dead-letter-* that say from where, and why it is here.")
                .put("contentType", "application/octet-stream")
                .putObject("payload");
        ObjectNode schemas = components.putObject("schemas");
        attributes(schemas.putObject("CloudEvent"));
        EventSource.all().forEach(event -> schemas.set(event.getSimpleName(), DataSchema.of(event)));
    }

    private static void message(ObjectNode message, Type type) {
        message.put("name", type.name()).put("title", type.name()).put("summary", type.summary());
        message.put("contentType", "application/json");
        ArrayNode headers = message.putObject("headers").put("type", "object").putArray("allOf");
        headers.addObject().put("$ref", "#/components/schemas/CloudEvent");
        ObjectNode properties = headers.addObject().put("type", "object").putObject("properties");
        properties.putObject("ce_type").put("const", type.name());
        ObjectNode source = properties.putObject("ce_source");
        if (type.source().startsWith("/")) {
            source.put("pattern", "^/gyre/[0-9]{1,32}$");
        } else {
            source.put("const", type.source());
        }
        message.putObject("payload")
                .put("$ref", "#/components/schemas/" + type.data().getSimpleName());
        message.putObject("bindings")
                .putObject("kafka")
                .put("bindingVersion", "0.5.0")
                .putObject("key")
                .put("type", "string");
    }

    private static void attributes(ObjectNode schema) {
        schema.put("type", "object").put("description", "The attributes of CloudEvents 1.0 as headers of a record.");
        ArrayNode required = schema.putArray("required");
        ObjectNode properties = schema.putObject("properties");
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("ce_specversion", "1.0");
        attributes.put("ce_id", "Of this event, wherever and however often it is told, within its source.");
        attributes.put("ce_source", "Who tells it: the installation, or acs.kms for CloudMonitor's events.");
        attributes.put("ce_type", "What it is, with the version of its form.");
        attributes.put("ce_subject", "What it is about: the record's key.");
        attributes.put("ce_time", "The wall clock's time at which it became true.");
        attributes.put("content-type", "application/json");
        attributes.forEach((name, description) -> {
            required.add(name);
            properties.putObject(name).put("type", "string").put("description", description);
        });
        properties
                .putObject("traceparent")
                .put("type", "string")
                .put("description", "The W3C trace context of what caused it, where there is one.");
    }

    private static List<String> messages(String topic) {
        if (topic.equals(Topics.DEAD_LETTERS)) {
            return List.of("deadLetter");
        }
        return types().stream()
                .filter(type -> RECORDS.get(topic).contains(type.data()))
                .map(Type::message)
                .toList();
    }

    /** {@code The CloudEvents type once it is created.} of a constant becomes {@code Once it is created.} */
    private static String summary(EventSource source, String constant) {
        String said = constant.replaceFirst("^The CloudEvents type ?", "");
        return said.equals(".") || said.equals(constant)
                ? source.summary()
                : Character.toUpperCase(said.charAt(0)) + said.substring(1);
    }

    private static String constant(Field field) {
        try {
            field.setAccessible(true);
            return field.get(null) instanceof String text ? text : "";
        } catch (IllegalAccessException | NullPointerException e) {
            return "";
        }
    }
}
