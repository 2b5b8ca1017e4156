using System.Globalization;
using MLNetDebug.Data;
using MLNetDebug.Torch.Networks;

namespace MLNetDebug.Torch.Training;

/// <summary>Units of a layer whose gradient is exactly 0 whatever the rows are, while the layer's others learn: an activation behind them gives 0 for every row, and they cannot come back.</summary>
internal sealed class DeadUnits(DeadUnitsOptions? options = null) : Rule<TrainingWindow>
{
    /// <summary>Where more rows than this have a loss of exactly 0, units are silent because nothing is left to learn.</summary>
    private const double MostZeroLosses = 0.1;

    /// <summary>From so many sampled steps on it is no passing state.</summary>
    private const int LastingSamples = 20;

    // The first dimension of a transposed convolution is its inputs.
    private static readonly HashSet<string> Layers = ["Linear", "Conv1d", "Conv2d", "Conv3d"];

    private readonly DeadUnitsOptions _options = options ?? new();

    public override RuleDescriptor Descriptor { get; } = new(
        RuleIds.DeadUnits, nameof(RuleIds.DeadUnits), "Most units of a layer get no gradient any more.",
        RuleCategory.Gradients, Severity.Warning, ProofKind.Fact)
    { Notes = [9] };

    public override RuleOptions Options => _options;

    protected override void Judge(TrainingWindow measured, FindingSink sink)
    {
        if (measured.Output is { ZeroLossShare: > MostZeroLosses })
            return;
        var weights = measured.Parameters.Where(p => p.Role == ParameterRole.Weight && p.Units > 0).ToArray();
        foreach (var weight in weights)
        {
            if (Layers.Contains(weight.ModuleType) && IsDead(measured, weight) && !IsOutput(measured, weights, weight))
                sink.Report(Draft(measured, weight));
        }

        if (Blocking(measured, weights) is { } blocking)
            sink.Report(Draft(measured, blocking, isBlocking: true));
    }

    /// <summary>
    /// The layer whose units are all dead: neither its weights nor its bias get a gradient, and nothing of the rows reaches the output. Layers in front of it get none either, for no fault of their own; one
    /// behind it still has that of its bias.
    /// </summary>
    private ParameterTrack? Blocking(TrainingWindow window, ParameterTrack[] weights)
    {
        if (!(window.Output?.AlikeSamples >= _options.LeastSamples) || !(Course.Of(window).Level > 0))
            return null;
        // What was never called stands last and is silent for another reason.
        var isOrdered = weights.Any(w => w.Order is not null);
        var last = weights.LastOrDefault(w => Layers.Contains(w.ModuleType) && w.Units >= _options.LeastUnits && (w.Order is not null || !isOrdered) && IsSilent(window, w) && Bias(window, w) is { } bias && IsSilent(window, bias));
        return last is null || IsOutput(window, weights, last) || IsDead(window, last) ? null : last with { DeadUnits = last.Units, DeadSamples = Math.Max(1, SilentSteps(last) / window.SampleEvery) };
    }

    private bool IsSilent(TrainingWindow window, ParameterTrack parameter)
    {
        var steps = SilentSteps(parameter);
        return steps >= Math.Min(_options.LeastSamples * window.SampleEvery, TrainingWindow.GradientSteps) && steps * BatchCode.Size(window.Batches.Sizes) >= _options.LeastRows;
    }

    /// <summary>Of the last steps those in a row at which it had a gradient of exactly 0.</summary>
    private static int SilentSteps(ParameterTrack parameter) => parameter.GradientNorms.Reverse().TakeWhile(n => n == 0).Count();

    private static ParameterTrack? Bias(TrainingWindow window, ParameterTrack weight) => window.Parameters.FirstOrDefault(p => p.Module == weight.Module && p.Role == ParameterRole.Bias);

    private bool IsDead(TrainingWindow window, ParameterTrack weight) =>
        weight.Units >= _options.LeastUnits && weight.DeadUnits >= _options.DeadShare * weight.Units
        && weight.DeadSamples >= _options.LeastSamples && Rows(window, weight) >= _options.LeastRows;

    private static long Rows(TrainingWindow window, ParameterTrack weight) => weight.DeadSamples * BatchCode.Size(window.Batches.Sizes);

    /// <summary>Outputs that are masked, or that no row of the task uses, have no gradient by design.</summary>
    private static bool IsOutput(TrainingWindow window, ParameterTrack[] weights, ParameterTrack weight) => weight == weights[^1] && weight.Units == window.Output?.Width;

    private FindingDraft Draft(TrainingWindow window, ParameterTrack weight, bool isBlocking = false)
    {
        var bias = Bias(window, weight);
        var low = bias is { Mean: < 0 } && Math.Abs(bias.Mean) > weight.RootMeanSquare ? $" Its bias stands at {Words.Number(bias.Mean)} on average, below what its weights of {Words.Number(weight.RootMeanSquare)} can lift." : string.Empty;
        var rate = window.Optimizers.SelectMany(o => o.Groups).Where(g => g.Parameters.Contains(weight.Name)).Select(g => g.LearningRate).FirstOrDefault(double.NaN);
        return new FindingDraft(
            new Subject(SubjectKind.Layer, weight.Module.Length > 0 ? weight.Module : weight.Name),
            $"{Words.Number(weight.DeadUnits)} of {Words.Count(weight.Units, "unit")} of `{(weight.Module.Length > 0 ? weight.Module : weight.Name)}` ({weight.ModuleType}) had a gradient of exactly 0 at each of the last " +
            $"{Words.Number((long)weight.DeadSamples)} sampled steps (about {Words.Count(Rows(window, weight), "row")}), " +
            (isBlocking ? "and the outputs are alike for every row" : "while the others had one") + $": the activation behind them gives 0 for every row, and they do not learn any more.{low}")
        {
            Confidence = isBlocking || weight.DeadSamples >= LastingSamples ? Confidence.Confirmed : Confidence.Suspected,
            Evidence =
            [
                new Evidence("share of units without gradient", (double)weight.DeadUnits / weight.Units) { Threshold = _options.DeadShare },
                new Evidence("sampled steps", weight.DeadSamples) { Threshold = _options.LeastSamples, Unit = "steps" },
                new Evidence("rows of those steps", Rows(window, weight)) { Threshold = _options.LeastRows, Unit = "rows" },
                .. bias is null || double.IsNaN(bias.Mean) ? Array.Empty<Evidence>() : [new Evidence($"mean of {bias.Name}", bias.Mean)],
            ],
            Advice =
            [
                new Advice($"Draw the layer anew, its bias at 0. {InitCode.KeepReturn}", Draw(weight, bias)),
                .. double.IsFinite(rate) ? [new Advice("Steps too large push units over the edge: train with a third of the learning rate, or warm it up.", $"foreach (var group in optimizer.ParamGroups) group.LearningRate = {Third(rate)};")] : Array.Empty<Advice>(),
                new Advice("An activation with a slope on both sides keeps every unit alive.", "torch.nn.LeakyReLU(0.01) // or GELU, ELU"),
            ],
        };
    }

    /// <summary>A third, as a person would write it.</summary>
    private static string Third(double rate) => (rate / 3).ToString("G2", CultureInfo.InvariantCulture);

    private static string Draw(ParameterTrack weight, ParameterTrack? bias) =>
        $"_ = torch.nn.init.kaiming_uniform_({InitCode.Target(weight.Module, weight.Name)});" +
        (bias is null ? string.Empty : $"\n_ = torch.nn.init.zeros_({InitCode.Target(bias.Module, bias.Name)});");
}
