using MLNetDebug.Zoo.Data;

namespace MLNetDebug.Torch.Zoo.Data;

/// <summary>Points of the plane that no line parts.</summary>
internal static class PlaneBases
{
    /// <summary>Two half circles, one in the other's arm.</summary>
    public static NetworkDraw Moons(int seed) => Points("moons", seed, 600, 2, (random, label) =>
    {
        var (sin, cos) = Math.SinCos(Math.PI * random.Uniform());
        return label == 0 ? (cos, sin) : (1 - cos, 0.5 - sin);
    });

    /// <summary>Three arms that turn about the origin once.</summary>
    public static NetworkDraw Spirals(int seed) => Points("spirals", seed, 750, 3, (random, label) =>
    {
        var way = 0.2 + 0.8 * random.Uniform();
        var (sin, cos) = Math.SinCos(2 * Math.PI * (way + label / 3.0));
        return (2 * way * cos, 2 * way * sin);
    });

    private static NetworkDraw Points(string name, int seed, int rows, int classes, Func<ZooRandom, int, (double X, double Y)> point)
    {
        var random = new ZooRandom(seed, name);
        float[] labels = [.. Enumerable.Range(0, rows).Select(_ => (float)random.Below(classes))];
        float[][] points =
        [
            .. labels.Select(l =>
            {
                var (x, y) = point(random, (int)l);
                return new[] { (float)(x + 0.1 * random.Normal()), (float)(y + 0.1 * random.Normal()) };
            }),
        ];
        return Draws.Of(NetworkDataKind.Table, [2], points, labels, classes, rows * 2 / 3).Standardised();
    }
}
