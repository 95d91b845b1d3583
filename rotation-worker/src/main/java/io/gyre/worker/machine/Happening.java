package io.gyre.worker.machine;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What just happened to a rotation. */
public sealed interface Happening {
    /**
     * A worker took the rotation up: it is new, its timer passed, or the worker before it is gone. In a phase with an
     * effect, nobody knows whether that effect took place.
     */
    record Woken() implements Happening {}

    /**
     * A worker took the rotation up together with an operator's order. What is true of {@link Woken} is true here.
     *
     * @param by who ordered it
     */
    record Ordered(Order order, String by) implements Happening {}

    /**
     * The effect was not begun: what it calls may not be called so often just now, by this or any other worker.
     *
     * @param by after how long its turn may come
     */
    record Postponed(Duration by) implements Happening {}

    /** What came of an effect. */
    sealed interface Outcome extends Happening {
        /** A sentence about what was seen; empty where the effect took place. */
        String what();
    }

    /**
     * The effect took place.
     *
     * @param facts what it reported; remembered by the rotation, so never a secret
     * @param minted the credential that the target made, if that is what was asked of it
     */
    record Done(Map<String, String> facts, @Nullable Minted minted) implements Outcome {
        public Done {
            facts = Map.copyOf(facts);
        }

        @Override
        public String what() {
            return "";
        }

        public static Done plain() {
            return new Done(Map.of(), null);
        }

        public static Done with(Map<String, String> facts) {
            return new Done(facts, null);
        }
    }

    /**
     * The target answered, and what is waited for has not come about yet.
     *
     * @param what a sentence about what was seen
     */
    record NotYet(String what) implements Outcome {}

    /**
     * The target refused, or was never reached: nothing changed there.
     *
     * @param code the cloud's own code
     * @param what a sentence: what was seen and, where there is one, what to do
     */
    record Refused(Remedy remedy, String code, String what) implements Outcome {
        /** What every code has that says that the cloud is called too often: Throttling.User, Rejected.Throttling. */
        private static final String TOO_OFTEN = "Throttling";

        public boolean isThrottling() {
            return isThrottling(code);
        }

        /** Whether the cloud's code says that it is called too often. */
        public static boolean isThrottling(String code) {
            return code.contains(TOO_OFTEN);
        }
    }

    /**
     * The effect may or may not have taken place.
     *
     * @param what a sentence about what is known
     */
    record Unclear(String what) implements Outcome {}
}
