using System.Runtime.InteropServices;

namespace MLNetDebug.Torch.Training.Signals;

/// <summary>
/// The runs test of Wald and Wolfowitz (1940), for more than two kinds by Barton and David (1957): in shuffled labels the number of runs has a known mean and variance. Counts only; in any number of
/// rows up to a limit.
/// </summary>
internal sealed class LabelRuns(int limit)
{
    private readonly Dictionary<long, long> _counts = [];
    private long _last;
    private long _runs;

    public long Rows { get; private set; }

    public void Add(ReadOnlySpan<long> labels)
    {
        foreach (var label in labels)
        {
            if (Rows == limit)
                return;
            // Left out by losses (ignore_index).
            if (label < 0)
                continue;
            _runs += Rows == 0 || label != _last ? 1 : 0;
            CollectionsMarshal.GetValueRefOrAddDefault(_counts, label, out _)++;
            _last = label;
            Rows++;
        }
    }

    /// <summary>How many standard deviations the runs are off their mean; NaN where all labels are alike or too few.</summary>
    public double Z
    {
        get
        {
            double n = Rows, squares = 0, cubes = 0;
            foreach (var count in _counts.Values)
            {
                squares += (double)count * count;
                cubes += (double)count * count * count;
            }

            if (n < 3 || _counts.Count < 2)
                return double.NaN;
            var mean = ((n * (n + 1)) - squares) / n;
            var variance = ((squares * (squares + (n * (n + 1)))) - (2 * n * cubes) - (n * n * n)) / (n * n * (n - 1));
            return variance > 0 ? (_runs - mean) / Math.Sqrt(variance) : double.NaN;
        }
    }
}
