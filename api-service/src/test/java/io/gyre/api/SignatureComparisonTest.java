package io.gyre.api;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.codeUnits;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Set;

/**
 * How long a comparison takes tells nothing of a right signature: whatever computes one compares it in constant time. Measured
 * times would depend on the machine, so the code itself is looked at.
 */
@AnalyzeClasses(packages = "io.gyre.rpc", importOptions = ImportOption.DoNotIncludeTests.class)
class SignatureComparisonTest {
    private static final String COMPARISON = "io.gyre.rpc.Digests.same";
    private static final Set<String> HASTY =
            Set.of("equals", "equalsIgnoreCase", "contentEquals", "compareTo", "mismatch");

    @ArchTest
    static final ArchRule whoeverComputesASignatureComparesItInConstantTime = codeUnits()
            .that(DescribedPredicate.describe(
                    "compute a right signature to compare it",
                    unit -> unit.getName().startsWith("verify")
                            && List.of("Acs3Signature", "RpcV1Signature")
                                    .contains(unit.getOwner().getSimpleName())))
            .should(comparesOnlyBy(COMPARISON));

    @ArchTest
    static final ArchRule theComparisonIsTheJdks = codeUnits()
            .that(DescribedPredicate.describe(
                    "are that comparison",
                    unit -> COMPARISON.equals(unit.getOwner().getName() + "." + unit.getName())))
            .should(comparesOnlyBy("java.security.MessageDigest.isEqual"));

    private static ArchCondition<JavaCodeUnit> comparesOnlyBy(String method) {
        return new ArchCondition<>("compare by " + method + " alone") {
            @Override
            public void check(JavaCodeUnit unit, ConditionEvents events) {
                List<String> called = unit.getMethodCallsFromSelf().stream()
                        .map(JavaMethodCall::getTarget)
                        .map(target -> target.getOwner().getName() + "." + target.getName())
                        .toList();
                boolean right = called.contains(method)
                        && called.stream()
                                .map(name -> name.substring(name.lastIndexOf('.') + 1))
                                .noneMatch(HASTY::contains);
                events.add(new SimpleConditionEvent(unit, right, unit.getFullName() + " calls " + called));
            }
        };
    }
}
