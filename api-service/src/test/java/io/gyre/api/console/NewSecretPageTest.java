package io.gyre.api.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.aliyun.kms20160120.models.CreateAliasRequest;
import com.aliyun.kms20160120.models.CreateKeyRequest;
import com.aliyun.kms20160120.models.DescribeSecretRequest;
import com.aliyun.kms20160120.models.GetSecretValueRequest;
import com.aliyun.kms20160120.models.GetSecretValueResponseBody;
import io.gyre.api.testing.Browser;
import io.gyre.api.testing.Browser.Answer;
import io.gyre.api.testing.Clients;
import io.gyre.api.testing.ConsoleLogin;
import io.gyre.api.testing.Identities;
import io.gyre.api.testing.Instances;
import io.gyre.api.testing.Keys;
import io.gyre.api.testing.PlayedWorker;
import io.gyre.api.testing.RotationConsent;
import io.gyre.api.testing.Rows;
import io.gyre.api.testing.VerifiedAccounts;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** From the choice of a kind to a secret: what is tried before, who may, and what becomes of what was typed. */
@QuarkusTest
@TestProfile(VerifiedAccounts.class)
class NewSecretPageTest {
    private static final String CREATE = "/console/secrets/create";
    private static final String ECS = CREATE + "/ecs-password";
    private static final String PASSWORD = "typed-in-the-wizard-1";

    @Inject
    Clients clients;

    @Inject
    ConsoleLogin login;

    @Inject
    Identities identities;

    @Inject
    Instances instances;

    @Inject
    Keys keys;

    @Inject
    PlayedWorker worker;

    @Inject
    RotationConsent consent;

    @Inject
    Rows rows;

    private static String unique() {
        return UUID.randomUUID().toString().substring(0, 8);
    }

    private static Map<String, String> with(Map<String, String> fields, String... more) {
        Map<String, String> all = new HashMap<>(fields);
        for (int i = 0; i < more.length; i += 2) {
            all.put(more[i], more[i + 1]);
        }
        return all;
    }

    /** A login of an ECS instance, by a user of its own: offers are counted by it. */
    private static Map<String, String> ecs(String name, String user) {
        return Map.of(
                "name",
                name,
                "ecsInstance",
                "i-" + user,
                "user",
                user,
                "password",
                PASSWORD,
                "instance",
                "",
                "key",
                "",
                "rotate",
                "true",
                "interval",
                "30d");
    }

    private static Answer submit(Browser browser, String page, Map<String, String> fields, String button) {
        String form = browser.get(page).expect(200).field("form");
        return browser.post(page, with(fields, "form", form, "do", button));
    }

    /** Presses a button of a page that was answered to a form. */
    private static Answer press(Browser browser, String path, Answer page, String button) {
        return browser.post(path, Map.of("form", page.field("form"), "draft", page.field("draft"), "do", button));
    }

    private long secrets(String name) {
        return rows.count("SELECT count(*) FROM secret WHERE name = ?", name);
    }

    @Test
    void eachKindHasAPageOfItsOwnThatTheChoiceLeadsTo() {
        Browser browser = login.administrator();
        Answer choice = browser.get(CREATE).expect(200);
        for (NewSecretKind kind : NewSecretKind.values()) {
            assertTrue(choice.body().contains("href=\"" + kind.address() + "\""), kind.label());
            String heading = "<h1>Create a secret: " + kind.title().replace("'", "&#39;") + "</h1>";
            Answer page = browser.get(kind.address()).expect(200);
            assertTrue(page.shows(heading), page.body());
        }
        browser.get(CREATE + "/redis").expect(404);
    }

