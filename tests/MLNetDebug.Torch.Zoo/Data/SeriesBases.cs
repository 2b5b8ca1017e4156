using MLNetDebug.Zoo.Data;

namespace MLNetDebug.Torch.Zoo.Data;

/// <summary>Sequences of numbers.</summary>
internal static class SeriesBases
{
    private const int Length = 10;

    /// <summary>Pieces of noisy waves of several lengths; the target is the next value, in standard units.</summary>
    public static NetworkDraw Waves(int seed)
    {
        const int rows = 600;
        var random = new ZooRandom(seed, "waves");
        var pieces = Enumerable.Range(0, rows).Select(_ =>
        {
            var (start, step, height) = (2 * Math.PI * random.Uniform(), 0.3 + 0.5 * random.Uniform(), 0.5 + random.Uniform());
            return Enumerable.Range(0, Length + 1).Select(t => (float)(height * Math.Sin(start + step * t) + 0.05 * random.Normal())).ToArray();
        }).ToArray();
        var draw = Draws.Of(NetworkDataKind.Series, [Length, 1], [.. pieces.Select(p => p[..Length])], [.. pieces.Select(p => p[Length])], 0, 400);
        var (mean, deviation) = (draw.TrainY.mean(), draw.TrainY.std());
        return draw.WithTargets(y => (y - mean) / deviation);
    }
}
