package io.gyre.api.secrets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.aliyun.kms20160120.models.GetRandomPasswordRequest;
import io.gyre.api.testing.Clients;
import io.gyre.api.testing.Refusal;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
class GetRandomPasswordTest {
    @Inject
    Clients clients;

    @Test
    void itHasThirtyTwoCharactersAndDiffersEachTime() throws Exception {
        String first = password(new GetRandomPasswordRequest());
        assertEquals(32, first.length());
        assertNotEquals(first, password(new GetRandomPasswordRequest()));
    }

    @Test
    void whatIsExcludedDoesNotOccur() throws Exception {
        GetRandomPasswordRequest request = new GetRandomPasswordRequest()
                .setPasswordLength("128")
                .setExcludeLowercase("true")
                .setExcludePunctuation("true")
                .setExcludeCharacters("0O1I`");
        assertTrue(password(request).matches("[A-HJ-NP-Z2-9]{128}"));
        GetRandomPasswordRequest others = new GetRandomPasswordRequest()
                .setPasswordLength("128")
                .setExcludeUppercase("true")
                .setExcludeNumbers("true")
                .setExcludeCharacters("\"'\\");
        assertTrue(password(others).matches("[a-z!#$%&()*+,./:;<=>?@^_`{|}~\\[\\]-]{128}"));
    }

    @Test
    void eachIncludedTypeOccursWhereThatIsAskedFor() throws Exception {
        for (int i = 0; i < 50; i++) {
            String password = password(
                    new GetRandomPasswordRequest().setPasswordLength("8").setRequireEachIncludedType("true"));
            for (String type : List.of("[a-z]", "[A-Z]", "[0-9]", "[^a-zA-Z0-9]")) {
                assertTrue(password.matches(".*" + type + ".*"), type);
            }
        }
    }

    @Test
    void whatCannotBeMadeIsRefused() {
        for (GetRandomPasswordRequest bad : List.of(
                new GetRandomPasswordRequest().setPasswordLength("7"),
                new GetRandomPasswordRequest().setPasswordLength("129"),
                new GetRandomPasswordRequest().setExcludeCharacters("é"),
                new GetRandomPasswordRequest().setExcludeNumbers("maybe"),
                new GetRandomPasswordRequest()
                        .setExcludeLowercase("true")
                        .setExcludeUppercase("true")
                        .setExcludeNumbers("true")
                        .setExcludePunctuation("true"))) {
            Refusal.expect(400, "InvalidParameter", () -> password(bad));
        }
    }

    private String password(GetRandomPasswordRequest request) throws Exception {
        return clients.current().getRandomPassword(request).getBody().getRandomPassword();
    }
}
