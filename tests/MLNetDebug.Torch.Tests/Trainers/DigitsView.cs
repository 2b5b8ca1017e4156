using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetDebug.Zoo;

namespace MLNetDebug.Torch.Tests.Trainers;

/// <summary>UCI's handwritten digits as a view, shuffled once, labels as a key.</summary>
internal sealed class DigitsView
{
    private const int TrainRows = 1200;

    private static readonly Row[] Rows = Read();

    private DigitsView(MLContext ml)
    {
        ML = ml;
        var schema = SchemaDefinition.Create(typeof(Row));
        schema[nameof(Row.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, 1, 8, 8);
        var map = ml.Transforms.Conversion.MapValueToKey("Label", keyOrdinality: Microsoft.ML.Transforms.ValueToKeyMappingEstimator.KeyOrdinality.ByValue);
        var train = ml.Data.LoadFromEnumerable(Rows[..TrainRows], schema);
        var fitted = map.Fit(train);
        (Train, Test) = (fitted.Transform(train), fitted.Transform(ml.Data.LoadFromEnumerable(Rows[TrainRows..], schema)));
    }

    public MLContext ML { get; }

    public IDataView Train { get; }

    public IDataView Test { get; }

    public static DigitsView Load() => new(new MLContext(1));

    private static Row[] Read()
    {
        Row[] rows = [.. File.ReadLines(Repository.PathOf("samples", "QuickStart", "data", "digits.csv"))
            .Select(l => l.Split(',').Select(c => float.Parse(c, CultureInfo.InvariantCulture)).ToArray())
            .Select(c => new Row { Features = [.. c[..64].Select(v => v / 16)], Label = c[64].ToString(CultureInfo.InvariantCulture) })];
        new Random(1).Shuffle(rows);
        return rows;
    }

    internal sealed class Row
    {
        public float[] Features { get; set; } = [];

        public string Label { get; set; } = "";
    }
}
