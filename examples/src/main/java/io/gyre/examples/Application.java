package io.gyre.examples;

/** What a program does with its credential, again and again. Safe for use by several threads. */
public interface Application extends AutoCloseable {
    /**
     * Uses it once.
     *
     * @throws Refused if the other side does not accept the credential
     * @throws Exception if anything else went wrong; its message is not shown, since it may quote the credential
     */
    void use(Credential credential) throws Exception;

    /** What the credential is called, without what makes it secret. */
    String name(Credential credential);

    @Override
    default void close() {}
}
