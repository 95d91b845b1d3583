package io.gyre.api.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GrantsTest {
    private static final String READ = "kms:GetSecretValue";
    private static final String SECRET = "acs:kms:r:1:secret/a";
    private static final Principal ANN = new Principal("1", "user/ann");

    @Test
    void withoutAPolicyNothingIsAllowedAndTheAccountItselfMayDoEverything() {
        assertEquals(Verdict.NOT_ALLOWED, ask(ANN, grants(), null));
        Policy nobody = resource("Deny", "acs:ram::1:*");
        assertEquals(Verdict.ALLOWED, ask(new Principal("1", "root"), grants(), nobody));
    }

    @Test
    void aPolicyOfTheSecretThatAllowsTheAccountLeavesItToTheIdentitysOwn() {
        Policy account = resource("Allow", "acs:ram::1:*");
        assertEquals(Verdict.ALLOWED, ask(ANN, grants(identity("Allow")), account));
        assertEquals(Verdict.NOT_ALLOWED, ask(ANN, grants(), account));
        assertEquals(Verdict.NOT_ALLOWED, ask(ANN, grants(identity("Allow")), resource("Allow", "acs:ram::2:*")));
    }

    @Test
    void aPolicyOfTheSecretThatNamesTheIdentityIsEnough() {
        Policy named = resource("Allow", "acs:ram::1:user/ann");
        assertEquals(Verdict.ALLOWED, ask(ANN, grants(), named));
        assertEquals(Verdict.NOT_ALLOWED, ask(new Principal("1", "user/bob"), grants(identity("Allow")), named));
    }

    @Test
    void aDenialAnywhereWins() {
        Policy named = resource("Allow", "acs:ram::1:user/ann");
        assertEquals(Verdict.DENIED, ask(ANN, grants(identity("Deny"), identity("Allow")), named));
        for (String principal : List.of("acs:ram::1:user/ann", "acs:ram::1:user/a*", "acs:ram::1:*", "acs:ram::*:*")) {
            assertEquals(Verdict.DENIED, ask(ANN, grants(identity("Allow")), resource("Deny", principal)));
        }
        assertEquals(Verdict.ALLOWED, ask(ANN, grants(identity("Allow")), both("acs:ram::1:user/bob")));
    }

    @Test
    void aSessionIsItsRoleWithinItsLimit() {
        Principal session = new Principal("1", "assumed-role/reader/tuesday");
        assertEquals("role/reader", session.attachedTo());
        Policy role = resource("Allow", "acs:ram::1:role/reader");
        assertEquals(Verdict.ALLOWED, ask(session, grants(), role));
        assertEquals(Verdict.ALLOWED, ask(session, new Grants(List.of(identity("Allow")), identity("Allow")), null));
        Policy elsewhere = PolicyReader.ofIdentity(identityText("Allow").replace(SECRET, SECRET + "/b"));
        assertEquals(Verdict.NOT_ALLOWED, ask(session, new Grants(List.of(identity("Allow")), elsewhere), null));
        assertEquals(Verdict.NOT_ALLOWED, ask(session, new Grants(List.of(), identity("Allow")), null));
        assertEquals(Verdict.NOT_ALLOWED, ask(session, new Grants(List.of(), elsewhere), role));
        assertEquals(Verdict.DENIED, ask(session, new Grants(List.of(), identity("Deny")), role));
    }

    @Test
    void whatDecidesIsNamed() {
        Policy first = identity("Allow").named("first");
        Policy second = identity("Deny").named("second");
        assertEquals(List.of(new Ground(Side.IDENTITY, "first", 1, "")), because(grants(first), null));
        assertEquals(List.of(new Ground(Side.IDENTITY, "second", 1, "")), because(grants(first, second), null));
        assertEquals(List.of(Ground.silence(Side.IDENTITY)), because(grants(), null));
        assertEquals(
                List.of(new Ground(Side.IDENTITY, "first", 1, ""), new Ground(Side.RESOURCE, "", 1, "")),
                because(grants(first), resource("Allow", "acs:ram::1:*")));
        assertEquals(List.of(Ground.silence(Side.IDENTITY)), because(grants(), resource("Allow", "acs:ram::1:*")));
        assertEquals(List.of(Ground.silence(Side.RESOURCE)), because(grants(first), resource("Allow", "acs:ram::2:*")));
        assertEquals(
                List.of(new Ground(Side.RESOURCE, "", 2, "")), because(grants(first), both("acs:ram::1:user/ann")));
        assertEquals(
                List.of(new Ground(Side.RESOURCE, "", 1, "")),
                because(grants(), resource("Allow", "acs:ram::1:user/ann")));
        assertEquals(
                List.of(Ground.silence(Side.SESSION)),
                because(
                        new Grants(
                                List.of(first),
                                PolicyReader.ofIdentity(identityText("Allow").replace(SECRET, SECRET + "/b"))),
                        null));
    }

    @Test
    void anAllowanceWhoseConditionsDoNotHoldIsNamedWhereNothingElseAllows() {
        Policy elsewhere = PolicyReader.ofIdentity(identityText("Allow")
                        .replace("\"}]}", "\",\"Condition\":{\"IpAddress\":{\"acs:SourceIp\":[\"192.0.2.0/24\"]}}}]}"))
                .named("elsewhere");
        assertEquals(Verdict.NOT_ALLOWED, ask(ANN, grants(elsewhere), null));
        assertEquals(List.of(new Ground(Side.IDENTITY, "elsewhere", 1, "")), because(grants(elsewhere), null));
        assertEquals(
                List.of(new Ground(Side.IDENTITY, "first", 1, "")),
                because(grants(elsewhere, identity("Allow").named("first")), null));
    }

    private static List<Ground> because(Grants grants, @Nullable Policy resourcePolicy) {
        Facts facts = new Facts(Instant.EPOCH, true, "10.0.0.1", Map.of());
        return grants.decide(new Question(ANN, READ, SECRET, facts), resourcePolicy)
                .because();
    }

    private static Verdict ask(Principal principal, Grants grants, @Nullable Policy resourcePolicy) {
        Facts facts = new Facts(Instant.EPOCH, true, "10.0.0.1", Map.of());
        return grants.decide(new Question(principal, READ, SECRET, facts), resourcePolicy)
                .verdict();
    }

    private static Grants grants(Policy... attached) {
        return new Grants(List.of(attached), null);
    }

    private static Policy identity(String effect) {
        return PolicyReader.ofIdentity(identityText(effect));
    }

    private static String identityText(String effect) {
        return "{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"" + effect + "\",\"Action\":\"" + READ
                + "\",\"Resource\":\"" + SECRET + "\"}]}";
    }

    private static Policy resource(String effect, String principal) {
        return PolicyReader.ofResource(
                "{\"Version\":\"1\",\"Statement\":[" + resourceStatement(effect, principal) + "]}");
    }

    /** Allows the account, denies one of it. */
    private static Policy both(String denied) {
        return PolicyReader.ofResource("{\"Version\":\"1\",\"Statement\":[" + resourceStatement("Allow", "acs:ram::1:*")
                + "," + resourceStatement("Deny", denied) + "]}");
    }

    private static String resourceStatement(String effect, String principal) {
        return "{\"Effect\":\"" + effect + "\",\"Principal\":{\"RAM\":[\"" + principal
                + "\"]},\"Action\":\"kms:*\",\"Resource\":\"*\"}";
    }
}