    @Test
    void whatIsTypedIsTriedFirstThenShownAndThenCreated() throws Exception {
        Browser browser = login.administrator();
        String user = "u" + unique();
        CompletableFuture<String> tried = worker.tries(user, "SSH login as " + user, "works", "It lets them in.");

        Answer review = submit(browser, ECS, ecs("ops-" + user, user), "verify").expect(200);

        String offer = tried.join();
        assertTrue(offer.contains(user) && offer.contains("ecs,Password"), offer);
        assertFalse(offer.contains(PASSWORD), "the value is sealed in the row");
        assertTrue(review.shows("What you typed works. Nothing is created yet."), review.body());
        assertTrue(review.shows("SSH login as " + user + ": works"), review.body());
        assertTrue(review.shows("When it would be rotated"), review.body());
        assertFalse(review.body().contains(PASSWORD), "the value comes back sealed alone");
        String name = "acs/ecs/ops-" + user;
        assertEquals(0, secrets(name));

        assertEquals(
                OneSecretPage.address(name),
                press(browser, ECS, review, "create").location());

        String data = clients.current()
                .getSecretValue(new GetSecretValueRequest().setSecretName(name))
                .getBody()
                .getSecretData();
        assertTrue(data.contains(PASSWORD), "what was typed is what was stored");
        assertEquals(
                1,
                rows.count(
                        "SELECT count(*) FROM secret WHERE name = ? AND rotation_status = 'Enabled'"
                                + " AND rotation_interval_seconds = 2592000",
                        name));
        assertEquals(
                1,
                rows.count(
                        "SELECT count(*) FROM credential_offer WHERE current_name = ? AND current_sealed IS NULL",
                        user));
    }

    @Test
    void whatDoesNotWorkIsToldAndNothingIsCreatedUntilItDoes() {
        Browser browser = login.administrator();
        String user = "u" + unique();
        CompletableFuture<String> refused = worker.tries(user, "SSH login as " + user, "refused", "It is refused.");
        Answer review = submit(browser, ECS, ecs("no-" + user, user), "verify").expect(400);
        refused.join();
        assertTrue(review.shows("The account verification failed, so nothing was created."), review.body());
        assertTrue(review.shows("<dt>Do</dt><dd>Do that.</dd>"), review.body());
        assertFalse(review.shows("value=\"create\""), review.body());

        // Whoever sends the button all the same is tried again.
        CompletableFuture<String> again = worker.tries(user, "SSH login as " + user, "refused", "It is refused.");
        press(browser, ECS, review, "create").expect(400);
        again.join();
        assertEquals(0, secrets("acs/ecs/no-" + user));

        Answer change = press(browser, ECS, review, "change").expect(200);
        assertTrue(change.shows("value=\"no-" + user + "\""), change.body());
        assertTrue(change.shows("Typed already, and kept sealed until you leave"), change.body());
        assertFalse(change.body().contains(PASSWORD), "what is kept is not shown");
        CompletableFuture<String> right = worker.tries(user, "SSH login as " + user, "works", "It lets them in.");
        Answer sound = browser.post(
                        ECS,
                        with(
                                ecs("no-" + user, user),
                                "password",
                                "",
                                "form",
                                change.field("form"),
                                "draft",
                                change.field("draft"),
                                "do",
                                "verify"))
                .expect(200);
        right.join();
        press(browser, ECS, sound, "create").location();
        assertEquals(1, secrets("acs/ecs/no-" + user));
    }

    @Test
    void aDraftOpensInItsSessionAndForItsKindAlone() {
        Browser browser = login.administrator();
        Answer page = submit(browser, ECS, ecs("", "somebody"), "change").expect(200);
        Browser other = login.administrator();
        String form = other.get(ECS).field("form");
        Map<String, String> stolen = Map.of("form", form, "draft", page.field("draft"), "do", "change");
        assertTrue(other.post(ECS, stolen).expect(400).shows("What you had typed does not open any more"));
        browser.post(
                        CREATE + "/rds-single",
                        Map.of("form", page.field("form"), "draft", page.field("draft"), "do", "change"))
                .expect(400);
        browser.post(ECS, Map.of("form", page.field("form"), "draft", "%%%", "do", "change"))
                .expect(400);
    }

    @Test
    void aRefusalStandsAtItsFieldInTheWordsOfTheApi() {
        Browser browser = login.administrator();
        Answer unnamed = submit(browser, ECS, ecs("a b", "u"), "verify").expect(400);
        assertTrue(unnamed.shows("<p class=\"failed\" id=\"name-refusal\">The specified parameter"), unnamed.body());
        Answer interval = submit(browser, ECS, with(ecs("x", "u"), "interval", "5m"), "verify")
                .expect(400);
        assertTrue(
                interval.shows("id=\"interval-refusal\">The specified parameter RotationInterval is not valid."),
                interval.body());
        Answer instance = submit(browser, CREATE + "/generic", generic("x-" + unique(), "kst-nobody"), "create");
        assertTrue(instance.status() >= 400 && instance.shows("id=\"instance-refusal\""), instance.body());
    }

    private static Map<String, String> generic(String name, String instance) {
        return Map.of("name", name, "value", "<&> \"one\"", "instance", instance, "key", "");
    }

