package io.gyre.api.authorization;

/** @param permission for example {@code kms:GetSecretValue} */
record Need(String permission, Place place) {}
