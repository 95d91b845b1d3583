/**
 * What Gyre is run from beside the local platform: docker-compose.yml, k8s/ and the images.
 *
 * <p>In: those files, and the modules' own configuration. Out: a build that fails where they disagree, and image
 * archives. Never here: code that runs in production. (No annotation, so that no class ends up in the images.)
 */
package io.gyre.deployment;
