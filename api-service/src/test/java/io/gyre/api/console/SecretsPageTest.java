package io.gyre.api.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.aliyun.kms20160120.models.DeleteSecretRequest;
import com.aliyun.kms20160120.models.RotateSecretRequest;
import io.gyre.api.testing.Browser;
import io.gyre.api.testing.Browser.Answer;
import io.gyre.api.testing.Clients;
import io.gyre.api.testing.ConsoleLogin;
import io.gyre.api.testing.Identities;
import io.gyre.api.testing.Instances;
import io.gyre.api.testing.Rows;
import io.gyre.api.testing.Secrets;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The FAQ's row "Secrets created in KMS 1.0 are not visible in the KMS 3.0 console", as the console shows it. */
@QuarkusTest
class SecretsPageTest {
    private static final String PAGE = "/console/secrets";
    private static final Pattern NAME = Pattern.compile("<th scope=\"row\"><a href=\"[^\"]*\">([^<]*)</a></th>");
    private static final Pattern NEXT = Pattern.compile("<a href=\"([^\"]*)\" rel=\"next\">Next page</a>");

    @Inject
    ConsoleLogin login;

    @Inject
    Identities identities;

    @Inject
    Instances instances;

    @Inject
    Secrets secrets;

    @Inject
    Clients clients;

    @Inject
    Rows rows;

