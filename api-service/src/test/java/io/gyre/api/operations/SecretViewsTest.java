package io.gyre.api.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.aliyun.kms20160120.models.RotateSecretRequest;
import com.fasterxml.jackson.databind.JsonNode;
import io.gyre.api.testing.Clients;
import io.gyre.api.testing.Instances;
import io.gyre.api.testing.OperationsClient;
import io.gyre.api.testing.Rows;
import io.gyre.api.testing.Secrets;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SecretViewsTest {
    private static final String PATH = "/operations/v1/secrets";

    @Inject
    OperationsClient operations;

    @Inject
    Secrets secrets;

    @Inject
    Instances instances;

    @Inject
    Clients clients;

    @Inject
    Rows rows;

    private JsonNode view(String query) {
        return operations.get(PATH + query).json(200);
    }

    @Test
    void eachViewHasItsOwnSecretsAndSaysHowManyTheOtherHas() throws Exception {
        String instance = instances.create("{\"days\":30}");
        String managed =
                secrets.create(secrets.generic().setSecretName("views/managed").setDKMSInstanceId(instance));
        secrets.create(secrets.generic().setSecretName("views/elder-1"));
        secrets.create(secrets.generic().setSecretName("views/elder-2"));

        JsonNode ofInstances = view("?secret=views/");
        assertEquals("instances", ofInstances.path("view").asText());
        assertEquals(List.of(managed), names(ofInstances));
        assertEquals(instance, ofInstances.at("/secrets/0/instanceId").asText());
        assertEquals("Available", ofInstances.at("/secrets/0/status").asText());
        assertEquals("kms-1.0", ofInstances.at("/elsewhere/view").asText());
        assertEquals(
                "2 secrets were created without a KMS instance (KMS 1.0): view=kms-1.0 lists them.",
                ofInstances.at("/elsewhere/note").asText());

        JsonNode elder = view("?view=kms-1.0&secret=views/");
        assertEquals(List.of("views/elder-1", "views/elder-2"), names(elder));
        assertFalse(elder.path("secrets").get(0).has("instanceId"));
        assertEquals(1, elder.at("/elsewhere/count").asInt());

        instances.expire(instance, 1);
        assertEquals(
                "Unavailable", view("?secret=views/").at("/secrets/0/status").asText());
    }

    @Test
    void pagesFollowEachOther() throws Exception {
        for (int i = 0; i < 5; i++) {
            secrets.create(secrets.generic().setSecretName("viewed-by-page/" + i));
        }
        List<String> all = new ArrayList<>();
        String next = "";
        do {
            JsonNode page = view("?view=kms-1.0&secret=viewed-by-page/&limit=2&nextToken=" + next);
            assertTrue(page.path("secrets").size() <= 2);
            all.addAll(names(page));
            next = page.path("nextToken").asText("");
        } while (!next.isEmpty());
        assertEquals(
                List.of(
                        "viewed-by-page/0",
                        "viewed-by-page/1",
                        "viewed-by-page/2",
                        "viewed-by-page/3",
                        "viewed-by-page/4"),
                all);
    }

    @Test
    void theSecretsOfOneInstanceCanBeAskedForAlone() throws Exception {
        String one = instances.create("{\"name\":\"one of two\",\"days\":30}");
        String other = instances.create();
        secrets.create(secrets.generic().setSecretName("viewed-by-instance/one").setDKMSInstanceId(one));
        secrets.create(
                secrets.generic().setSecretName("viewed-by-instance/other").setDKMSInstanceId(other));

        JsonNode found = view("?instance=" + one);
        assertEquals(List.of("viewed-by-instance/one"), names(found));
        assertEquals("one of two", found.at("/secrets/0/instanceName").asText());
        assertEquals("Running", found.at("/secrets/0/instanceStatus").asText());
        instances.expire(one, 1);
        assertEquals(
                "Expired",
                view("?instance=" + one).at("/secrets/0/instanceStatus").asText());

        operations.get(PATH + "?instance=kst-none").problem(404, "InstanceNotFound");
        operations.get(PATH + "?instance=kst-%00").problem(404, "InstanceNotFound");
        assertEquals(
                "instance is \"" + one + "\": secrets of KMS 1.0 are in none;"
                        + " leave it out, or ask for view=instances.",
                operations.get(PATH + "?view=kms-1.0&instance=" + one).problem(400, "InvalidParameter"));
    }

    @Test
    void whatRotatesASecretNowIsNamedUntilItHasEnded() throws Exception {
        String name = secrets.create(secrets.rdsSingle().setSecretName("viewed-rotating/one"));
        String query = "?view=kms-1.0&secret=viewed-rotating/";
        assertFalse(view(query).path("secrets").get(0).has("rotating"));

        clients.current()
                .rotateSecret(new RotateSecretRequest().setSecretName(name).setVersionId("v2"));
        JsonNode rotating = view(query).at("/secrets/0/rotating");
        assertEquals(
                rows.activeRotation("rotation_id", name),
                List.of(rotating.path("rotationId").asText()));
        assertEquals("Running", rotating.path("state").asText());
        assertFalse(rotating.path("late").asBoolean(true));

        rows.endRotation(name);
        assertFalse(view(query).path("secrets").get(0).has("rotating"));
    }

    @Test
    void badInputIsToldInOneSentence() {
        assertEquals(
                "view is \"2.0\": it must be instances or kms-1.0.",
                operations.get(PATH + "?view=2.0").problem(400, "InvalidParameter"));
        operations.get(PATH + "?nextToken=*").problem(400, "InvalidParameter");
        operations.get(PATH + "?secret=a%20b").problem(400, "InvalidParameter");
        operations.get(PATH + "?limit=0").problem(400, "InvalidParameter");
    }

    private static List<String> names(JsonNode page) {
        List<String> names = new ArrayList<>();
        page.path("secrets").forEach(secret -> names.add(secret.path("name").asText()));
        return names;
    }
}
