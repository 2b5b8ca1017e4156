using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Training.Locating;

/// <summary>
/// Names the operation that made a bad tensor by trying known ones on the numbers that were there before. TorchSharp shows no graph. One is named where its result has the same elements that are not
/// finite and the same numbers at the others; or, where no other kind of operation has, the same elements that are not finite.
/// </summary>
internal static class OperationFinder
{
    /// <param name="made">The bad tensor.</param>
    /// <param name="earlier">What was known before, the latest first.</param>
    /// <param name="masks">What may be a mask.</param>
    public static NamedOperation? Find(Tensor made, IEnumerable<Tensor> earlier, IReadOnlyList<Tensor> masks)
    {
        using var none = torch.no_grad();
        using var known = new KnownValues(made, earlier);
        var pattern = new NumberPattern(known.Made);
        var finite = known.All.Where(t => !NonFiniteCount.Of(t).IsBad).ToList();
        var (places, trivial) = (new Dictionary<string, Trial>(), new Dictionary<string, Trial>());
        foreach (var trial in Trials(known, finite, masks))
        {
            switch (Compare(trial, pattern))
            {
                case PatternMatch.Numbers:
                    return Said(trial);
                case PatternMatch.Places:
                    places.TryAdd(trial.Family, trial);
                    break;
                case PatternMatch.Trivial:
                    trivial.TryAdd(trial.Family, trial);
                    break;
            }
        }

        // Rows that are bad as a whole are bad for many reasons, padding among them; so are tensors without a finite element, but for what gives NaN whatever the numbers.
        if (pattern.IsMixedWithinRows && places.Count == 1)
            return Said(places.Values.First());
        return !pattern.HasFinite && trivial.Count == 1 && trivial.Keys.First() is "softmax" or "deviation" ? Said(trivial.Values.First()) : null;
    }

    private static IEnumerable<Trial> Trials(KnownValues known, IReadOnlyList<Tensor> finite, IReadOnlyList<Tensor> masks)
    {
        foreach (var x in finite)
        {
            foreach (var trial in SensitiveOperations.On(x, null))
                yield return trial;
        }

        foreach (var x in known.All.Except(finite))
        {
            foreach (var trial in SensitiveOperations.Softmax(x))
                yield return trial;
        }

        foreach (var trial in AttentionTrials.On(finite, masks).Concat(PairOperations.On(finite)))
            yield return trial;
        foreach (var x in finite)
        {
            foreach (var trial in InnerLines.On(x, known.Made))
                yield return trial;
            foreach (var (name, made) in Preparations.Of(x).Skip(1))
            {
                if (Prepared(made) is not { } z)
                    continue;
                foreach (var trial in SensitiveOperations.On(z, name))
                    yield return trial;
                foreach (var y in finite.Where(y => PairOperations.CanBroadcast(y.shape, z.shape)).Take(4))
                    yield return new("division", () => y / z, () => Mends.Division());
            }
        }
    }

    // What has become infinite already is not what the next operation did.
    private static Tensor? Prepared(Func<Tensor> made)
    {
        try
        {
            var z = made();
            return z.numel() > 0 && !NonFiniteCount.Of(z).IsBad ? z : null;
        }
        catch (Exception e) when (e is ExternalException or ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }

    private static PatternMatch Compare(Trial trial, NumberPattern pattern)
    {
        using var scope = NewDisposeScope();
        try
        {
            var made = trial.Made();
            var match = pattern.Compare(made);
            // Code often goes on with a sum or a mean.
            if (match != PatternMatch.None || made.Dimensions <= pattern.Shape.Length)
                return match;
            foreach (var dim in SensitiveOperations.Dimensions(made))
            {
                if (pattern.Compare(made.sum(dim)) is var reduced and not PatternMatch.None)
                    return reduced;
            }

            return PatternMatch.None;
        }
        catch (Exception e) when (e is ExternalException or ArgumentException or InvalidOperationException)
        {
            // Not for tensors of these shapes or this type.
            return PatternMatch.None;
        }
    }

    private static NamedOperation Said(Trial trial)
    {
        using var scope = NewDisposeScope();
        return trial.Says();
    }
}
