package io.gyre.cli.demo;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The only account of an RDS instance: its old password dies as the new one is set; the timeline tells the gap. */
final class RdsSingleStory implements Story {
    private static final String ACCOUNT = "reports";
    private static final String SECRET = "db/reports";

    private static final Pattern GAP = Pattern.compile("passed at most ([0-9]+) ms");

    private final Kms kms;
    private final DatabaseInstance instance;
    private Map<String, String> oldPasswords = Map.of();

    RdsSingleStory(Cloud cloud, Kms kms) {
        this.kms = kms;
        this.instance = new DatabaseInstance(cloud);
    }

    @Override
    public String title() {
        return "RDS instance with one account, " + ACCOUNT;
    }

    @Override
    public String setUp() {
        oldPasswords = instance.create("reports", List.of(ACCOUNT));
        return kms.createSecret(
                SECRET,
                "Rds",
                DatabaseInstance.secretValue(List.of(ACCOUNT), oldPasswords),
                Map.of("SecretSubType", "SingleUser", "DBInstanceId", instance.id()));
    }

    @Override
    public void rotate() {
        kms.rotate(SECRET, "v2");
    }

    @Override
    public void prove(Proofs proofs) {
        proofs.that("reports, which GetSecretValue gives, logs in with its new password", () -> instance.login()
                .letsIn(kms.current(SECRET)));
        proofs.that("the old password of " + ACCOUNT + " is refused", () -> !instance.login()
                .letsIn(ACCOUNT, String.valueOf(oldPasswords.get(ACCOUNT))));
    }

    @Override
    public void proveTold(List<Timeline.Event> timeline, Proofs proofs) {
        Optional<String> gap = gapMillis(timeline);
        proofs.that(
                "the timeline of " + ACCOUNT + " tells how long no password that GetSecretValue gave worked: at most "
                        + gap.orElse("(not told)") + " ms",
                gap::isPresent);
    }

    /** The gap as the timeline tells it, in milliseconds. */
    static Optional<String> gapMillis(List<Timeline.Event> timeline) {
        return timeline.stream()
                .map(event -> GAP.matcher(event.note()))
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .findFirst();
    }
}
