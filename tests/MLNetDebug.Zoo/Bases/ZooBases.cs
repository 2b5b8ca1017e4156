namespace MLNetDebug.Zoo.Bases;

/// <summary>All bases. A base stands in one split only.</summary>
internal static class ZooBases
{
    /// <summary>The bases that can be drawn here: files that do not ship are left out where they are absent.</summary>
    public static IReadOnlyList<ZooBase> All { get; } =
    [
        new("iris", Split.Calibrate, RealBases.Iris) { IsReal = true },
        new("breast_cancer", Split.Calibrate, RealBases.BreastCancer) { IsReal = true },
        new("mixture", Split.Calibrate, s => SyntheticBases.Mixture("mixture", s, 900, 12, 4)),
        new("calibration-line", Split.Calibrate, s => SyntheticBases.Regression("calibration-line", s, 800, 8, 0.6)),
        new("calibration-weak", Split.Calibrate, s => SyntheticBases.WeakBinary("calibration-weak", s, 3000, 6, 0.2)) { IsWeak = true },

        new("wine", Split.Score, RealBases.Wine) { IsReal = true },
        new("digits", Split.Score, RealBases.Digits) { IsReal = true, IsScaled = true },
        new("diabetes", Split.Score, RealBases.Diabetes) { IsReal = true },
        new("census", Split.Score, MixedBases.Census) { IsReal = true },
        new("clinic", Split.Score, MixedBases.Clinic) { IsReal = true, IsGrouped = true },
        new("weak-binary", Split.Score, s => SyntheticBases.WeakBinary("weak-binary", s, 4000, 10, 0.178)) { IsReal = true, IsWeak = true },
        new("weak-regression", Split.Score, s => SyntheticBases.Regression("weak-regression", s, 3000, 10, 0.02)) { IsReal = true, IsWeak = true },
        new("regression", Split.Score, s => SyntheticBases.Regression("regression", s, 1500, 12, 0.8)),
        new("heavy-tails", Split.Score, SyntheticBases.HeavyTails),
        new("images", Split.Score, SyntheticBases.Images) { IsScaled = true },
        new("words", Split.Score, SyntheticBases.Words) { IsScaled = true },
        new("imbalanced", Split.Score, SyntheticBases.Imbalanced),
        new("correlated", Split.Score, SyntheticBases.Correlated),
        new("rings", Split.Score, SyntheticBases.Rings),
        .. OptionalBases(),
    ];

    /// <summary>The base of a name.</summary>
    public static ZooBase Named(string id) => All.Single(b => b.Id == id);

    private static IEnumerable<ZooBase> OptionalBases()
    {
        if (ZooFiles.Shared("adult.txt") is { } adult)
            yield return new ZooBase("adult", Split.Score, s => MixedBases.Adult(adult, s)) { IsReal = true };
    }
}
