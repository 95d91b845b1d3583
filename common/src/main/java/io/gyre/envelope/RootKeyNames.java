package io.gyre.envelope;

import java.util.Optional;

/**
 * What the database knows of an installation's root keys.
 *
 * @param current what is sealed now is sealed under this one
 * @param unnamed what carries no name was sealed under this one, before root keys had names; empty where there is no such
 */
public record RootKeyNames(RootKeyId current, Optional<RootKeyId> unnamed) {}
