package io.gyre.worker.simulation;

import io.gyre.secret.SecretText;
import io.gyre.worker.engine.Mint;
import io.gyre.worker.machine.Minted;
import io.gyre.worker.machine.RdsRotation;
import io.gyre.worker.machine.Recipe;
import io.gyre.worker.simulation.Faults.Kind;

/** Makes values of the documented forms, each another one; now and then one that its target will refuse. */
final class SimulatedMint implements Mint {
    private final Faults faults;
    private int made;

    SimulatedMint(Faults faults) {
        this.faults = faults;
    }

    @Override
    public Minted make(Recipe recipe) {
        String name = recipe.credentialName();
        String text = Hidden.MARK + "-" + ++made;
        if (recipe.equals(RdsRotation.passwordOf(name))) {
            return new Minted(name, account(name, faults.strike(Kind.VALUE_IS_REFUSED) ? text + Hidden.WEAK : text));
        }
        return new Minted(name, recipe instanceof Recipe.Password ? login(name, text) : key(name, text));
    }

    static SecretText account(String name, String password) {
        return SecretText.of("{\"AccountName\":\"" + name + "\",\"AccountPassword\":\"" + password + "\"}");
    }

    static SecretText login(String user, String password) {
        return SecretText.of("{\"UserName\":\"" + user + "\",\"Password\":\"" + password + "\"}");
    }

    /** The public half is not secret, and says nothing of the other. */
    static SecretText key(String user, String privateKey) {
        String publicKey = "ssh-rsa " + Integer.toHexString(privateKey.hashCode());
        return SecretText.of("{\"UserName\":\"" + user + "\",\"PublicKey\":\"" + publicKey + "\",\"PrivateKey\":\""
                + privateKey + "\"}");
    }
}
