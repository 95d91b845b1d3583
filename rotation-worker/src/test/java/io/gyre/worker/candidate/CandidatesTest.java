package io.gyre.worker.candidate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gyre.worker.machine.EcsRotation;
import io.gyre.worker.machine.Minted;
import io.gyre.worker.machine.RdsRotation;
import io.gyre.worker.machine.Recipe;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CandidatesTest {
    private static final int MANY = 2_000;

    private static final PasswordRule RDS = PasswordRule.of(RdsRotation.passwordOf("app"));
    private static final PasswordRule ECS = PasswordRule.of(EcsRotation.passwordOf("app"));

    private final Candidates candidates = new Candidates(new SecureRandom());

    private static JsonNode value(Minted minted) {
        try {
            return new ObjectMapper().readTree(minted.value().reveal());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> fields(Minted minted) {
        List<String> names = new ArrayList<>();
        value(minted).fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Test
    void eachKindHasItsStoredFormAndItsNameAtTheTarget() {
        Minted rds = candidates.make(RdsRotation.passwordOf("app"));
        Minted password = candidates.make(EcsRotation.passwordOf("ecs-user"));
        Minted key = candidates.make(new Recipe.EcsKeyPair("ecs-user", true));

        assertEquals(List.of("AccountName", "AccountPassword"), fields(rds));
        assertEquals("app", value(rds).path("AccountName").asText());
        assertEquals("app", rds.name());
        assertEquals(List.of("UserName", "Password"), fields(password));
        assertEquals("ecs-user", value(password).path("UserName").asText());
        assertEquals("ecs-user", password.name());
        assertEquals(List.of("UserName", "PublicKey", "PrivateKey"), fields(key));
        assertEquals("ecs-user", key.name());
        assertFalse(rds.toString().contains(value(rds).path("AccountPassword").asText()));
    }

    @Test
    void everyPasswordHas32CharactersOfAllClassesAndNoOther() {
        for (PasswordRule rule : List.of(RDS, ECS)) {
            Random random = new Random(1);
            String alphabet = String.join("", rule.classes());
            for (int i = 0; i < MANY; i++) {
                String password = rule.draw(random);
                assertEquals(32, password.length());
                for (String one : rule.classes()) {
                    assertTrue(password.chars().anyMatch(c -> one.indexOf(c) >= 0), password);
                }
                assertTrue(password.chars().allMatch(c -> alphabet.indexOf(c) >= 0), password);
            }
        }
    }

    @Test
    void rdsAllowsEverySpecialCharacterOfItsPasswords() {
        assertEquals("!@#$&%^*()_+-=", RdsRotation.passwordOf("app").specials());
        assertEquals(4, RDS.classes().size());
    }

    @Test
    void anEcsPasswordMeansItselfInAShell() {
        assertTrue(EcsRotation.passwordOf("app")
                .specials()
                .chars()
                .noneMatch(c -> " \t\n'\"\\$`!&|;<>(){}[]*?#~:=-^".indexOf(c) >= 0));
    }

    /** Chi-squared at each position; with 8 positions of 75 degrees of freedom and this seed, far from the limit. */
    @Test
    void everyCharacterIsAsLikelyAsAnyOtherOfItsClassAtEveryPosition() {
        PasswordRule rule = RDS;
        Random random = new Random(20_260_101);
        int draws = 20_000;
        int[][] seen = new int[32][128];
        for (int i = 0; i < draws; i++) {
            String password = rule.draw(random);
            for (int position = 0; position < password.length(); position++) {
                seen[position][password.charAt(position)]++;
            }
        }
        for (int[] position : seen) {
            for (String one : rule.classes()) {
                double expected = one.chars().map(c -> position[c]).average().orElseThrow();
                double distance = one.chars()
                        .mapToDouble(c -> Math.pow(position[c] - expected, 2) / expected)
                        .sum();
                int freedom = one.length() - 1;
                double limit = freedom + 5 * Math.sqrt(2.0 * freedom);
                assertTrue(distance < limit, () -> "class " + one + " is uneven: " + distance + " > " + limit);
            }
        }
    }

    @Test
    void thePositionsOfAClassAreNotFixed() {
        Random random = new Random(7);
        Set<Integer> firstSpecials = new HashSet<>();
        for (int i = 0; i < MANY; i++) {
            String password = RDS.draw(random);
            for (int position = 0; position < password.length(); position++) {
                if (RDS.classes().get(3).indexOf(password.charAt(position)) >= 0) {
                    firstSpecials.add(position);
                    break;
                }
            }
        }
        assertTrue(firstSpecials.size() > 16, firstSpecials.toString());
    }

    @Test
    void theSameRandomnessMakesTheSamePasswords() throws GeneralSecurityException {
        assertEquals(seeded().make(RdsRotation.passwordOf("app")), seeded().make(RdsRotation.passwordOf("app")));
        assertEquals(seeded().make(EcsRotation.passwordOf("app")), seeded().make(EcsRotation.passwordOf("app")));
        assertNotEquals(candidates.make(RdsRotation.passwordOf("app")), candidates.make(RdsRotation.passwordOf("app")));
    }

    private static Candidates seeded() throws GeneralSecurityException {
        SecureRandom random = SecureRandom.getInstance("SHA1PRNG");
        random.setSeed(42);
        return new Candidates(random);
    }

    @Test
    void aKeyPairIsALineOfAuthorizedKeysAndPem() {
        JsonNode rsa = value(candidates.make(new Recipe.EcsKeyPair("app", false)));
        assertTrue(rsa.path("PublicKey").asText().matches("ssh-rsa AAAAB3NzaC1yc2E\\S{340,} app@gyre"));
        assertTrue(rsa.path("PrivateKey").asText().startsWith("-----BEGIN PRIVATE KEY-----\n"));
        assertTrue(rsa.path("PrivateKey").asText().endsWith("\n-----END PRIVATE KEY-----\n"));

        JsonNode ed25519 = value(candidates.make(new Recipe.EcsKeyPair("app", true)));
        assertTrue(ed25519.path("PublicKey").asText().matches("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5\\S{48} app@gyre"));
        assertTrue(ed25519.path("PrivateKey").asText().startsWith("-----BEGIN OPENSSH PRIVATE KEY-----\n"));
    }
}
