/**
 * A rotation as a picture: two credentials that change places, a lane each, with time from left to right.
 *
 * <p>In: names and times of a rotation, no values. Out: stretches, stations and "now", for whoever draws them, as SVG or as text.
 * Never here: a colour, a width in pixels, or the clock.
 */
@NullMarked
package io.gyre.rotation.picture;

import org.jspecify.annotations.NullMarked;
