using Microsoft.ML;
using MLNetDebug.Data;
using MLNetDebug.Pipeline;
using MLNetDebug.Zoo.Views;

namespace MLNetDebug.Zoo.Fuzz;

/// <summary>One fuzzed input, made of its seed alone.</summary>
internal sealed class FuzzInput : IDisposable
{
    private readonly CancellationTokenSource _cancellation = new();

    public FuzzInput(int seed)
    {
        var random = new Random(seed);
        var wide = seed % 1000 == 7;
        var rows = wide ? random.Next(1, 12) : random.Next(8) switch { 0 => 0, 1 => 1, 2 => 2, 3 => random.Next(3, 12), 7 => random.Next(200, 900), _ => random.Next(20, 200) };
        var tame = random.Next(3) == 0;
        var columns = wide ? [FuzzColumns.Wide(random, "Features", 100_000), FuzzColumns.Label(random, "Label", rows)] : Columns(random, rows, tame);
        var breaks = random.Next(12) switch { 0 => Break.Cancel, 1 => Break.Throw, _ => Break.None };
        var at = random.Next(Math.Max(1, rows));
        Train = new MemoryView(rows, columns) { HidesRowCount = random.Next(4) == 0, OnRow = row => OnRow(breaks, at, row) };
        Test = random.Next(8) switch
        {
            0 or 1 or 2 => null,
            3 or 4 or 5 or 6 => new MemoryView(rows, columns),
            _ => new MemoryView(rows / 2, Columns(random, rows / 2, tame)),
        };
        Options = FuzzOptions.Any(random, [.. columns.Select(c => c.Name)], _cancellation.Token);
        AsPipeline = random.Next(2) == 0;
        if (random.Next(40) == 0)
            _cancellation.Cancel();
    }

    private enum Break
    {
        None,
        Cancel,
        Throw,
    }

    public IDataView Train { get; }

    public IDataView? Test { get; }

    public DiagnosticsOptions Options { get; }

    /// <summary>True where it goes through <c>AppendDiagnostics().Fit</c> instead of <c>Validate</c>.</summary>
    public bool AsPipeline { get; }

    public bool IsCancelled => _cancellation.IsCancellationRequested;

    public void Dispose() => _cancellation.Dispose();

    private static MemoryColumn[] Columns(Random random, int rows, bool tame)
    {
        if (tame)
        {
            return
            [
                FuzzColumns.Numbers(random, "Features", rows), FuzzColumns.Any(random, "extra", rows), FuzzColumns.Label(random, "Label", rows),
            ];
        }

        return [.. Enumerable.Range(0, random.Next(7)).Select(_ => FuzzColumns.Any(random, HostileText.Name(random), rows))];
    }

    private void OnRow(Break breaks, int at, long row)
    {
        if (row != at)
            return;
        if (breaks == Break.Cancel)
            _cancellation.Cancel();
        if (breaks == Break.Throw)
            throw new SourceBrokenException();
    }
}

/// <summary>What a user's own source throws half-way; it must come through as it is.</summary>
internal sealed class SourceBrokenException() : Exception("the source broke");
