package io.gyre.api.accesspoints;

/** What access points may do, or which client keys log in to them, is another thing from now on. Told once it is committed. */
public record AccessPointsChanged() {}