    @Test
    void aGenericSecretIsCreatedAtOnceInItsInstance() throws Exception {
        Browser browser = login.administrator();
        String instance = instances.create("{\"name\":\"created in\",\"days\":30}");
        String name = "wizard/" + unique();
        String page = CREATE + "/generic?instance=" + instance;
        assertTrue(browser.get(page).shows("<option value=\"" + instance + "\" selected>"));
        assertEquals(
                OneSecretPage.address(name),
                submit(browser, CREATE + "/generic", generic(name, instance), "create")
                        .location());
        assertEquals(1, rows.count("SELECT count(*) FROM secret WHERE name = ? AND instance_id = ?", name, instance));
        Answer again = submit(browser, CREATE + "/generic", generic(name, instance), "create")
                .expect(409);
        assertTrue(again.shows("id=\"name-refusal\">The resource already exists."), again.body());
        assertFalse(again.shows("&lt;&amp;&gt;"), "a value is not shown again");
    }

    @Test
    void aSecretIsSealedByTheChosenOneOfTheKeysThatCanSealIt() throws Exception {
        String instance = instances.create("{\"name\":\"of keys\",\"days\":300}");
        String chosen = keys.create(new CreateKeyRequest().setDKMSInstanceId(instance));
        // The first of a hundred by name, whatever other tests have named.
        String alias = "alias/0/" + unique();
        clients.current()
                .createAlias(new CreateAliasRequest().setAliasName(alias).setKeyId(chosen));
        String disabled = keys.create(new CreateKeyRequest().setDKMSInstanceId(instance));
        keys.disable(disabled);
        String pair = keys.create(new CreateKeyRequest()
                .setDKMSInstanceId(instance)
                .setKeySpec("RSA_2048")
                .setKeyUsage("SIGN/VERIFY"));
        String elsewhere = keys.create();
        Browser browser = login.administrator();
        String page = CREATE + "/generic";
        String name = "sealed/" + unique();

        Answer listed = submit(browser, page, generic(name, instance), "keys").expect(200);
        assertTrue(listed.shows("<option value=\"\">the service's own</option>"), listed.body());
        assertTrue(
                listed.shows("<option value=\"" + chosen + "\">" + alias + " · " + chosen + "</option>"),
                listed.body());
        for (String other : List.of(disabled, pair, elsewhere)) {
            assertFalse(listed.body().contains(other), other);
        }
        assertTrue(listed.shows("value=\"" + name + "\""), listed.body());

        submit(browser, page, with(generic(name, instance), "key", chosen), "create")
                .location();
        assertEquals(
                chosen,
                clients.current()
                        .describeSecret(new DescribeSecretRequest().setSecretName(name))
                        .getBody()
                        .getEncryptionKeyId());
    }

    @Test
    void aKeyThatCannotSealItIsRefusedAtItsFieldBeforeAnythingIsTried() throws Exception {
        Browser browser = login.administrator();
        String instance = instances.create();
        String disabled = keys.create();
        keys.disable(disabled);
        String pair = keys.create(new CreateKeyRequest().setKeySpec("EC_P256").setKeyUsage("SIGN/VERIFY"));
        Map<String, String> refused = Map.of(
                keys.create(new CreateKeyRequest().setDKMSInstanceId(instance)),
                "key and secret must belong to the same KMS instance.",
                disabled,
                "the key state is Disabled.",
                pair,
                "This action is not supported.",
                "alias/nobody",
                "The specified Alias is not found.");
        for (Map.Entry<String, String> each : refused.entrySet()) {
            String user = "u" + unique();
            Answer page = submit(browser, ECS, with(ecs("x-" + user, user), "key", each.getKey()), "verify");
            assertTrue(page.status() >= 400 && page.shows("id=\"key-refusal\""), page.body());
            assertTrue(page.shows(each.getValue()), page.body());
            assertTrue(page.shows("value=\"x-" + user + "\"") && !page.body().contains(PASSWORD), page.body());
            assertEquals(0, rows.count("SELECT count(*) FROM credential_offer WHERE current_name = ?", user));
        }
    }

    @Test
    void whoMayNotListTheKeysTypesOne() throws Exception {
        Answer page = login.as(identities.keyOf(identities.user()))
                .get(CREATE + "/generic")
                .expect(200);
        assertTrue(page.shows("<input id=\"key\" name=\"key\""), page.body());
        assertTrue(page.shows("They are not listed:") && page.shows("It needs kms:ListKeys on"), page.body());
    }

