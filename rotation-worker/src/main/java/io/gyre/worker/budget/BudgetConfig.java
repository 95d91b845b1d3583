package io.gyre.worker.budget;

import io.gyre.worker.machine.CloudProduct;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;

/** How often the workers may call the cloud, all of them together. */
@ConfigMapping(prefix = "gyre.cloud")
public interface BudgetConfig {
    /** The cloud account that the workers' AccessKey belongs to: those that say the same share its budgets. */
    @WithDefault("default")
    @NotBlank
    String account();

    Products budget();

    /** A budget for each product, since each limits by itself. */
    interface Products {
        Rate ram();

        Rate sts();

        Rate rds();

        Rate ecs();

        default Rate of(CloudProduct product) {
            return switch (product) {
                case RAM -> ram();
                case STS -> sts();
                case RDS -> rds();
                case ECS -> ecs();
            };
        }
    }

    /** What a budget grants. */
    interface Rate {
        /** Calls a second, in the long run. */
        @WithDefault("10")
        @Min(1)
        @Max(1_000)
        int rate();

        /** Calls at once, after a while without any; no effect makes more than two. */
        @WithDefault("10")
        @Min(2)
        @Max(1_000)
        int burst();
    }
}
