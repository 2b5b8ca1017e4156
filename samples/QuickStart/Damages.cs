using MLNetDebug;

namespace QuickStart;

/// <summary>What a report must say of a damage: the rule that finds it, and the place it names.</summary>
internal sealed record Expected(string RuleId, string Place);

/// <summary>Something that goes wrong in practice, and where.</summary>
internal sealed record Damage(string Name, Func<Split, Split> Apply, Expected[] Expected);

/// <summary>Five ways to spoil a good data set, each of which trains without a word.</summary>
internal static class Damages
{
    private const string OtherUnits = "pixel 4,3";
    private static readonly string[] Brighter = ["pixel 2,2", "pixel 2,3", "pixel 2,4"];

    public static Damage ShiftedLabels { get; } = new(
        "labels joined one row late",
        split => split with { Train = [.. split.Train.Select((d, i) => d with { Label = split.Train[Math.Max(i - 1, 0)].Label })] },
        [new Expected(RuleIds.LabelsShifted, "Label")]);

    public static Damage SortedRows { get; } = new(
        "training rows sorted by class",
        split => split with { Train = [.. split.Train.OrderBy(d => d.Label, StringComparer.Ordinal)] },
        [new Expected(RuleIds.UnshuffledRows, "Label")]);

    public static Damage WrongUnits { get; } = new(
        "one column in other units",
        split => Change(split, inTrain: true, (value, pixel) => pixel == OtherUnits ? value * 1_000 : value),
        [new Expected(RuleIds.FeatureScale, OtherUnits)]);

    public static Damage DriftedTest { get; } = new(
        "test split from another scanner",
        split => Change(split, inTrain: false, (value, pixel) => Brighter.Contains(pixel) ? value + 2.5f : value),
        [.. Brighter.Select(pixel => new Expected(RuleIds.SplitShift, pixel))]);

    public static Damage LeakingTest { get; } = new(
        "training rows in the test split",
        split => split with { Test = [.. split.Test, .. split.Train.Take(200)] },
        [new Expected(RuleIds.SplitLeakage, "training data / hold-out data")]);

    /// <summary>All that can be told apart at once. Sorted rows are left out: where the order gives the label, no shift can be seen in it.</summary>
    public static Damage Combined { get; } = new(
        "four of them at once",
        split => LeakingTest.Apply(DriftedTest.Apply(WrongUnits.Apply(ShiftedLabels.Apply(split)))),
        [.. ShiftedLabels.Expected, .. WrongUnits.Expected, .. DriftedTest.Expected, .. LeakingTest.Expected]);

    public static IReadOnlyList<Damage> All { get; } = [ShiftedLabels, SortedRows, WrongUnits, DriftedTest, LeakingTest, Combined];

    private static Split Change(Split split, bool inTrain, Func<float, string, float> change)
    {
        var copy = split.Copy();
        foreach (var digit in inTrain ? copy.Train.Concat(copy.Test) : copy.Test)
        {
            for (var p = 0; p < copy.Pixels.Length; p++)
                digit.Features[p] = change(digit.Features[p], copy.Pixels[p]);
        }

        return copy;
    }
}