    @Test
    void tagsAreTypedInRowsAndAWrongOneIsMarked() throws Exception {
        Browser browser = login.administrator();
        String page = CREATE + "/generic";
        String name = "tagged/" + unique();
        Map<String, String> typed = with(generic(name, ""), "tagKey1", "team", "tagValue1", "payments");

        Answer more = submit(browser, page, typed, "tag").expect(200);
        assertTrue(more.shows("name=\"tagKey1\" value=\"team\""), more.body());
        assertTrue(more.shows("name=\"tagKey2\" value=\"\""), more.body());
        assertFalse(more.body().contains("name=\"tagKey3\""), more.body());

        Answer wrong = submit(browser, page, with(typed, "tagKey2", "team", "tagValue2", "orders"), "create")
                .expect(400);
        assertTrue(wrong.shows("id=\"tags-refusal\">") && wrong.shows("each key may stand there once."), wrong.body());
        assertTrue(wrong.body().matches("(?s).*id=\"tagKey2\"[^>]*aria-invalid=\"true\".*"), wrong.body());
        assertFalse(wrong.body().matches("(?s).*id=\"tagKey1\"[^>]*aria-invalid.*"), wrong.body());
        assertEquals(0, secrets(name));

        submit(browser, page, with(typed, "tagKey2", "env", "tagValue2", "", "tagKey3", "", "tagValue3", ""), "create")
                .location();
        assertEquals(
                List.of("team=payments", "env="),
                clients
                        .current()
                        .describeSecret(
                                new DescribeSecretRequest().setSecretName(name).setFetchTags("true"))
                        .getBody()
                        .getTags()
                        .getTag()
                        .stream()
                        .map(tag -> tag.getTagKey() + "=" + tag.getTagValue())
                        .toList());
        assertTrue(browser.get(OneSecretPage.address(name)).shows("team = payments, env ="));
    }

    @Test
    void twentyTagsAreTakenAndTheFormHasNoRowForMore() {
        Browser browser = login.administrator();
        String page = CREATE + "/generic";
        Map<String, String> twenty = new HashMap<>(generic("twenty/" + unique(), ""));
        for (int i = 1; i <= 20; i++) {
            twenty.put("tagKey" + i, "key" + i);
            twenty.put("tagValue" + i, "value" + i);
        }
        Answer full = submit(browser, page, twenty, "keys").expect(200);
        assertTrue(full.shows("name=\"tagValue20\" value=\"value20\""), full.body());
        assertFalse(full.shows("Another tag"), full.body());
        Answer more = submit(browser, page, with(twenty, "tagKey21", "key21", "tagValue21", ""), "create")
                .expect(400);
        assertTrue(more.shows("a secret or key has at most 20 tags."), more.body());
        submit(browser, page, twenty, "create").location();
        assertEquals(
                1,
                rows.count(
                        "SELECT count(*) FROM secret WHERE name = ? AND jsonb_array_length(CAST(tags AS jsonb)) = 20",
                        twenty.get("name")));
    }

    @Test
    void binaryDataIsKeptAsItsBase64() throws Exception {
        Browser browser = login.administrator();
        String page = CREATE + "/generic";
        String name = "binary/" + unique();
        Map<String, String> binary = with(generic(name, ""), "dataType", "binary");

        Answer refusal = submit(browser, page, with(binary, "value", "no base64!"), "create")
                .expect(400);
        assertTrue(refusal.shows("id=\"value-refusal\">"), refusal.body());
        assertTrue(refusal.shows("binary data must be typed in Base64"), refusal.body());
        assertTrue(refusal.shows("<option value=\"binary\" selected>"), refusal.body());
        assertFalse(refusal.shows("no base64!"), "a value is not shown again");
        assertEquals(0, secrets(name));

        submit(browser, page, with(binary, "value", "AAEC\r\n/w==\r\n"), "create")
                .location();
        GetSecretValueResponseBody value = clients.current()
                .getSecretValue(new GetSecretValueRequest().setSecretName(name))
                .getBody();
        assertEquals("binary", value.getSecretDataType());
        assertEquals("AAEC/w==", value.getSecretData());
    }

