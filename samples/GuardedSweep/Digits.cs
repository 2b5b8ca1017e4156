using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace GuardedSweep;

/// <summary>1,797 handwritten digits of 8 x 8 pixels: rows to train on, rows to choose by, and rows that nothing is chosen by.</summary>
internal static class Digits
{
    private const int PixelCount = 64;

    public static (IDataView Train, IDataView Validation, IDataView Test) Load(MLContext ml)
    {
        var all = ml.Data.LoadFromTextFile(
            Path.Combine(AppContext.BaseDirectory, "data", "digits.csv"),
            [new TextLoader.Column("Features", DataKind.Single, 0, PixelCount - 1), new TextLoader.Column("Digit", DataKind.Single, PixelCount)],
            separatorChar: ',');
        // Pixels are dark by up to 16.
        var prepared = ml.Transforms.NormalizeMinMax("Features").Append(ml.Transforms.Conversion.MapValueToKey("Label", "Digit", keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue)).Fit(all).Transform(all);
        var rest = ml.Data.TrainTestSplit(prepared, testFraction: 0.4, seed: 1);
        var held = ml.Data.TrainTestSplit(rest.TestSet, testFraction: 0.5, seed: 1);
        return (rest.TrainSet, held.TrainSet, held.TestSet);
    }
}
