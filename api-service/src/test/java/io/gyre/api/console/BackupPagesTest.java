package io.gyre.api.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gyre.api.testing.Browser;
import io.gyre.api.testing.Browser.Answer;
import io.gyre.api.testing.ConsoleLogin;
import io.gyre.api.testing.Identities;
import io.gyre.api.testing.Instances;
import io.gyre.api.testing.Rows;
import io.gyre.api.testing.Secrets;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Backups by the console: a file that the browser keeps, and what it becomes again. */
@QuarkusTest
class BackupPagesTest {
    private static final String PAGE = "/console/instances";
    private static final String RESTORE = PAGE + "/restore";
    private static final String PASSPHRASE = "correct horse battery staple";

    @Inject
    ConsoleLogin login;

    @Inject
    Identities identities;

    @Inject
    Instances instances;

    @Inject
    Secrets secrets;

    @Inject
    Rows rows;

    private final HttpClient http = HttpClient.newHttpClient();

    private HttpResponse<byte[]> send(Browser browser, String path, String type, byte[] body) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create(Browser.origin() + path))
                        .POST(BodyPublishers.ofByteArray(body))
                        .header("Content-Type", type)
                        .header("Cookie", Browser.COOKIE + "=" + browser.session())
                        .header("Sec-Fetch-Site", "same-origin")
                        .build(),
                BodyHandlers.ofByteArray());
    }

    private HttpResponse<byte[]> backUp(Browser browser, String id, String passphrase, String again) throws Exception {
        String form = browser.get(PAGE + "/" + id + "/back-up").field("form");
        return send(
                browser,
                PAGE + "/" + id + "/back-up",
                "application/x-www-form-urlencoded",
                Browser.encoded(Map.of("form", form, "passphrase", passphrase, "again", again))
                        .getBytes(StandardCharsets.UTF_8));
    }

    private HttpResponse<byte[]> restore(Browser browser, byte[] file, String passphrase, String name)
            throws Exception {
        StringBuilder body = new StringBuilder();
        Map.of("form", browser.get("/console/").field("form"), "passphrase", passphrase, "name", name, "days", "30")
                .forEach((field, value) -> body.append("--b\r\nContent-Disposition: form-data; name=\"")
                        .append(field)
                        .append("\"\r\n\r\n")
                        .append(value)
                        .append("\r\n"));
        body.append("--b\r\nContent-Disposition: form-data; name=\"backup\"; filename=\"x.backup\"\r\n\r\n")
                .append(new String(file, StandardCharsets.ISO_8859_1))
                .append("\r\n--b--\r\n");
        return send(
                browser,
                RESTORE,
                "multipart/form-data; boundary=b",
                body.toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    @Test
    void aBackupIsKeptByTheBrowserAndRestoredIntoANewInstance() throws Exception {
        String id = instances.create("{\"name\":\"kept by hand\",\"days\":30}");
        String secret = secrets.create(secrets.generic().setDKMSInstanceId(id));
        Browser browser = login.administrator();
        assertTrue(browser.get(PAGE).shows("href=\"" + PAGE + "/" + id + "/back-up\""));

        HttpResponse<byte[]> file = backUp(browser, id, PASSPHRASE, PASSPHRASE);

        assertEquals(200, file.statusCode(), text(file));
        assertEquals(
                "attachment; filename=\"" + id + ".backup\"",
                file.headers().firstValue("content-disposition").orElse(""));
        assertEquals("no-store", file.headers().firstValue("cache-control").orElse(""));

        HttpResponse<byte[]> inTheWay = restore(browser, file.body(), PASSPHRASE, "again");
        assertEquals(409, inTheWay.statusCode());
        assertTrue(text(inTheWay).contains("which is there already"), text(inTheWay));

        rows.change(
                "UPDATE kms_instance SET expires_at = calendar_now() - interval '20 days', released_at = calendar_now(),"
                        + " wrapped_key = NULL WHERE instance_id = ?",
                id);
        HttpResponse<byte[]> wrong = restore(browser, file.body(), PASSPHRASE + "!", "again");
        assertEquals(400, wrong.statusCode());
        assertTrue(text(wrong).contains("The backup does not open, and nothing was restored"), text(wrong));

        HttpResponse<byte[]> restored = restore(browser, file.body(), PASSPHRASE, "again");
        assertEquals(303, restored.statusCode(), text(restored));
        assertEquals(
                "again",
                rows.text(
                        "SELECT i.name FROM secret s JOIN kms_instance i USING (instance_id) WHERE s.name = ?",
                        secret));
        assertEquals(
                2,
                rows.count("SELECT count(DISTINCT event::jsonb ->> 'eventName') FROM audit_line"
                        + " WHERE event::jsonb ->> 'eventType' = 'ConsoleOperation'"
                        + " AND event::jsonb ->> 'eventName' IN ('BackUpInstance', 'RestoreInstance')"));
    }

    @Test
    void passphrasesThatDifferOrAreTooShortTakeNoBackup() throws Exception {
        String id = instances.create("{\"name\":\"not kept\",\"days\":30}");
        Browser browser = login.administrator();
        HttpResponse<byte[]> differ = backUp(browser, id, PASSPHRASE, "another passphrase");
        assertEquals(400, differ.statusCode());
        assertTrue(text(differ).contains("The passphrase was not typed the same twice"), text(differ));
        HttpResponse<byte[]> tooShort = backUp(browser, id, "short", "short");
        assertEquals(400, tooShort.statusCode());
        assertTrue(text(tooShort).contains("give one of 16 to 128 characters."), text(tooShort));
    }

    @Test
    void aFormWithoutItsFileRestoresNothing() throws Exception {
        Browser browser = login.administrator();
        HttpResponse<byte[]> answer = restore(browser, new byte[0], PASSPHRASE, "none");
        assertEquals(400, answer.statusCode());
        assertTrue(text(answer).contains("No file came with the form"), text(answer));
    }

    @Test
    void whoMayNotReadsWhichPermissionIsMissing() throws Exception {
        String user = identities.user();
        identities.attachCustom(
                identities.policy("{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"Allow\","
                        + "\"Action\":\"gyre:ListInstances\",\"Resource\":\"*\"}]}"),
                user);
        String id = instances.create("{\"name\":\"not theirs\",\"days\":30}");
        Browser browser = login.as(identities.keyOf(user));
        Answer page = browser.get(PAGE + "/" + id + "/back-up").expect(403);
        assertTrue(page.shows("It needs gyre:BackUpInstance on"), page.body());
        assertEquals(403, backUp(browser, id, PASSPHRASE, PASSPHRASE).statusCode());
        assertTrue(browser.get(RESTORE).expect(403).shows("It needs gyre:RestoreInstance on"));
        assertEquals(403, restore(browser, new byte[] {1}, PASSPHRASE, "x").statusCode());
    }

    @Test
    void whoIsNotLoggedInCannotSendALargeFile() throws Exception {
        HttpResponse<byte[]> answer =
                send(new Browser(), RESTORE, "multipart/form-data; boundary=b", new byte[64 * 1024]);
        assertTrue(answer.statusCode() == 413 || answer.statusCode() == 401, text(answer));
    }
}
