/** Logins to ECS instances over SSH, by key and by password. */
@NullMarked
package io.gyre.examples.ecs;

import org.jspecify.annotations.NullMarked;
