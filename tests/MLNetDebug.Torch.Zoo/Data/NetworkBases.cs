using MLNetDebug.Zoo.Bases;

namespace MLNetDebug.Torch.Zoo.Data;

/// <summary>All bases of networks. A base stands in one split only.</summary>
internal static class NetworkBases
{
    public static IReadOnlyList<NetworkBase> All { get; } =
    [
        new("iris", Split.Calibrate, NetworkDataKind.Table, s => Draws.OfTable(RealBases.Iris(s), 100)),
        new("breast_cancer", Split.Calibrate, NetworkDataKind.Table, s => Draws.OfTable(RealBases.BreastCancer(s), 380)),
        new("spirals", Split.Calibrate, NetworkDataKind.Table, PlaneBases.Spirals),
        new("line", Split.Calibrate, NetworkDataKind.Table, s => Draws.OfTable(SyntheticBases.Regression("network-line", s, 600, 8, 0.6), 400)),
        new("blobs", Split.Calibrate, NetworkDataKind.Image, ImageBases.Blobs),
        new("parity", Split.Calibrate, NetworkDataKind.Tokens, TokenBases.Parity),

        new("wine", Split.Score, NetworkDataKind.Table, s => Draws.OfTable(RealBases.Wine(s), 118)),
        new("diabetes", Split.Score, NetworkDataKind.Table, s => Draws.OfTable(RealBases.Diabetes(s), 300)),
        new("clusters", Split.Score, NetworkDataKind.Table, s => Draws.OfTable(SyntheticBases.Mixture("network-clusters", s, 700, 10, 5), 480)),
        new("moons", Split.Score, NetworkDataKind.Table, PlaneBases.Moons),
        new("digits", Split.Score, NetworkDataKind.Image, ImageBases.Digits),
        new("bars", Split.Score, NetworkDataKind.Image, ImageBases.Bars),
        new("majority", Split.Score, NetworkDataKind.Tokens, TokenBases.Majority),
        new("first-token", Split.Score, NetworkDataKind.Tokens, TokenBases.First),
        new("grammar", Split.Score, NetworkDataKind.Tokens, TokenBases.Grammar),
        new("waves", Split.Score, NetworkDataKind.Series, SeriesBases.Waves),
    ];

    /// <summary>The base of a name.</summary>
    public static NetworkBase Named(string id) => All.Single(b => b.Id == id);
}
