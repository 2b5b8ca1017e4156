using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetDebug.Data;

namespace MLNetDebug.Guards;

/// <summary>
/// Keeps a uniform sample of rows while a pass goes by: a reservoir that draws how many rows to skip (Li, ACM TOMS 20, 1994, algorithm L), so that a row which is not
/// kept costs one comparison. The same rows for the same seed.
/// </summary>
internal sealed class RowSample : IRowTap
{
    /// <summary>At most so many numbers are kept, whatever the width of a row.</summary>
    private const long MaxValues = 4_000_000;

    /// <summary>Fewer rows are kept of very wide data, but at least so many.</summary>
    private const int MinRows = 20;

    private readonly SampledColumn[] _columns;
    private readonly List<long> _positions = [];
    private readonly Random _random;
    private readonly int _capacity;
    private double _weight = 1;
    private long _next;

    /// <param name="schema">The data's schema.</param>
    /// <param name="columns">The columns to keep; those of a kind that cannot be kept are left out.</param>
    /// <param name="rows">Rows to keep.</param>
    /// <param name="seed">The seed of the draw.</param>
    public RowSample(DataViewSchema schema, IEnumerable<string> columns, int rows, int seed)
    {
        _columns = [.. columns.Distinct().Select(c => schema.GetColumnOrNull(c)).OfType<DataViewSchema.Column>().Select(SampledColumn.Create).OfType<SampledColumn>()];
        var width = _columns.Sum(c => (long)Math.Max(1, (c.Column.Type as VectorDataViewType)?.Size ?? 1));
        _capacity = (int)Math.Max(MinRows, Math.Min(rows, MaxValues / Math.Max(1, width)));
        _random = new Random(seed);
    }

    /// <summary>A sample of the columns a model needs to be tried on.</summary>
    public static RowSample Of(DataViewSchema schema, DataDeclaration declaration, GuardOptions options) => new(
        schema, new[] { declaration.Label, declaration.Weight, declaration.Group }.OfType<string>().Concat(declaration.Features), options.ScoredRows, options.Diagnostics.Seed);

    /// <summary>The first rows, where no pass over all of them is made.</summary>
    public static RowSample OfFirstRows(IDataView data, DataDeclaration declaration, GuardOptions options, CancellationToken cancellation)
    {
        var sample = Of(data.Schema, declaration, options);
        using var cursor = data.GetRowCursor(sample.Columns.Select(c => data.Schema[c]));
        sample.Begin(cursor);
        for (var row = 0L; cursor.MoveNext(); row++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (row == sample._capacity)
            {
                // One row more than is kept: enough to know that these are not all.
                sample.Seen++;
                break;
            }

            sample.OnRow(row);
        }

        return sample;
    }

    public IEnumerable<string> Columns => _columns.Select(c => c.Column.Name);

    /// <summary>Position of each sampled row in the data.</summary>
    public IReadOnlyList<long> Positions => _positions;

    /// <summary>Rows that went by.</summary>
    public long Seen { get; private set; }

    public void Begin(DataViewRow row) => Array.ForEach(_columns, c => c.Bind(row));

    public void OnRow(long position)
    {
        Seen = position + 1;
        if (position < _capacity)
        {
            _positions.Add(position);
            Array.ForEach(_columns, c => c.Keep(_positions.Count - 1));
            if (_positions.Count == _capacity)
                Skip(position);
        }
        else if (position == _next)
        {
            var slot = _random.Next(_capacity);
            _positions[slot] = position;
            Array.ForEach(_columns, c => c.Keep(slot));
            Skip(position);
        }
    }

    /// <summary>The sampled rows as a view with the kept columns.</summary>
    /// <param name="limit">Wall time a cursor may take.</param>
    public IDataView ToView(TimeSpan limit) => new SampledView(_positions.Count, _columns, limit);

    private void Skip(long position)
    {
        _weight *= Math.Exp(Math.Log(1 - _random.NextDouble()) / _capacity);
        // Beyond 2^62 rows nobody reads on: the cast must not overflow into the past.
        var skipped = Math.Min(Math.Floor(Math.Log(1 - _random.NextDouble()) / Math.Log(1 - _weight)), 4e18);
        _next = position + (long)skipped + 1;
    }
}
