package io.gyre.secret;

/**
 * The name of a secret that is unique in the world: {@code acs:kms:REGION:ACCOUNT:secret/NAME}.
 *
 * @param region as {@code cn-hangzhou}
 * @param account the account's number
 * @param name up to 192 characters; may hold slashes
 */
public record SecretArn(String region, String account, String name) {
    @Override
    public String toString() {
        return "acs:kms:" + region + ":" + account + ":secret/" + name;
    }
}