    private static List<String> names(Answer page) {
        return NAME.matcher(page.body())
                .results()
                .map(MatchResult::group)
                .map(cell -> cell.replaceAll("<[^>]*>", ""))
                .toList();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** The row of one secret, from its name to its end. */
    private static String row(Answer page, String name) {
        String from = ">" + name + "</a></th>";
        assertTrue(page.body().contains(from), page.body());
        String rest = page.body().substring(page.body().indexOf(from));
        return rest.substring(0, rest.indexOf("</tr>"));
    }

    @Test
    void eachViewShowsItsOwnSecretsAndSaysWhereTheOthersAre() throws Exception {
        String instance = instances.create("{\"name\":\"of the page\"}");
        secrets.create(secrets.generic().setSecretName("page/managed").setDKMSInstanceId(instance));
        secrets.create(secrets.generic().setSecretName("page/elder-1"));
        secrets.create(secrets.generic().setSecretName("page/elder-2"));
        Browser browser = login.administrator();

        Answer managed = browser.get(PAGE + "?secret=page/").expect(200);
        assertEquals(List.of("page/managed"), names(managed));
        assertTrue(
                managed.shows("those that were created without one are in"
                        + " <a href=\"/console/secrets?view=kms-1.0&amp;secret=page%2F\">the view of KMS 1.0</a>"
                        + " (2 of that name)"),
                managed.body());
        assertTrue(managed.shows("<a href=\"/console/secrets\" aria-current=\"page\">Secrets</a>"), managed.body());
        assertTrue(row(managed, "page/managed").contains(">of the page</a>"), managed.body());

        Answer elder = browser.get(PAGE + "?view=kms-1.0&secret=page/").expect(200);
        assertEquals(List.of("page/elder-1", "page/elder-2"), names(elder));
        assertTrue(
                elder.shows("those that are managed in instances are in"
                        + " <a href=\"/console/secrets?secret=page%2F\">the view of KMS 3.0</a> (1 of that name)"),
                elder.body());
        assertFalse(elder.shows(">Instance</th>"), elder.body());
    }

    @Test
    void theSecretsOfOneInstanceAreShownAloneAndSayThatItHasExpired() throws Exception {
        String one = instances.create("{\"name\":\"one\",\"days\":30}");
        String other = instances.create("{\"name\":\"other\"}");
        secrets.create(secrets.generic().setSecretName("by-instance/one").setDKMSInstanceId(one));
        secrets.create(secrets.generic().setSecretName("by-instance/other").setDKMSInstanceId(other));
        instances.expire(one, 1);
        Browser browser = login.administrator();

        Answer page = browser.get(PAGE + "?instance=" + one).expect(200);
        assertEquals(List.of("by-instance/one"), names(page));
        assertTrue(row(page, "by-instance/one").contains("<span class=\"failed\">expired</span>"), page.body());
        assertTrue(page.shows("of instance <code>" + one + "</code>"), page.body());
        Answer all = browser.get(PAGE + "?secret=by-instance/").expect(200);
        assertEquals(List.of("by-instance/one", "by-instance/other"), names(all));
        assertFalse(row(all, "by-instance/other").contains("expired"), all.body());
    }

    @Test
    void whatIsRotatedNowAndWhatIsToBeDeletedIsSeen() throws Exception {
        String rotated = secrets.create(secrets.rdsSingle()
                .setSecretName("page-moves/rotated")
                .setEnableAutomaticRotation(true)
                .setRotationInterval("604800s"));
        String idle = secrets.create(secrets.rdsSingle().setSecretName("page-moves/idle"));
        String deleted = secrets.create(secrets.generic().setSecretName("page-moves/deleted"));
        Browser browser = login.administrator();
        String address = PAGE + "?view=kms-1.0&secret=page-moves/";

        Answer before = browser.get(address).expect(200);
        assertTrue(row(before, rotated).contains("<span class=\"works\">automatic</span>"), before.body());
        assertTrue(
                Pattern.compile(
                                "<time datetime=\"[0-9-]{10}T[0-9:]{8}Z\" title=\"[0-9-]{10} [0-9:]{8} UTC\">in 6 d 23 h</time>")
                        .matcher(row(before, rotated))
                        .find(),
                before.body());
        assertTrue(row(before, idle).contains("<span class=\"open\">off</span>"), before.body());

        clients.current()
                .rotateSecret(new RotateSecretRequest().setSecretName(rotated).setVersionId("v2"));
        clients.current()
                .deleteSecret(new DeleteSecretRequest().setSecretName(deleted).setRecoveryWindowInDays("7"));
        Answer during = browser.get(address).expect(200);
        assertTrue(row(during, rotated).contains("<span class=\"moves\">rotating for "), during.body());
        assertTrue(row(during, deleted).contains("none: to be deleted"), during.body());
        rows.endRotation(rotated);
        assertFalse(browser.get(address).shows("rotating for"));
    }

    @Test
    void pagesFollowEachOther() throws Exception {
        for (int i = 0; i < 5; i++) {
            secrets.create(secrets.generic().setSecretName("paged-page/" + i));
        }
        Browser browser = login.administrator();
        List<List<String>> pages = new ArrayList<>();
        Answer page =
                browser.get(PAGE + "?view=kms-1.0&secret=paged-page/&limit=2").expect(200);
        assertFalse(page.shows(">First page</a>"), page.body());
        pages.add(names(page));
        for (Matcher next = NEXT.matcher(page.body()); next.find(); next = NEXT.matcher(page.body())) {
            page = browser.get(next.group(1).replace("&amp;", "&")).expect(200);
            pages.add(names(page));
        }
        assertEquals(
                List.of(
                        List.of("paged-page/0", "paged-page/1"),
                        List.of("paged-page/2", "paged-page/3"),
                        List.of("paged-page/4")),
                pages);
        assertTrue(
                page.shows(
                        "<a href=\"/console/secrets?view=kms-1.0&amp;secret=paged-page%2F&amp;limit=2\">First page</a>"),
                page.body());
    }

    @Test
    void whoMayNotListThemReadsWhichPermissionIsMissing() throws Exception {
        secrets.create(secrets.generic().setSecretName("hidden-page/one"));
        String user = identities.user();
        Browser browser = login.as(identities.keyOf(user));

        Answer refusal = browser.get(PAGE + "?view=kms-1.0&secret=hidden-page/").expect(403);
        assertTrue(
                refusal.shows("It needs gyre:ListSecretsOfView on acs:gyre:cn-hangzhou:" + Identities.ACCOUNT
                        + ":secrets, which no policy allows user/" + user + "."),
                refusal.body());
        assertFalse(refusal.shows("hidden-page/one"), refusal.body());

        identities.attachCustom(
                identities.policy("{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"Allow\","
                        + "\"Action\":\"gyre:ListSecretsOfView\",\"Resource\":\"*\"}]}"),
                user);
        assertEquals(
                List.of("hidden-page/one"),
                names(browser.get(PAGE + "?view=kms-1.0&secret=hidden-page/").expect(200)));
        assertEquals(
                List.of("Denied", "Ended"),
                rows.texts(
                        "SELECT event::jsonb #>> '{additionalEventData,stage}' FROM audit_line"
                                + " WHERE event::jsonb #>> '{userIdentity,userName}' = ?"
                                + " AND event::jsonb ->> 'eventType' = 'ConsoleOperation'"
                                + " AND event::jsonb ->> 'eventName' = 'ListSecretsOfView' ORDER BY chain_no, line",
                        user));
    }

    @Test
    void whoIsNotLoggedInIsSentToLogInFirst() {
        assertEquals(
                "/console/login?to=%2Fconsole%2Fsecrets",
                new Browser().get(PAGE).location());
    }

    @ParameterizedTest
    @CsvSource({
        "secret, 'a\"><script>alert(1)</script>', 400, 'it must be the beginning of a secret&#39;s name'",
        "instance, '\"><img src=x onerror=alert(1)>', 404, 'There is no KMS instance'",
        "view, '<b>2.0</b>', 400, 'it must be instances or kms-1.0.'",
        "limit, '0\" autofocus onfocus=\"alert(1)', 400, 'it must be a whole number from 1 to 200.'",
        "nextToken, '<i>*</i>', 400, 'give one that a list answered with, unchanged.'"
    })
    void whatCannotBeAskedForIsToldInTheApisWordsAndRunsNowhere(
            String parameter, String hostile, int status, String sentence) {
        Answer page = login.administrator()
                .get(PAGE + "?" + parameter + "=" + encoded(hostile))
                .expect(status);
        assertTrue(page.shows(sentence), page.body());
        assertTrue(page.shows("<form class=\"filter\" method=\"get\""), page.body());
        assertFalse(page.body().contains(hostile), page.body());
        assertFalse(
                Pattern.compile("<script>|<img|<b>|<i>|\" onfocus=")
                        .matcher(page.body())
                        .find(),
                page.body());
    }

    @ParameterizedTest
    @CsvSource({"%00, secret", "%ff%fe, secret", "kst-%00, instance", "AA, nextToken"})
    void bytesThatAreNoNameAreNoAccident(String bytes, String parameter) {
        int status =
                login.administrator().get(PAGE + "?" + parameter + "=" + bytes).status();
        assertTrue(status == 200 || status == 400 || status == 404, "status " + status);
    }

    @Test
    void theNameOfAnInstanceIsTextOnThePage() throws Exception {
        String instance = instances.create("{\"name\":\"<b onclick='x'>&\\\"\"}");
        secrets.create(secrets.generic().setSecretName("page-escape/one").setDKMSInstanceId(instance));
        Answer page = login.administrator().get(PAGE + "?secret=page-escape/").expect(200);
        assertTrue(row(page, "page-escape/one").contains("&lt;b onclick=&#39;x&#39;&gt;&amp;&quot;"), page.body());
    }

    @Test
    void anEmptyViewSaysWhatWouldBeHereAndWhatBeginsIt() {
        String instance = instances.create();
        Browser browser = login.administrator();
        Answer managed = browser.get(PAGE + "?instance=" + instance).expect(200);
        assertTrue(managed.shows("Here would be the secrets that are managed in KMS instances"), managed.body());
        assertTrue(managed.shows("<code>./gyre instances create --name payments</code>"), managed.body());
        assertFalse(managed.shows("<table"), managed.body());

        Answer nothing = browser.get(PAGE + "?secret=nobody-has-this-name").expect(200);
        assertTrue(nothing.shows("begins with <code>nobody-has-this-name</code>"), nothing.body());

        String elder = Templates.secrets(
                        new Frame("Secrets", PAGE, Optional.empty()),
                        new SecretList(new SecretsQuery("kms-1.0", "", "", "", "", ""), List.of(), 0, "", ""))
                .render();
        assertTrue(elder.contains("<code>./gyre demo</code> creates some"), elder);
    }
}
