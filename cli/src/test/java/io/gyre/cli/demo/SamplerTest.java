package io.gyre.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.aliyun.tea.TeaException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.gyre.cli.demo.FleetSecret.Kind;
import io.gyre.platform.PlatformException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** That the sampler would see a lost credential, and takes nothing else for one. */
class SamplerTest {
    private String current = "old";
    private Set<String> letIn = Set.of("old");

    @Test
    void aCurrentValueThatIsLetInIsASample() {
        Sampler sampler = sampler(Kind.RAM);
        sampler.sample();
        assertEquals(1, sampler.seen().samples());
        assertEquals(0, sampler.seen().refused());
    }

    @Test
    void aCurrentValueThatIsRefusedIsATroubleWhereTwoMayLive() {
        letIn = Set.of();
        Sampler sampler = sampler(Kind.RDS_PAIR);
        sampler.sample();
        assertEquals(1, sampler.seen().refused());
        assertTrue(sampler.seen().troubles().get(0).endsWith("the current value was refused, and is current still"));
    }

    @Test
    void aValueThatWasReplacedBetweenReadAndUseIsAReRead() {
        letIn = Set.of("new");
        Sampler sampler = new Sampler(secret(Kind.ECS_KEY), () -> {
            String now = current;
            current = "new";
            return TextNode.valueOf(now);
        });
        sampler.sample();
        assertEquals(1, sampler.seen().rereads());
        assertEquals(Set.of(), Set.copyOf(sampler.seen().troubles()));
    }

    @Test
    void aGapLastsUntilTheFirstUseThatIsLetIn() {
        Sampler sampler = sampler(Kind.ECS_PASSWORD);
        letIn = Set.of("new");
        sampler.sample();
        sampler.sample();
        assertTrue(sampler.seen().inGap());
        current = "new";
        sampler.sample();
        assertFalse(sampler.seen().inGap());
        assertEquals(1, sampler.seen().gaps().size());
        assertEquals(2, sampler.seen().refused());
        assertEquals(Set.of(), Set.copyOf(sampler.seen().troubles()));
    }

    @Test
    void whoeverDoesNotAnswerProvesNothing() {
        Sampler apiAway = new Sampler(secret(Kind.RAM), () -> {
            throw new PlatformException("The connection was refused.");
        });
        apiAway.sample();
        Sampler targetAway = new Sampler(
                new FleetSecret(
                        "ram/user",
                        Kind.RAM,
                        value -> {
                            throw new PlatformException("STS answered neither yes nor no.");
                        },
                        Set::of),
                () -> TextNode.valueOf(current));
        targetAway.sample();
        for (Sampler.Seen seen : List.of(apiAway.seen(), targetAway.seen())) {
            assertEquals(0, seen.samples());
            assertEquals(1, seen.unanswered());
            assertEquals(Set.of(), Set.copyOf(seen.troubles()));
        }
    }

    @Test
    void aReadThatTheServiceRefusesIsATrouble() {
        TeaException refusal = new TeaException(Map.of("code", "Forbidden.ResourceNotFound", "message", "gone"));
        refusal.setStatusCode(404);
        Sampler sampler = new Sampler(secret(Kind.RAM), () -> {
            throw new PlatformException("Gyre did not do GetSecretValue.", refusal);
        });
        sampler.sample();
        assertEquals(1, sampler.seen().troubles().size());
    }

    private Sampler sampler(Kind kind) {
        return new Sampler(secret(kind), () -> TextNode.valueOf(current));
    }

    private FleetSecret secret(Kind kind) {
        return new FleetSecret("a/secret", kind, this::isLetIn, Set::of);
    }

    private boolean isLetIn(JsonNode value) {
        return letIn.contains(value.asText());
    }
}
