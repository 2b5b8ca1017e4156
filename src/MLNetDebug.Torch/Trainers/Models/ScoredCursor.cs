using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetDebug.Torch.Trainers.Models;

/// <summary>Reads some rows ahead, scores them together, and hands them out one by one.</summary>
internal sealed class ScoredCursor : DataViewRowCursor
{
    private readonly ScoredSchema _schema;
    private readonly DataViewRowCursor _input;
    private readonly ScoringBatch _batch;
    private readonly FeatureReader _features;
    private readonly ColumnBuffer?[] _columns;
    private readonly ColumnBuffer[] _active;
    private readonly bool[] _isActive;
    private readonly Place _place = new() { At = -1 };
    private readonly DataViewRowId[] _ids;
    private readonly long[] _batches;
    private readonly ValueGetter<DataViewRowId> _readId;
    private int _rows;
    private long _position = -1;
    private bool _isInputAtEnd;
    private bool _hasEnded;
    private bool _isDisposed;

    public ScoredCursor(ScoredSchema schema, DataViewRowCursor input, bool[] active, int batchSize)
    {
        (_schema, _input, _isActive) = (schema, input, active);
        batchSize = ScoringBatch.CapacityFor(schema.Model, batchSize);
        _features = FeatureReader.Create(input, schema);
        _columns = [.. Enumerable.Range(0, schema.Input.Count).Select(i => active[i] ? ColumnBuffer.Create(input, input.Schema[i], batchSize, _place) : null)];
        _active = [.. _columns.OfType<ColumnBuffer>()];
        (_ids, _batches, _readId) = (new DataViewRowId[batchSize], new long[batchSize], input.GetIdGetter());
        _batch = new ScoringBatch(schema.Model, batchSize);
    }

    public override DataViewSchema Schema => _schema.Output;

    public override long Position => _position;

    public override long Batch => _place.At >= 0 && _place.At < _rows ? _batches[_place.At] : _input.Batch;

    public override bool MoveNext()
    {
        if (_hasEnded || _isDisposed)
            return false;
        if (++_place.At < _rows || Fill())
        {
            _position++;
            return true;
        }

        (_hasEnded, _position) = (true, -1);
        return false;
    }

    public override bool IsColumnActive(DataViewSchema.Column column)
    {
        _schema.Check(column);
        return _isActive[column.Index];
    }

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId value) => value = _ids[_place.At];

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        if (!IsColumnActive(column))
            throw new InvalidOperationException($"Column '{column.Name}' was not asked for when the cursor was made.");
        var getter = _schema.ScoreAt(column.Index) is { } score ? ScoreGetters.Create(_schema.Model, score, _batch, _place) : _columns[column.Index]!.Getter;
        return getter as ValueGetter<TValue> ?? throw new InvalidOperationException($"Column '{column.Name}' is of type {column.Type}, which cannot be read as {typeof(TValue)}.");
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_isDisposed)
        {
            _isDisposed = true;
            _batch.Dispose();
            _input.Dispose();
        }

        base.Dispose(disposing);
    }

    private bool Fill()
    {
        (_rows, _place.At) = (0, 0);
        var to = _batch.Input;
        var slots = _schema.Model.Slots;
        while (_rows < _batch.Capacity && !_isInputAtEnd)
        {
            // Once at its end it is not asked again: not every cursor stays there.
            if (!_input.MoveNext())
            {
                _isInputAtEnd = true;
                break;
            }

            _features.Read(to.Slice(_rows * slots, slots));
            foreach (var column in _active)
                column.Read(_rows);
            _readId(ref _ids[_rows]);
            _batches[_rows] = _input.Batch;
            _rows++;
        }

        if (_rows == 0)
            return false;
        _batch.Score(_rows);
        return true;
    }
}
