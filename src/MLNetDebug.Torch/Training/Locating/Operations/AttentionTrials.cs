using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Training.Locating;

/// <summary>Attention whose mask leaves nothing of a row: the softmax is of -infinity alone, and nothing but the result is seen.</summary>
internal static class AttentionTrials
{
    /// <param name="known">The latest first: value, key and query of one shape among them.</param>
    /// <param name="masks">What may be a mask.</param>
    public static IEnumerable<Trial> On(IReadOnlyList<Tensor> known, IReadOnlyList<Tensor> masks)
    {
        foreach (var mask in masks.Select(Truth).OfType<Tensor>())
        {
            foreach (var hidden in new[] { mask, mask.logical_not() })
            {
                foreach (var trial in Products(known, hidden).Concat(Pools(known, hidden)))
                    yield return trial;
            }
        }
    }

    private static IEnumerable<Trial> Products(IReadOnlyList<Tensor> known, Tensor hidden)
    {
        foreach (var same in known.Where(t => t.Dimensions == 3).GroupBy(t => string.Join(',', t.shape)).Where(g => g.Count() >= 3))
        {
            var (v, k, q) = (same.ElementAt(0), same.ElementAt(1), same.ElementAt(2));
            var (rows, places) = (q.shape[0], q.shape[1]);
            var over = hidden.shape switch
            {
                [var n, var t] when n == rows && t == places => hidden.unsqueeze(1),
                [var s, var t] when s == places && t == places => hidden,
                [var n, 1, var t] when n == rows && t == places => hidden,
                [var n, var s, var t] when n == rows && s == places && t == places => hidden,
                _ => null,
            };
            if (over is null)
                continue;
            foreach (var scale in new[] { Math.Sqrt(q.shape[2]), 1 })
                yield return new("softmax", () => (q.matmul(k.transpose(1, 2)) / scale).masked_fill(over, double.NegativeInfinity).softmax(-1).matmul(v), Mends.EmptySoftmax);
        }
    }

    // Scores [n, t] or [n, t, 1] that weigh values [n, t, d].
    private static IEnumerable<Trial> Pools(IReadOnlyList<Tensor> known, Tensor hidden)
    {
        if (hidden.Dimensions != 2)
            yield break;
        foreach (var scores in known.Where(t => t.numel() == hidden.numel() && t.shape[0] == hidden.shape[0]))
        {
            var weights = () => scores.reshape(hidden.shape).masked_fill(hidden, double.NegativeInfinity).softmax(1);
            yield return new("softmax", weights, Mends.EmptySoftmax);
            foreach (var values in known.Where(t => t.Dimensions == 3 && t.shape[0] == hidden.shape[0] && t.shape[1] == hidden.shape[1] && !ReferenceEquals(t, scores)))
                yield return new("softmax", () => (weights().unsqueeze(-1) * values).sum(1), Mends.EmptySoftmax);
        }
    }

    /// <summary>True where a mask says 1 or -infinity; null where it says anything else.</summary>
    private static Tensor? Truth(Tensor mask)
    {
        if (mask.dtype == ScalarType.Bool)
            return mask;
        var isOne = mask.eq(1);
        if ((isOne | mask.eq(0)).all().ToBoolean())
            return isOne;
        return mask.is_floating_point() && (mask.isneginf() | mask.eq(0)).all().ToBoolean() ? mask.isneginf() : null;
    }
}