    @Test
    void aLargeValueIsTakenAndATooLargeOneIsRefusedByTheApisRule() {
        Browser browser = login.administrator();
        String name = "large-" + unique();
        submit(browser, CREATE + "/generic", with(generic(name, ""), "value", "=".repeat(30_720)), "create")
                .location();
        Answer refusal = submit(
                        browser,
                        CREATE + "/generic",
                        with(generic(name + "-2", ""), "value", "a".repeat(30_721)),
                        "create")
                .expect(400);
        assertTrue(refusal.shows("it must have at most 30720 bytes."), refusal.body());
    }

    @Test
    void whoMayNotCreateItIsToldNothingOfTheTarget() throws Exception {
        String user = identities.user();
        Browser browser = login.as(identities.keyOf(user));
        String target = "u" + unique();
        Answer refusal = submit(browser, ECS, ecs("x", target), "verify").expect(403);
        assertTrue(refusal.shows("It needs kms:CreateSecret on"), refusal.body());
        assertEquals(0, rows.count("SELECT count(*) FROM credential_offer WHERE current_name = ?", target));
        assertEquals(
                1,
                rows.count(
                        "SELECT count(*) FROM audit_line WHERE event::jsonb #>> '{userIdentity,userName}' = ?"
                                + " AND event::jsonb ->> 'eventName' = 'VerifyCredential'"
                                + " AND event LIKE '%' || CAST(? AS text) || '%'",
                        user, target));
        assertEquals(0, rows.count("SELECT count(*) FROM audit_line WHERE event LIKE '%" + PASSWORD + "%'"));
    }

    @Test
    void oneAccountIsTriedTenTimesInTenMinutesAndNoMore() {
        Browser browser = login.administrator();
        String user = "u" + unique();
        CompletableFuture<String> tried = worker.tries(user, "SSH login as " + user, "refused", "It is refused.");
        submit(browser, ECS, ecs("x", user), "verify").expect(400);
        tried.join();
        rows.change(
                "INSERT INTO credential_offer (offer_id, account_id, rotation_type, secret_sub_type, place, target,"
                        + " current_name, ended_at) SELECT gen_random_uuid(), account_id, rotation_type, 'SSHKey', place,"
                        + " target, current_name, ended_at FROM credential_offer, generate_series(1, 9)"
                        + " WHERE current_name = ?",
                user);
        Answer refusal = submit(browser, ECS, with(ecs("x", user), "port", "2222"), "verify")
                .expect(429);
        assertTrue(refusal.shows("This account was tried 10 times within ten minutes"), refusal.body());
        assertEquals(10, rows.count("SELECT count(*) FROM credential_offer WHERE current_name = ?", user));
    }

    @Test
    void aRamSecretWaitsForTheConsentOfTheAccountAndGoesOnFromWhereItWas() throws Exception {
        Browser browser = login.administrator();
        String page = CREATE + "/ram";
        String user = "ram" + unique();
        Map<String, String> typed = Map.of(
                "user",
                user,
                "keyId",
                "LTAI" + user,
                "keySecret",
                PASSWORD,
                "instance",
                "",
                "key",
                "",
                "interval",
                "7d");
        consent.withdraw();
        try {
            Answer form = browser.get(page).expect(200);
            assertTrue(form.shows("You are not authorized to do this action"), form.body());
            assertTrue(form.shows("/console/authorize/ram-rotation\">"), form.body());
            Answer unauthorized = submit(browser, page, typed, "verify").expect(403);
            assertTrue(unauthorized.shows("You are not authorized to do this action"), unauthorized.body());
            assertTrue(unauthorized.shows(">Refresh</button>"), unauthorized.body());

            Answer still = press(browser, page, unauthorized, "verify").expect(403);
            Answer kept = browser.post(page, with(typed, "form", form.field("form"), "do", "refresh"))
                    .expect(200);
            assertTrue(kept.shows("value=\"" + user + "\""), kept.body());

            consent.give();
            assertFalse(browser.post(page, with(typed, "form", form.field("form"), "do", "refresh"))
                    .shows("You are not authorized"));
            CompletableFuture<String> tried = worker.tries("LTAI" + user, "RAM user " + user, "noted", "Has another.");
            Answer review = press(browser, page, still, "verify").expect(200);
            tried.join();
            assertTrue(review.shows("works, with a remark"), review.body());
            press(browser, page, review, "create").location();
            assertEquals(1, secrets("acs/ram/user/" + user));
        } finally {
            consent.give();
        }
    }
}
