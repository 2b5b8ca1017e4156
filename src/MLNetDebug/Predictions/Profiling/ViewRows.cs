using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetDebug.Data;

namespace MLNetDebug.Predictions;

/// <summary>Scored rows of a data view.</summary>
internal sealed class ViewRows : ScoredRows
{
    private readonly DataViewRowCursor _cursor;
    private readonly string _name;
    private readonly ValueGetter<float>? _score;
    private readonly ValueGetter<VBuffer<float>>? _scores;
    private readonly ValueGetter<float>? _probability;
    private readonly LabelReader? _label;
    private readonly LabelReader? _predicted;
    private readonly Func<bool>[] _features;
    private readonly int _firstClass;
    private readonly int _firstPredicted;
    private VBuffer<float> _buffer;
    private long _row = -1;

    /// <exception cref="ArgumentException">A column is absent, or its type does not fit the task.</exception>
    public ViewRows(IDataView data, PredictionColumns columns, LearningTask task, string name)
    {
        Layout = PredictionSchema.Plan(data.Schema, columns, task, name);
        _name = name;
        string?[] read = [columns.Score, columns.Label, Layout.HasProbability ? columns.Probability : null, Layout.IsClassification ? columns.PredictedLabel : null, .. columns.Features];
        _cursor = data.GetRowCursor(read.OfType<string>().Distinct().Select(c => data.Schema[c]));
        if (Layout.IsMulticlass)
            _scores = _cursor.GetGetter<VBuffer<float>>(data.Schema[columns.Score]);
        else
            _score = _cursor.GetGetter<float>(data.Schema[columns.Score]);
        _probability = Layout.HasProbability ? _cursor.GetGetter<float>(data.Schema[columns.Probability!]) : null;
        (_label, _firstClass) = ReaderOf(data.Schema, columns.Label);
        (_predicted, _firstPredicted) = Layout.IsClassification ? ReaderOf(data.Schema, columns.PredictedLabel) : (null, 0);
        _features = [.. columns.Features.Select(f => Finiteness.TestOf(data.Schema[f], _cursor)).OfType<Func<bool>>()];
    }

    public override PredictionLayout Layout { get; }

    public override bool Read(ScoredRow row)
    {
        var column = string.Empty;
        try
        {
            if (!_cursor.MoveNext())
                return false;
            _row++;
            column = Layout.Columns.Score;
            ReadScores(row);
            column = Layout.Columns.Probability ?? column;
            var probability = float.NaN;
            _probability?.Invoke(ref probability);
            row.Probability = probability;
            column = Layout.Columns.Label ?? column;
            row.Label = _label is null ? double.NaN : ClassOf(_label.Read(out _));
            column = Layout.Columns.PredictedLabel ?? column;
            row.Predicted = _predicted?.Read(out _) is { } predicted && !double.IsNaN(predicted) ? (int)predicted - _firstPredicted : -1;
            return true;
        }
        catch (Exception e) when (e is not OperationCanceledException and not OutOfMemoryException)
        {
            var where = column.Length == 0 ? string.Empty : $", column '{column}'";
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"Row {Math.Max(0, _row)} of the {_name}{where} could not be read: {e.Message}"), e);
        }
    }

    public override bool FeaturesAreFinite() => Array.TrueForAll(_features, f => f());

    public override void Dispose() => _cursor.Dispose();

    private void ReadScores(ScoredRow row)
    {
        if (_score is not null)
        {
            _score(ref row.Scores[0]);
            return;
        }

        _scores!(ref _buffer);
        if (_buffer.Length != row.Scores.Length)
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"it holds {_buffer.Length} scores where its type says {row.Scores.Length}"));
        _buffer.CopyTo(row.Scores);
    }

    /// <summary>Keys count from 1 and classes from 0; a number above 0 is the second of two classes, as ML.NET's evaluators have it.</summary>
    private double ClassOf(double label) =>
        !double.IsFinite(label) || !Layout.IsClassification ? label
        : Layout.IsMulticlass || _firstClass == 1 ? label - _firstClass
        : label > 0 ? 1 : 0;

    private (LabelReader? Reader, int First) ReaderOf(DataViewSchema schema, string? name) =>
        name is null ? (null, 0) : (LabelReader.Create(null, schema[name], _cursor), schema[name].Type is KeyDataViewType ? 1 : 0);
}
