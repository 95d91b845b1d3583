package io.gyre.api.policy;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a condition compares, from the RAM documentation. Of several values in the policy one is enough; an operator with Not
 * holds where none of them fits, and also where the request has nothing to compare.
 */
enum Operator {
    STRING_EQUALS("StringEquals", Operand.TEXT, String::equals),
    STRING_NOT_EQUALS("StringNotEquals", STRING_EQUALS),
    STRING_EQUALS_IGNORE_CASE("StringEqualsIgnoreCase", Operand.TEXT, String::equalsIgnoreCase),
    STRING_NOT_EQUALS_IGNORE_CASE("StringNotEqualsIgnoreCase", STRING_EQUALS_IGNORE_CASE),
    STRING_LIKE("StringLike", Operand.TEXT, (given, wanted) -> new Wildcard(wanted).matches(given)),
    STRING_NOT_LIKE("StringNotLike", STRING_LIKE),
    NUMERIC_EQUALS("NumericEquals", Operand.NUMBER, numbers(order -> order == 0)),
    NUMERIC_NOT_EQUALS("NumericNotEquals", NUMERIC_EQUALS),
    NUMERIC_LESS_THAN("NumericLessThan", Operand.NUMBER, numbers(order -> order < 0)),
    NUMERIC_LESS_THAN_EQUALS("NumericLessThanEquals", Operand.NUMBER, numbers(order -> order <= 0)),
    NUMERIC_GREATER_THAN("NumericGreaterThan", Operand.NUMBER, numbers(order -> order > 0)),
    NUMERIC_GREATER_THAN_EQUALS("NumericGreaterThanEquals", Operand.NUMBER, numbers(order -> order >= 0)),
    DATE_EQUALS("DateEquals", Operand.DATE, dates(order -> order == 0)),
    DATE_NOT_EQUALS("DateNotEquals", DATE_EQUALS),
    DATE_LESS_THAN("DateLessThan", Operand.DATE, dates(order -> order < 0)),
    DATE_LESS_THAN_EQUALS("DateLessThanEquals", Operand.DATE, dates(order -> order <= 0)),
    DATE_GREATER_THAN("DateGreaterThan", Operand.DATE, dates(order -> order > 0)),
    DATE_GREATER_THAN_EQUALS("DateGreaterThanEquals", Operand.DATE, dates(order -> order >= 0)),
    BOOL("Bool", Operand.BOOLEAN, String::equalsIgnoreCase),
    IP_ADDRESS(
            "IpAddress", Operand.ADDRESS, (given, wanted) -> IpRange.of(wanted).contains(given)),
    NOT_IP_ADDRESS("NotIpAddress", IP_ADDRESS);

    /** What can be compared with what. */
    enum Operand {
        TEXT("any text"),
        NUMBER("a number of at most 18 digits"),
        DATE("a time like 2026-01-31T23:59:59Z"),
        BOOLEAN("true or false"),
        ADDRESS("an IP address or a range like 10.0.0.0/8");

        /** Longer ones would make a comparison expensive; no fact has so many digits. */
        private static final Pattern DIGITS = Pattern.compile("-?[0-9]{1,18}(\\.[0-9]{1,9})?");

        private final String rule;

        Operand(String rule) {
            this.rule = rule;
        }

        /** What a value must be, as the end of a sentence. */
        String rule() {
            return rule;
        }

        boolean admits(String value) {
            return switch (this) {
                case TEXT -> true;
                case NUMBER -> DIGITS.matcher(value).matches();
                case DATE -> date(value).isPresent();
                case BOOLEAN -> value.equalsIgnoreCase("true") || value.equalsIgnoreCase("false");
                case ADDRESS -> IpRange.isOne(value);
            };
        }

        private static Optional<Instant> date(String value) {
            try {
                return Optional.of(OffsetDateTime.parse(value).toInstant());
            } catch (DateTimeParseException e) {
                return Optional.empty();
            }
        }
    }

    private final String text;
    private final Operand operand;
    private final BiPredicate<String, String> fits;
    private final boolean negated;

    Operator(String text, Operand operand, BiPredicate<String, String> fits) {
        this.text = text;
        this.operand = operand;
        this.fits = fits;
        this.negated = false;
    }

    Operator(String text, Operator opposite) {
        this.text = text;
        this.operand = opposite.operand;
        this.fits = opposite.fits;
        this.negated = true;
    }

    /** Empty for an operator that RAM does not have. */
    static Optional<Operator> of(String text) {
        return Arrays.stream(values())
                .filter(operator -> operator.text.equals(text))
                .findFirst();
    }

    Operand operand() {
        return operand;
    }

    /** @param given of the request; null where it has nothing of the kind */
    boolean holds(@Nullable String given, List<String> wanted) {
        return negated ^ (given != null && wanted.stream().anyMatch(value -> fits.test(given, value)));
    }

    /** What is no number compares with none. */
    private static BiPredicate<String, String> numbers(IntPredicate wanted) {
        return (given, value) ->
                Operand.NUMBER.admits(given) && wanted.test(new BigDecimal(given).compareTo(new BigDecimal(value)));
    }

    private static BiPredicate<String, String> dates(IntPredicate wanted) {
        return (given, value) -> Operand.date(given)
                .flatMap(time -> Operand.date(value).map(time::compareTo))
                .filter(wanted::test)
                .isPresent();
    }
}
