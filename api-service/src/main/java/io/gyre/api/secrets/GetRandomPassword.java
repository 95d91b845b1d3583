package io.gyre.api.secrets;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gyre.api.wire.KmsFaults;
import io.gyre.api.wire.WireJson;
import io.gyre.rpc.RpcAction;
import io.gyre.rpc.RpcRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Makes up a password; nothing is stored. */
@ApplicationScoped
public class GetRandomPassword implements RpcAction {
    private static final int DEFAULT_LENGTH = 32;
    private static final int SHORTEST = 8;
    private static final int LONGEST = 128;

    private static final String LOWERCASE = "abcdefghijklmnopqrstuvwxyz";
    private static final String UPPERCASE = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final String NUMBERS = "0123456789";
    private static final String PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

    @Override
    public String name() {
        return "GetRandomPassword";
    }

    @Override
    public Uni<ObjectNode> perform(RpcRequest request) {
        int length = request.integer("PasswordLength", DEFAULT_LENGTH, SHORTEST, LONGEST);
        String excluded = excluded(request);
        List<String> classes = new ArrayList<>();
        include(classes, request, "ExcludeLowercase", LOWERCASE, excluded);
        include(classes, request, "ExcludeUppercase", UPPERCASE, excluded);
        include(classes, request, "ExcludeNumbers", NUMBERS, excluded);
        include(classes, request, "ExcludePunctuation", PUNCTUATION, excluded);
        if (classes.isEmpty()) {
            throw KmsFaults.invalid("ExcludeCharacters", "every character is excluded: leave some.");
        }
        RandomPassword password = new RandomPassword(length, classes, request.flag("RequireEachIncludedType", false));
        return Uni.createFrom().item(() -> WireJson.answer()
                .put("RandomPassword", password.draw().reveal()));
    }

    private static String excluded(RpcRequest request) {
        String given = request.text("ExcludeCharacters");
        if (given == null) {
            return "";
        }
        String known = LOWERCASE + UPPERCASE + NUMBERS + PUNCTUATION;
        if (!given.chars().allMatch(character -> known.indexOf(character) >= 0)) {
            throw KmsFaults.invalid(
                    "ExcludeCharacters", "it may hold letters, digits and the punctuation of ASCII, without spaces.");
        }
        return given;
    }

    private static void include(
            List<String> classes, RpcRequest request, String flag, String characters, String excluded) {
        if (request.flag(flag, false)) {
            return;
        }
        String rest = characters
                .chars()
                .filter(character -> excluded.indexOf(character) < 0)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
        if (!rest.isEmpty()) {
            classes.add(rest);
        }
    }
}
