package io.gyre.api.ram;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How RAM names identities: {@code acs:ram::ACCOUNT:user/NAME}. */
public final class RamArn {
    private static final Pattern ROLE = Pattern.compile("acs:ram::([0-9]{1,32}):role/([A-Za-z0-9._-]{1,64})");

    private RamArn() {}

    /** A role, by what its ARN says. */
    public record Role(String accountId, String name) {}

    /** @param principal {@code root}, {@code user/NAME}, {@code role/NAME} or {@code assumed-role/ROLE/SESSION} */
    public static String of(String accountId, String principal) {
        return "acs:ram::" + accountId + ":" + principal;
    }

    public static String role(String accountId, String roleName) {
        return of(accountId, "role/" + roleName);
    }

    /** Empty where the text is no role's ARN. */
    public static Optional<Role> parseRole(String arn) {
        Matcher matcher = ROLE.matcher(arn);
        return matcher.matches() ? Optional.of(new Role(matcher.group(1), matcher.group(2))) : Optional.empty();
    }
}
