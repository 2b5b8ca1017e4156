using System.ComponentModel.DataAnnotations;
using MLNetDebug.Data;

namespace MLNetDebug.Torch.Networks;

/// <summary>Options of MLD205.</summary>
public sealed record SmallBatchNormOptions : RuleOptions
{
    /// <summary>Fewer elements per channel than this are too few, in [2, 1024]. Default 16.</summary>
    [Range(2, 1024)]
    public int LeastElements { get; init; } = 16;

    /// <summary>Fewer elements per channel than this are surely too few, in [2, 1024]. Default 4.</summary>
    [Range(2, 1024)]
    public int FewElements { get; init; } = 4;

    /// <summary>Fewer rows than this are mentioned where positions make up for them, in [1, 1024]. Default 16.</summary>
    [Range(1, 1024)]
    public int LeastRows { get; init; } = 16;
}

/// <summary>Batch normalisation that is given so few elements per channel that their mean and variance say little.</summary>
internal sealed class SmallBatchNorm(SmallBatchNormOptions? options = null) : Rule<NetworkProfile>
{
    // Groups of fewer elements than this would be as noisy as the batch.
    private const long GroupElements = 16;

    private readonly SmallBatchNormOptions _options = options ?? new();

    public override RuleDescriptor Descriptor { get; } = new(
        RuleIds.SmallBatchNorm, nameof(RuleIds.SmallBatchNorm), "Batch normalisation is given too few elements.", RuleCategory.Structure, Severity.Warning, ProofKind.Fact)
    { Notes = [12] };

    public override RuleOptions Options => _options;

    protected override void Judge(NetworkProfile measured, FindingSink sink)
    {
        // Without running statistics of its own evaluation normalises as training does: nothing but a batch of one can hurt.
        var norms = measured.Modules.Where(m => m is { Kind: ModuleKind.BatchNorm, IsTraining: true }).ToDictionary(m => m.Name);
        var met = measured.Calls.Where(c => norms.ContainsKey(c.Module)).Select(c => Met(measured, norms[c.Module], c)).OfType<Normalised>()
            .GroupBy(n => n.Module).Select(g => g.MinBy(n => n.Elements)!).ToList();
        var unseen = norms.Values.Where(m => !m.IsSeen && m.StatisticsMoved == true).ToList();
        if (unseen.Count > 0 && measured.BatchSize < _options.LeastElements)
        {
            if (measured.BatchSize > 0 && unseen.TrueForAll(m => m.Type == "BatchNorm1d") && HasRowsOnly(measured))
                met.AddRange(unseen.Select(m => new Normalised(m, measured.BatchSize, measured.BatchSize, IsSeen: false)));
            else
                sink.NotChecked(Places.Module(measured, unseen[0].Name), $"how many elements it normalises over. {StructureCode.Unseen(unseen)}");
        }

        foreach (var group in met.GroupBy(SeverityOf).Where(g => g.Key != Severity.None).OrderByDescending(g => g.Key))
            sink.Report(Draft(measured, group.Key, [.. group.OrderBy(n => n.Elements)]));
    }

    private static Normalised? Met(NetworkProfile profile, ModuleProfile module, CallProfile call)
    {
        if (call.Inputs.Count == 0 || profile.Values[call.Inputs[0]].Facts is not { Rank: > 1, Count: > 0 } facts)
            return null;
        return new Normalised(module, facts.Shape[0], facts.Count / facts.Shape[1], IsSeen: true);
    }

    // Rows of features alone: without layers that add positions, [N, C] is all a BatchNorm1d can be given.
    private static bool HasRowsOnly(NetworkProfile profile) =>
        profile.Values.Where(v => v.Source == ValueSource.Input).Select(v => v.Facts).ToList() is { Count: > 0 } inputs
        && inputs.TrueForAll(f => f is { Rank: 2, IsFloatingPoint: true })
        && !profile.Modules.Any(m => m.Kind is ModuleKind.Convolution or ModuleKind.Recurrent or ModuleKind.Attention or ModuleKind.Embedding || m.Type is "Unflatten");

