package io.gyre.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.gyre.cli.kafka.TopicTail;
import io.gyre.cli.terminal.Console;
import io.gyre.cli.terminal.Words;
import io.gyre.event.Topics;
import io.gyre.topics.TopicRecord;
import io.gyre.topics.TopicState;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gyre topics}. */
@Command(
        name = "topics",
        description =
                "List Gyre's topics in Kafka: partitions, records that are kept, and how far each consumer group is behind.",
        synopsisSubcommandLabel = "[COMMAND]")
final class TopicsCommand implements Callable<Integer> {
    private static final String ROW = "%-30s  %10s  %9s  %-24s  %7s  %7s";
    private static final ObjectMapper JSON = new ObjectMapper();

    @Mixin
    private final KafkaOptions kafka = new KafkaOptions();

    @Option(names = "--json", description = "Show JSON.")
    private boolean json;

    /** For completion; others can be read, too. */
    static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Topics.all().stream().map(Topics.Declaration::name).iterator();
        }
    }

    @Override
    public Integer call() {
        Console out = Console.standard();
        List<TopicState> topics = kafka.place().topics();
        if (json) {
            out.line(JSON.valueToTree(Map.of("topics", topics)).toPrettyString());
            return ExitStatus.DONE;
        }
        out.line(String.format(ROW, "topic", "partitions", "records", "group", "members", "lag"));
        topics.forEach(topic -> lines(topic, out));
        return ExitStatus.DONE;
    }

    private static void lines(TopicState topic, Console out) {
        String partitions = topic.partitions() == 0 ? "absent" : Integer.toString(topic.partitions());
        if (topic.readers().isEmpty()) {
            out.line(String.format(ROW, topic.name(), partitions, topic.records(), "", "", "")
                    .stripTrailing());
        }
        for (int i = 0; i < topic.readers().size(); i++) {
            TopicState.Reader reader = topic.readers().get(i);
            out.line(String.format(
                    ROW,
                    i == 0 ? topic.name() : "",
                    i == 0 ? partitions : "",
                    i == 0 ? topic.records() : "",
                    reader.group(),
                    reader.members(),
                    reader.lag()));
        }
    }

    @Command(
            name = "tail",
            description = {
                "Show the records of a topic as they come, until Ctrl-C. Nothing is changed there, and no consumer group is made.",
                "Events of one secret come in their order; between secrets there is none."
            })
    int tail(
            @Mixin KafkaOptions where,
            @Parameters(
                            paramLabel = "TOPIC",
                            completionCandidates = Names.class,
                            description = "As ./gyre topics lists it.")
                    String topic,
            @Option(names = "--from-beginning", description = "Begin with the first record that is kept.")
                    boolean fromBeginning,
            @Option(
                            names = "--count",
                            paramLabel = "N",
                            defaultValue = "0",
                            description = "End after so many records (default: never).")
                    long count,
            @Option(
                            names = "--type",
                            paramLabel = "GLOB",
                            defaultValue = "*",
                            description = "Only events of such types, for example 'io.gyre.rotation.*'.")
                    String type,
            @Option(names = "--json", description = "One JSON object a line, for programs.") boolean asJson) {
        Console out = Console.standard();
        Pattern wanted = glob(type);
        AtomicLong shown = new AtomicLong();
        new TopicTail(where.place(), topic).read(fromBeginning, record -> {
            if (!wanted.matcher(record.type()).matches()) {
                return true;
            }
            (asJson ? List.of(record.json()) : lines(record)).forEach(out::line);
            return shown.incrementAndGet() != count;
        });
        return ExitStatus.DONE;
    }

    /** The first line says when, what and of what; the second, what happened. */
    private static List<String> lines(TopicRecord record) {
        return List.of(
                Words.moment(record.at()) + "  " + (record.type().isEmpty() ? "(no CloudEvent)" : record.type()) + "  "
                        + record.subject(),
                "    " + record.what());
    }

    /** Any text for each asterisk, everything else as it stands. */
    private static Pattern glob(String text) {
        // Without a limit, an asterisk at the end would be lost.
        return Pattern.compile(
                Arrays.stream(text.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")));
    }
}
