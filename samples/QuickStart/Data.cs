using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace QuickStart;

/// <summary>One handwritten digit: what it shows, and how dark its pixels are.</summary>
internal sealed record Digit
{
    public string Label { get; init; } = string.Empty;

    public float[] Features { get; init; } = [];
}

/// <summary>A training split, a test split, and the name of each pixel.</summary>
internal sealed record Split(Digit[] Train, Digit[] Test, string[] Pixels)
{
    /// <summary>A copy whose pixels may be changed.</summary>
    public Split Copy() => this with { Train = Copy(Train), Test = Copy(Test) };

    private static Digit[] Copy(Digit[] digits) => [.. digits.Select(d => d with { Features = [.. d.Features] })];
}

/// <summary>1,797 handwritten digits of 8 x 8 pixels (UCI, see data/ATTRIBUTION.md), made fit for training.</summary>
internal static class Data
{
    private const int Side = 8;

    /// <summary>The healthy base: deduplicated, shuffled, split, nearly blank pixels left out, the rest standardised.</summary>
    public static Split Load()
    {
        var lines = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "data", "digits.csv"));
        var digits = lines.Distinct().Select(Parse).ToArray();
        new Random(1).Shuffle(digits);
        var (train, test) = (digits[..1_100], digits[1_100..]);

        var kept = Enumerable.Range(0, Side * Side).Where(p => StandardDeviation(train, p) >= 0.5).ToArray();
        var names = kept.Select(p => $"pixel {p / Side},{p % Side}").ToArray();
        var mean = kept.Select(p => train.Average(d => d.Features[p])).ToArray();
        var spread = kept.Select(p => StandardDeviation(train, p)).ToArray();

        Digit Standardise(Digit digit) =>
            digit with { Features = [.. kept.Select((p, i) => (digit.Features[p] - mean[i]) / spread[i])] };
        return new Split([.. train.Select(Standardise)], [.. test.Select(Standardise)], names);
    }

    /// <summary>The digits as ML.NET reads them: a key column "Label" and a vector "Features" with the pixels' names.</summary>
    public static IDataView ToView(MLContext ml, IEnumerable<Digit> digits, string[] pixels)
    {
        var schema = SchemaDefinition.Create(typeof(Digit));
        var features = schema[nameof(Digit.Features)];
        features.ColumnType = new VectorDataViewType(NumberDataViewType.Single, pixels.Length);
        var names = new VBuffer<ReadOnlyMemory<char>>(pixels.Length, [.. pixels.Select(p => p.AsMemory())]);
        features.AddAnnotation("SlotNames", names, new VectorDataViewType(TextDataViewType.Instance, pixels.Length));

        var view = ml.Data.LoadFromEnumerable(digits, schema);
        return ml.Transforms.Conversion.MapValueToKey(nameof(Digit.Label), keyOrdinality: Microsoft.ML.Transforms.ValueToKeyMappingEstimator.KeyOrdinality.ByValue)
            .Fit(view).Transform(view);
    }

    private static Digit Parse(string line)
    {
        var cells = line.Split(',');
        return new Digit
        {
            Label = cells[^1],
            Features = [.. cells[..^1].Select(c => float.Parse(c, CultureInfo.InvariantCulture))],
        };
    }

    private static float StandardDeviation(Digit[] digits, int pixel)
    {
        var mean = digits.Average(d => d.Features[pixel]);
        return (float)Math.Sqrt(digits.Average(d => (d.Features[pixel] - mean) * (d.Features[pixel] - mean)));
    }
}
