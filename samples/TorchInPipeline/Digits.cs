using Microsoft.ML;
using Microsoft.ML.Data;

namespace TorchInPipeline;

/// <summary>1,797 handwritten digits of 8 x 8 pixels, read by ML.NET's own loader.</summary>
internal static class Digits
{
    private const int PixelCount = 64;

    public static (IDataView Train, IDataView Test) Load(MLContext ml)
    {
        var all = ml.Data.LoadFromTextFile(
            Path.Combine(AppContext.BaseDirectory, "data", "digits.csv"),
            [new TextLoader.Column("Pixels", DataKind.Single, 0, PixelCount - 1), new TextLoader.Column("Digit", DataKind.Single, PixelCount)],
            separatorChar: ',');
        // Pixels are dark by up to 16.
        var scaled = Mapped(ml, all, (pixel, _) => pixel / 16);
        var split = ml.Data.TrainTestSplit(scaled, testFraction: 0.3, seed: 1);
        return (split.TrainSet, split.TestSet);
    }

    /// <summary>One pixel in the raw units of another camera.</summary>
    public static IDataView Unscaled(MLContext ml, IDataView digits) => Mapped(ml, digits, (pixel, i) => i == 20 ? 4_000 + (1_000 * pixel) : pixel);

    private static IDataView Mapped(MLContext ml, IDataView digits, Func<float, int, float> pixel) =>
        ml.Transforms.CustomMapping<Row, Row>((from, to) => to.Pixels = [.. from.Pixels.Select(pixel)], contractName: null).Fit(digits).Transform(digits);

    internal sealed class Row
    {
        [VectorType(PixelCount)]
        public float[] Pixels { get; set; } = [];
    }
}
