using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Training.Locating;

/// <summary>Finds what spoiled a gradient although the loss is finite.</summary>
internal sealed partial class BackwardLocaliser(Replayer replayer, NonFiniteIncident blank)
{
    /// <summary>So many points behind the one whose gradient is bad are kept.</summary>
    private const int Behind = 16;

    private IReadOnlyList<(string Name, NonFiniteCount? Count)> _gradients = [];

    private bool IsGradientBad => _gradients.Any(g => g.Count is { IsBad: true });

    /// <returns>Null where all gradients of the replay are finite.</returns>
    public NonFiniteIncident? Locate(Replayed first)
    {
        using var trace = new GradientTrace();
        using var pass = Backward(new() { Gradients = trace });
        var gradients = _gradients;
        if (pass.Thrown is not null || (!trace.Events.Any(e => e.Count.IsBad) && !IsGradientBad))
            return null;
        var hasBadPoints = first.Trace.Points.Any(p => p.IsBad);
        var batch = OfBatch();
        if (batch is not null && hasBadPoints)
            return blank.Holding(batch);
        // A loss may bear infinity that its gradient does not.
        if (hasBadPoints && new ForwardLocaliser(replayer, blank, plan => (Backward(plan), IsGradientBad)).FromPoint(first) is { } forward)
            return forward;
        var place = BackwardSearch.FirstCause(trace, replayer.Modules) ?? BackwardSearch.AtParameter(pass.Trace, gradients, trace, replayer.Modules)
            ?? ParameterBisection.Between(gradients, replayer.Modules) ?? Place.Unknown;
        // Infinity that the same code made in the forward pass came first, though the loss bore it.
        if (place.Of is not null && first.Trace.Points.FirstOrDefault(p => p.IsBad && !p.Count.IsNegativeOnly && Place.Behind(first.Trace, p, replayer.Modules).Of == place.Of) is { } made)
            return new ForwardLocaliser(replayer, blank).At(first, made.Index);
        var incident = blank.At(place) with { Direction = NonFiniteDirection.Backward };
        if (batch is not null)
        {
            return incident with
            {
                Tensor = batch.Name,
                Row = NonFiniteCount.RowsOf(batch.Tensor)?.First,
                Count = batch.Count.All,
                Operation = $"0 times the numbers of {batch.Name} that are not finite, in the gradient of a masked result",
                Mend = "A mask on the result does not keep the gradient clean: fill in the numbers before they are used.",
                MendCode = "y = torch.where(mask, y, torch.zeros_like(y));",
            };
        }

        var bad = trace.Events.FirstOrDefault(e => e.Count.IsBad);
        var function = Function(bad);
        return incident.By((bad is null ? null : Tried(bad, first)) ?? GradientWords.Of(function)) with { AutogradFunction = function };
    }

    /// <summary>What of the batch is bad, without which all gradients are finite; null where there is none.</summary>
    private HeldNumbers? OfBatch()
    {
        if (HeldNumbers.InBatch(replayer.Step) is not [var held, ..] all)
            return null;
        using var cleaner = TensorCleaner.Of(all.Select(h => h.Tensor));
        using var pass = Backward(new());
        return pass.Thrown is null && !IsGradientBad ? held : null;
    }

    private Replayed Backward(PassPlan plan) => replayer.Run(plan, loss =>
    {
        loss.backward();
        _gradients = ParameterBisection.Gradients(replayer.Step);
    });

    /// <summary>The function that autograd's anomaly mode blames, where it is the one that made the first bad gradient that was seen. It sees NaN only, and NaN that nobody needs as well.</summary>
    private string Function(GradientEvent? bad)
    {
        var function = "";
        using var trace = new GradientTrace();
        using var pass = replayer.Run(new() { Gradients = trace }, loss =>
        {
            using var anomaly = torch.autograd.detect_anomaly(check_nan: true);
            try
            {
                loss.backward();
            }
            catch (ExternalException e)
            {
                function = Blamed().Match(e.Message).Groups[1].Value;
            }
        });
        return bad is null || trace.Events.Count == bad.Index ? function : "";
    }

    private NamedOperation? Tried(GradientEvent bad, Replayed first)
    {
        using var trace = new GradientTrace(bad.Index);
        var from = bad.Point.Index;
        using var pass = Backward(new() { Gradients = trace, Kept = Enumerable.Range(from, Behind).ToHashSet() });
        var at = pass.Trace.Points.ElementAtOrDefault(from)?.Tensors.ElementAtOrDefault(bad.Tensor)?.Copy;
        if (at is null || trace.Events.ElementAtOrDefault(bad.Index)?.Copy is not { } gradient)
            return null;
        var isInLoss = bad.Point is { IsReturn: true, Call.Path: "" };
        using var loss = tensor(first.Value, at.dtype);
        Tensor[] results = isInLoss ? [loss] : [.. pass.Trace.Points.Skip(from + 1).SelectMany(p => p.Tensors).Select(t => t.Copy).OfType<Tensor>()];
        if (GradientTrials.Find(at, gradient, results) is { } found)
            return found;
        // A loss takes the difference to the target first.
        return isInLoss && replayer.Step.Batch is [.., var (_, target)] && !target.IsInvalid && target.is_floating_point() && target.shape.AsSpan().SequenceEqual(at.shape)
            ? GradientTrials.Find(at - target, gradient, results) : null;
    }

    [GeneratedRegex("Function '(\\w+)'")]
    private static partial Regex Blamed();
}
