package io.gyre.cli.demo;

import io.gyre.cli.terminal.Console;
import io.gyre.cli.terminal.Words;
import io.gyre.platform.PlatformException;
import io.gyre.platform.PlatformFacts;
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
    /** The documentation's word for the refusal, and the proof that the service keeps to it. */
    private static final String REFUSAL = "Your secret is being rotated, please try again later";

    /** For everything that keeps the wall's pace, on a machine that has other work too. */
    private static final Duration OPERATIONS_WITHIN = Duration.ofSeconds(120);

    /** What a RAM rotation waits for on the calendar: its overlap and the grace before the former key is deleted. */
    private static final Duration CALENDAR_WAITS = Duration.ofHours(48).plusMinutes(10);

    private final Console out;
    private final Kms kms;
    private final List<Story> stories;
    private final AuditProof audit;
    private final Map<String, Story> bySecret = new LinkedHashMap<>();
    private final Proofs proofs;
    private final ExecutorService setUps = Executors.newCachedThreadPool();
    private final Histories histories = new Histories();
    private final double speed;
    private final Duration within;

    private Demo(Console out, Kms kms, List<Story> stories, AuditProof audit, double speed) {
        this.out = out;
        this.kms = kms;
        this.stories = stories;
        this.audit = audit;
        this.speed = speed;
        this.within = OPERATIONS_WITHIN.plusMillis((long) (CALENDAR_WAITS.toMillis() / speed));
        this.proofs = new Proofs(out);
    }

    /**
     * Shows the demonstration from its first step to its last.
     *
     * @return whether every proof held
     * @throws PlatformException if it could not be shown to its end, in one sentence
     */
    public static boolean run(PlatformFacts facts, Console out) {
        Kms kms = Kms.of(facts);
        try (Cloud cloud = Cloud.of(facts);
                Timeline timeline = new Timeline(facts.bootstrapServers(), out)) {
            List<Story> stories = List.of(
                    new RamUserStory(cloud, kms),
                    new RdsPairStory(cloud, kms),
                    new RdsSingleStory(cloud, kms),
                    new EcsKeyStory(cloud, kms));
            return new Demo(out, kms, stories, new AuditProof(facts), facts.speed()).show(timeline);
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
            stories.get(i).proveSetUp(proofs);
        }
        setUps.shutdown();

        heading("RotateSecret on each, and at once again");
        for (Map.Entry<String, Story> each : bySecret.entrySet()) {
            each.getValue().rotate();
            out.line("  " + each.getKey() + ": " + each.getValue().order());
            String refusal = kms.refusalOfAnother(each.getKey()).orElse("(it was accepted)");
            proofs.that("a second RotateSecret is refused: \"" + refusal + "\"", () -> refusal.equals(REFUSAL));
        }

        heading("What happens, as Kafka tells it: elapsed since its request, calendar, secret, what");
        out.line("  The calendar: " + Words.speed(speed) + ". What the clouds do takes its time on the wall.");
        timeline.start();
        follow(timeline);

        heading("Who did what: the audit log, a chain of hashes under signed heads");
        audit.prove(bySecret.size(), out, proofs);

        heading("How each ended, and how long it took");
        out.line(Histories.HEAD);
        bySecret.keySet().forEach(secret -> out.line(histories.row(secret)));
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
        long deadline = System.nanoTime() + within.toNanos();
        while (!open.isEmpty()) {
            Timeline.Event event;
            try {
                event = timeline.next(Duration.ofNanos(deadline - System.nanoTime()), open);
            } catch (PlatformException e) {
                unproven("every rotation ends within " + within.toSeconds() + " s", e);
                return;
            }
            Story story = bySecret.get(event.secret());
            if (story == null) {
                continue;
            }
            histories.add(event);
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
            story.proveTold(histories.of(event.secret()), proofs);
            story.prove(proofs);
        }
    }

    private void unproven(String what, PlatformException why) {
        proofs.that(what, () -> {
            throw why;
        });
    }

    private void heading(String text) {
        out.line("");
        out.line(out.colours() ? "\u001b[1m" + text + "\u001b[0m" : text);
    }
}
