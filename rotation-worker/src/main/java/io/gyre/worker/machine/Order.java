package io.gyre.worker.machine;

import java.time.Duration;

/** What an operator may order for a rotation. */
public sealed interface Order {
    /** In the words of the timeline, after "X ordered ". */
    String words();

    /** Go on now: do not wait for the next try, or look again at what a person was asked to change. */
    record Retry() implements Order {
        @Override
        public String words() {
            return "a retry";
        }
    }

    /** Take back what was done, at the target as well. */
    record RollBack() implements Order {
        @Override
        public String words() {
            return "a rollback";
        }
    }

    /** End now, and leave the target as it is. */
    record GiveUp() implements Order {
        @Override
        public String words() {
            return "to give up";
        }
    }

    /** Let both credentials work for longer. */
    record Extend(Duration by) implements Order {
        @Override
        public String words() {
            return "an extension of the overlap by " + Spans.inWords(by);
        }
    }
}
