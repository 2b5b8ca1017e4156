using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetDebug.Torch.Trainers.Models;

/// <summary>A row with the answers of a network, computed once for each position of the row below it.</summary>
internal sealed class ScoredRow : DataViewRow
{
    private readonly ScoredSchema _schema;
    private readonly DataViewRow _input;
    private readonly bool[] _active;
    private readonly ScoringBatch? _batch;
    private readonly FeatureReader? _features;
    private readonly Place _place = new();
    private long _scored = -1;
    private bool _isDisposed;

    public ScoredRow(ScoredSchema schema, DataViewRow input, bool[] active)
    {
        (_schema, _input, _active) = (schema, input, active);
        if (!schema.IsScored(active))
            return;
        _features = FeatureReader.Create(input, schema);
        _batch = new ScoringBatch(schema.Model, 1);
    }

    public override DataViewSchema Schema => _schema.Output;

    public override long Position => _input.Position;

    public override long Batch => _input.Batch;

    public override bool IsColumnActive(DataViewSchema.Column column)
    {
        _schema.Check(column);
        return _active[column.Index];
    }

    public override ValueGetter<DataViewRowId> GetIdGetter() => _input.GetIdGetter();

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        if (!IsColumnActive(column))
            throw new InvalidOperationException($"Column '{column.Name}' was not asked for when the row was made.");
        if (_schema.ScoreAt(column.Index) is not { } score)
            return _input.GetGetter<TValue>(_input.Schema[column.Index]);
        return ScoreGetters.Create(_schema.Model, score, _batch!, _place, Score) as ValueGetter<TValue>
            ?? throw new InvalidOperationException($"Column '{column.Name}' is of type {column.Type}, which cannot be read as {typeof(TValue)}.");
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_isDisposed)
        {
            _isDisposed = true;
            _batch?.Dispose();
            _input.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Score()
    {
        if (_scored == _input.Position)
            return;
        _features!.Read(_batch!.Input);
        _batch.Score(1);
        _scored = _input.Position;
    }
}
