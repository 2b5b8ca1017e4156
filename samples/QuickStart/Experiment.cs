using Microsoft.ML;
using MLNetDebug;
using MLNetDebug.Pipeline;

namespace QuickStart;

/// <summary>What came out of one damage: its report, and the accuracy before and after mending.</summary>
internal sealed record Outcome(Damage Damage, DiagnosticReport Report, double Before, double After)
{
    private const double Tolerance = 0.03;

    /// <summary>Everything that is not as it should be, one sentence each; empty where the report says just what was planted.</summary>
    public IEnumerable<string> Problems(double healthy)
    {
        foreach (var expected in Damage.Expected.Where(e => !Serious.Any(f => Says(f, e))))
            yield return $"{Damage.Name}: {expected.RuleId} at {expected.Place} was not found.";
        foreach (var finding in Serious.Where(f => !Damage.Expected.Any(e => Says(f, e))))
            yield return $"{Damage.Name}: {finding.Rule.Id} at {finding.Subject} was not planted.";
        if (After < healthy - Tolerance)
            yield return $"{Damage.Name}: mended, the accuracy is {After:0.000}, and {healthy:0.000} on the healthy data.";
    }

    private IEnumerable<Finding> Serious => Report.Unfolded.Where(f => f.Severity > Severity.Info);

    private static bool Says(Finding finding, Expected expected) =>
        finding.Rule.Id == expected.RuleId && (finding.Subject.SlotName ?? finding.Subject.Name) == expected.Place;
}

/// <summary>Checks a data set, trains on it, mends it, and trains again.</summary>
internal static class Experiment
{
    public static Outcome Run(MLContext ml, Damage damage, Split healthy)
    {
        var data = damage.Apply(healthy);
        var train = Data.ToView(ml, data.Train, data.Pixels);
        var test = Data.ToView(ml, data.Test, data.Pixels);

        // The trainer tells how much scales matter. The budget for trained models is wide, so that slow machines see the same reports.
        var options = new DiagnosticsOptions { Trainer = Training.Trainer(ml), TrainingBudget = TimeSpan.FromSeconds(30) };
        var report = ml.Diagnostics().Validate(train, test, options);
        var before = Training.Accuracy(ml, train, test);
        var (mendedTrain, mendedTest) = Mending.Apply(ml, report, train, test);
        return new Outcome(damage, report, before, Training.Accuracy(ml, mendedTrain, mendedTest));
    }
}
