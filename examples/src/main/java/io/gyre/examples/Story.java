package io.gyre.examples;

import java.util.List;

/** What an operator makes before there is a credential to rotate: something that checks it, and the secret that names it. */
public interface Story {
    /** What is made, as people are told before. */
    String told();

    /**
     * Makes what is absent; what an earlier run has made is used again.
     *
     * @throws io.gyre.platform.PlatformException if something cannot be made
     */
    List<Use> setUp(Kms kms, Cloud cloud);
}
