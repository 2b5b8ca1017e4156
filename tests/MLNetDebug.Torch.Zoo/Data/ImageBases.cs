using MLNetDebug.Zoo.Bases;
using MLNetDebug.Zoo.Data;

namespace MLNetDebug.Torch.Zoo.Data;

/// <summary>Grey images in [0, 1].</summary>
internal static class ImageBases
{
    private const int Side = 12;

    /// <summary>Handwritten digits of 8 by 8 pixels.</summary>
    public static NetworkDraw Digits(int seed)
    {
        var rows = ZooFiles.Numbers(ZooFiles.Shipped("digits.csv"), 0, ',');
        int[] order = new ZooRandom(seed, "digits").Permutation(rows.Length)[..900];
        return Draws.Of(
            NetworkDataKind.Image, [1, 8, 8], [.. order.Select(i => rows[i][..64].Select(v => v / 16).ToArray())], [.. order.Select(i => rows[i][64])], 10, 500);
    }

    /// <summary>One bright bar in noise: lying, standing, or along one of the diagonals.</summary>
    public static NetworkDraw Bars(int seed)
    {
        var random = new ZooRandom(seed, "bars");
        return Images(random, 4, label =>
        {
            var at = 2 + random.Below(Side - 4);
            var shift = at - Side / 2;
            return (x, y) => (label switch { 0 => y - at, 1 => x - at, 2 => x - y + shift, _ => x + y - Side + 1 + shift }) == 0 ? 0.8 : 0.1;
        });
    }

    /// <summary>One, two or three round spots.</summary>
    public static NetworkDraw Blobs(int seed)
    {
        var random = new ZooRandom(seed, "blobs");
        return Images(random, 3, label =>
        {
            (double X, double Y)[] centres = [.. Enumerable.Range(0, label + 1).Select(i => (2 + 3.5 * i + random.Uniform(), 2 + 8 * random.Uniform()))];
            return (x, y) => centres.Sum(c => Math.Exp(-((x - c.X) * (x - c.X) + (y - c.Y) * (y - c.Y)) / 3));
        });
    }

    private static NetworkDraw Images(ZooRandom random, int classes, Func<int, Func<int, int, double>> brightness)
    {
        const int rows = 600;
        float[] labels = [.. Enumerable.Range(0, rows).Select(_ => (float)random.Below(classes))];
        float[][] images =
        [
            .. labels.Select(l =>
            {
                var of = brightness((int)l);
                return Enumerable.Range(0, Side * Side).Select(p => (float)Math.Clamp(of(p % Side, p / Side) + 0.15 * random.Normal(), 0, 1)).ToArray();
            }),
        ];
        return Draws.Of(NetworkDataKind.Image, [1, Side, Side], images, labels, classes, 400);
    }
}
