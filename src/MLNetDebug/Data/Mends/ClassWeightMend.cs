using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetDebug.Data;

/// <summary>Adds a weight column that balances the classes.</summary>
/// <param name="Label">The label column.</param>
/// <param name="Weights">Weight by class value, as in <see cref="ClassCount.Value"/>.</param>
/// <param name="WeightColumn">The new column; the data must not have it.</param>
public sealed record ClassWeightMend(string Label, IReadOnlyDictionary<double, float> Weights, string WeightColumn = "Weight")
    : Mend(
        "Weight rows so that classes count alike.",
        $"data = new ClassWeightMend({MendCode.Text(Label)}, {MendCode.Weights(Weights)}, {MendCode.Text(WeightColumn)}).Apply(ml, data); // and exampleWeightColumnName: {MendCode.Text(WeightColumn)}")
{
    /// <inheritdoc/>
    public override IDataView Apply(MLContext ml, IDataView data)
    {
        MendChecks.Arguments(ml, data);
        var label = MendChecks.Column(data, Label, this);
        if (data.Schema.GetColumnOrNull(WeightColumn) is not null)
            throw new InvalidOperationException($"The data already has a column '{WeightColumn}': pass another WeightColumn.");
        if (label.Type is VectorDataViewType || ColumnTypes.KindOf(label.Type) == ColumnKind.NotChecked)
            throw new InvalidOperationException($"Column '{Label}' is {label.Type}, which is no class label.");
        // Texts are numbered by their first row, whatever order a trainer reads the rows in.
        var texts = new Lazy<LabelTexts?>(() => label.Type is TextDataViewType ? TextsOf(data, label) : null);
        return new MappedColumnView(data, WeightColumn, NumberDataViewType.Single, annotations: null, [label], row => Getter(LabelReader.Create(texts.Value, label, row)));
    }

    private ValueGetter<float> Getter(LabelReader reader) => (ref float weight) =>
    {
        var value = reader.Read(out _);
        // A row without a label teaches nothing; its weight is never used.
        weight = double.IsNaN(value) ? 1
            : Weights.TryGetValue(value, out var found) ? found
            : throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"Column '{Label}' holds class {value}, which has no weight: it is not the data that was checked."));
    };

    private static LabelTexts TextsOf(IDataView data, DataViewSchema.Column label)
    {
        var texts = new LabelTexts();
        using var cursor = data.GetRowCursor([label]);
        var reader = LabelReader.Create(texts, label, cursor);
        while (cursor.MoveNext())
            reader.Read(out _);
        return texts;
    }
}
