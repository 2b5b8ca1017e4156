using MLNetDebug.Zoo.Bases;
using MLNetDebug.Zoo.Data;
using MLNetDebug.Zoo.Faults;
using MLNetDebug.Zoo.Learners;

namespace MLNetDebug.Zoo.Programs;

/// <summary>The sick programs of the rules on predictions: each is learned by a real trainer and judged by what it says of the hold-out rows.</summary>
internal static class PredictionPrograms
{
    private static readonly Subject AnyModel = new(SubjectKind.Model, "");

    private static readonly Subject AnySplit = new(SubjectKind.Split, "");

    public static IReadOnlyList<ZooProgram> All { get; } =
    [
        Evaluated("sure-trees-tails", "heavy-tails", new Overfitted(ZooLearners.LongTrees, 1_400), [11], RuleIds.Overconfidence, AnyModel),
        Evaluated("sure-trees-weak", "weak-binary", new Overfitted(ZooLearners.LongTrees, 1_500), [11], RuleIds.Overconfidence, AnyModel),
        Evaluated("sure-line-words", "words", new Overfitted(ZooLearners.Unregularised, 300), [11], RuleIds.Overconfidence, AnyModel),
        Compared("leaked-weak", "weak-binary", new ValidationLeaked(0.5, ZooLearners.LongTrees), RuleIds.ValidationTestGap),
        Compared("leaked-tails", "heavy-tails", new ValidationLeaked(0.7, ZooLearners.LongTrees), RuleIds.ValidationTestGap),
        Compared("class-mix-imbalanced", "imbalanced", new TestClassThinned(0, 0.1), RuleIds.ValidationTestGap),
        Compared("drifted-rings", "rings", new ColumnDrifted(0, 1.5), RuleIds.ValidationTestGap) with { Diagnose = c => PredictionDiagnosis.Compare(c with { Learner = ZooLearners.SmallTrees }) },
        Compared("last-batch-census", "census", new LastBatchReported(32), RuleIds.ValidationTestGap),
        Evaluated("tripled-wine", "wine", new ProbabilitiesMultiplied(3, 3), [20], RuleIds.NegativeLoss, AnyModel) with { Diagnose = Declared },
        Evaluated("divergence-digits", "digits", new DivergenceOfLogits(), [20], RuleIds.NegativeLoss, AnyModel) with { Diagnose = WithOwnLoss },
        Evaluated("doubled-census", "census", new ProbabilityMultiplied(2), [20], RuleIds.InvalidProbabilities, Subject.Column("Probability")),
        Evaluated("unnormalised-images", "images", new ProbabilitiesUnnormalised(5), [20], RuleIds.InvalidProbabilities, Subject.Column("Score"))
            with { Diagnose = Declared },
    ];

    private static ZooProgram Evaluated(string id, string of, Fault fault, int[] notes, string rule, Subject place) =>
        new(id, of, fault, notes, rule, place, ZooBases.Named(of).Split) { Table = "guard", Trainer = ZooTrainers.Perceptron, Diagnose = PredictionDiagnosis.Evaluate };

    private static ZooProgram Compared(string id, string of, Fault fault, string rule) =>
        new(id, of, fault, [19], rule, AnySplit, ZooBases.Named(of).Split) { Table = "guard", Trainer = ZooTrainers.Perceptron, Diagnose = PredictionDiagnosis.Compare };

    private static DiagnosticReport Declared(ZooCase zooCase) => PredictionDiagnosis.Evaluate(zooCase with { ScoreIsProbability = true });

    private static DiagnosticReport WithOwnLoss(ZooCase zooCase) => PredictionDiagnosis.Evaluate(zooCase with
    {
        Learner = ZooLearners.Logits,
        OwnLoss = zooCase.OwnLoss ?? (scored => DivergenceOfLogits.Divergence(scored, isNormalised: true)),
    });
}
