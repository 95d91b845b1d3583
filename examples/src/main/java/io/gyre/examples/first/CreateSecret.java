package io.gyre.examples.first;

import com.aliyun.kms20160120.Client;
import com.aliyun.kms20160120.models.CreateSecretRequest;
import io.gyre.examples.Cloud;
import io.gyre.examples.Place;
import io.gyre.examples.rds.DatabaseInstance;
import io.gyre.secret.SecretText;
import java.util.Map;

/** Makes a secret: two accounts of a database, which Gyre then keeps and rotates. */
public final class CreateSecret {
    private CreateSecret() {}

    /** @param arguments the name of the secret */
    public static void main(String[] arguments) {
        System.exit(Typed.run(arguments, name -> System.out.println(create(Place.ofHome(null), name)), System.err));
    }

    /** @return a sentence about what was made */
    public static String create(Place place, String name) throws Exception {
        // At a real cloud it is there already.
        DatabaseInstance instance = DatabaseInstance.create(new Cloud(place), name);
        SecretText accounts = instance.createAccounts("app_a", "app_b");

        Client kms = new Client(Cloud.config(place.kms(), place.kmsKey()));
        kms.createSecret(new CreateSecretRequest()
                .setSecretName(name)
                .setVersionId("v1")
                .setSecretType("Rds")
                .setSecretData(accounts.reveal())
                .setExtendedConfig(Map.of("SecretSubType", "DoubleUsers", "DBInstanceId", instance.id())));
        return "Secret " + name + " holds the accounts app_a and app_b of RDS instance " + instance.id() + ".";
    }
}