    private Severity SeverityOf(Normalised norm)
    {
        if (norm.Elements <= 1)
            return norm.IsSeen ? Severity.Error : Severity.Warning;
        if (norm.Module.Settings.GetValueOrDefault("track_running_stats", 1) == 0)
            return Severity.None;
        return norm.Elements < _options.LeastElements ? Severity.Warning : norm.Elements > norm.Rows && norm.Rows < _options.LeastRows ? Severity.Info : Severity.None;
    }

    private FindingDraft Draft(NetworkProfile profile, Severity severity, Normalised[] norms)
    {
        var norm = norms[0];
        var name = Places.Named(norm.Module);
        var rows = Words.Count(norm.Rows, "row");
        var message = severity switch
        {
            _ when norm.Elements <= 1 =>
                $"{name} normalises over a single element per channel ({rows}): it is its own mean, so the output is the shift alone (0 at first) whatever goes in. TorchSharp says nothing; PyTorch would throw.",
            Severity.Warning =>
                $"{name} normalises over {Words.Number(norm.Elements)} elements per channel ({rows}): their mean is off by about {Words.Percent(Math.Round(1 / Math.Sqrt(norm.Elements), 2))} of a standard deviation, "
                + $"another way in every batch, and the running statistics that evaluation uses are not what training saw. Below {_options.LeastElements} this often costs accuracy. Gradient accumulation does not help: it does not enlarge what is normalised.",
            _ =>
                $"{name} normalises over {Words.Number(norm.Elements)} elements per channel, but they come from {rows} only; positions of one row are alike, so their statistics are noisier than their number says.",
        };
        return new FindingDraft(Places.Module(profile, norm.Module.Name), message + StructureCode.Also([.. norms.Skip(1).Select(n => n.Module.Name)], "The same goes for"))
        {
            Severity = severity,
            Confidence = norm.IsSeen && (norm.Elements < _options.FewElements || severity == Severity.Info) ? Confidence.Confirmed : Confidence.Suspected,
            Evidence =
            [
                new Evidence("elements per channel", norm.Elements) { Threshold = _options.LeastElements, Unit = "elements" },
                new Evidence("rows", norm.Rows) { Threshold = severity == Severity.Info ? _options.LeastRows : null, Unit = "rows" },
            ],
            Advice = Advice(norm),
        };
    }

    private IReadOnlyList<Advice> Advice(Normalised norm)
    {
        var channels = (long)norm.Module.Settings.GetValueOrDefault("num_features");
        var batch = Math.Max(32, _options.LeastElements);
        var larger = new Advice($"Train with batches of at least {_options.LeastElements} rows, and leave out the last partial batch.", $"torch.utils.data.DataLoader(dataset, batchSize: {batch}, shuffle: true, drop_last: true)");
        return channels < 1 ? [larger] :
        [
            larger,
            WithinRows(norm.Module, channels, Math.Max(1, norm.Elements / norm.Rows)),
        ];
    }

    // TorchSharp's GroupNorm takes no rows of features.
    private static Advice WithinRows(ModuleProfile module, long channels, long positions) => positions == 1 && module.Type == "BatchNorm1d"
        ? new("Or normalise within each row, which no batch size changes.", StructureCode.Replacement(module.Name, $"nn.LayerNorm({channels})"))
        : new(
            "Or normalise within each row, which no batch size changes; TorchSharp 0.107.0 leaves a GroupNorm's scale and shift unset, so set them.",
            StructureCode.Replacement(module.Name, $"nn.GroupNorm({Groups(channels, positions)}, {channels})") + "\n" + UnsetNorms.Code(module.Name));

    /// <summary>The largest divisor of the channels up to 32 that leaves each group enough elements to normalise.</summary>
    internal static long Groups(long channels, long positions)
    {
        for (var groups = Math.Min(32, channels); groups > 1; groups--)
        {
            if (channels % groups == 0 && channels / groups * positions >= GroupElements)
                return groups;
        }

        return 1;
    }

    private sealed record Normalised(ModuleProfile Module, long Rows, long Elements, bool IsSeen);
}
