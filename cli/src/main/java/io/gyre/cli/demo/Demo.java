package io.gyre.cli.demo;

import io.gyre.cli.terminal.Console;
import io.gyre.platform.PlatformException;
import io.gyre.platform.PlatformFacts;
import io.gyre.rotation.RotationLock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** What {@code gyre demo} shows on a platform that runs. */
public final class Demo {
    /** The longest pause between two events is the overlap: 24 s at the speed that the demonstration runs at. */
    private static final Duration SILENCE = Duration.ofSeconds(120);

    private final Console out;
    private final Kms kms;
    private final List<Story> stories;
    private final Map<String, Story> bySecret = new LinkedHashMap<>();
    private final Proofs proofs;
    private final ExecutorService setUps = Executors.newCachedThreadPool();
    private final Timeline.Spans spans = new Timeline.Spans();

    private Demo(Console out, Kms kms, List<Story> stories) {
        this.out = out;
        this.kms = kms;
        this.stories = stories;
        this.proofs = new Proofs(out);
    }

    /**
     * Shows the demonstration from its first step to its last.
     *
     * @return whether every proof held
     * @throws PlatformException if it could not be shown to its end, in one sentence
     */
    public static boolean run(PlatformFacts facts, Console out) {
        Kms kms = new Kms(facts.endpoint(), AccessKeyFile.read(facts.administratorKeyFile()));
        try (Cloud cloud = new Cloud(facts.simulatorEndpoint(), AccessKeyFile.read(facts.cloudAccountKeyFile()));
                Timeline timeline = new Timeline(facts.bootstrapServers(), out)) {
            List<Story> stories = List.of(
                    new RamUserStory(cloud, kms),
                    new RdsPairStory(cloud, kms),
                    new RdsSingleStory(cloud, kms),
                    new EcsKeyStory(cloud, kms));
            return new Demo(out, kms, stories).show(timeline);
        }
    }

    private boolean show(Timeline timeline) {
        heading("A cloud account, made through its RAM, RDS and ECS APIs; a secret for each, by Alibaba's KMS SDK");
        // Each waits for the cloud most of the time, so they wait together.
        List<CompletableFuture<String>> secrets = stories.stream()
                .map(story -> CompletableFuture.supplyAsync(story::setUp, setUps))
                .toList();
        for (int i = 0; i < stories.size(); i++) {
            String secret = whenMade(secrets.get(i));
            bySecret.put(secret, stories.get(i));
            out.line("  " + String.format("%-22s", secret) + "  "
                    + stories.get(i).title());
        }
        setUps.shutdown();

        heading("RotateSecret on each, and at once again");
        for (Map.Entry<String, Story> each : bySecret.entrySet()) {
            each.getValue().rotate();
            String refusal = kms.refusalOfAnother(each.getKey()).orElse("(it was accepted)");
            proofs.that(
                    String.format("%-22s  is being rotated; again: \"%s\"", each.getKey(), refusal),
                    () -> refusal.equals(RotationLock.REFUSAL));
        }

        heading("What happens, as Kafka tells it: elapsed, calendar, secret, what");
        timeline.start();
        follow(timeline);

        heading("The end");
        bySecret.keySet().forEach(secret -> out.line(spans.summary(secret)));
        out.line("  " + proofs.summary());
        return proofs.allHeld();
    }

    private static String whenMade(CompletableFuture<String> secret) {
        try {
            return secret.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof PlatformException sentence ? sentence : e;
        }
    }

    private void follow(Timeline timeline) {
        Set<String> open = new TreeSet<>(bySecret.keySet());
        while (!open.isEmpty()) {
            Timeline.Event event = timeline.next(SILENCE, open);
            Story story = bySecret.get(event.secret());
            if (story == null) {
                continue;
            }
            spans.add(event);
            story.duringPhase(event.phase(), proofs);
            if (event.isLast()) {
                open.remove(event.secret());
                ended(event, story);
            }
        }
    }

    private void ended(Timeline.Event event, Story story) {
        proofs.that(
                event.secret() + ": the rotation succeeded", () -> event.state().equals("Succeeded"));
        if (event.state().equals("Succeeded")) {
            out.firstRotationEnded();
            story.prove(proofs);
        }
    }

    private void heading(String text) {
        out.line("");
        out.line(out.colours() ? "\u001b[1m" + text + "\u001b[0m" : text);
    }
}
