using System.Globalization;

namespace MLNetDebug.Data;

/// <summary>
/// Turns sampled columns of every kind into standardised numbers: numbers centred, scaled and clipped, with an indicator where often missing;
/// categories one-hot by their frequent codes. Beyond <see cref="MaxWidth"/> columns are folded together by a seeded sparse projection
/// (each column added, with a random sign, to one of the outputs), which keeps distances in the mean.
/// </summary>
internal static class ModelRowsBuilder
{
    /// <summary>At most so many columns are given to the models.</summary>
    public const int MaxWidth = 500;

    /// <summary>Numbers are clipped at so many deviations, so that no single value rules a distance.</summary>
    private const float Clip = 5;

    /// <summary>At most so many codes of one categorical column become columns of their own.</summary>
    private const int MaxCodes = 20;

    /// <summary>Missing values become a column of their own from this share on.</summary>
    private const double IndicatorShare = 0.02;

    public static ModelRows Build(IReadOnlyList<SampleColumn> columns, int[] sampleRows, int seed, CancellationToken cancellation)
    {
        var outputs = new List<float[]>();
        var folded = 0;
        var random = new Random(seed);
        foreach (var column in columns)
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (var values in column.IsCategorical && column.Kind != ColumnKind.Boolean ? OneHot(column, sampleRows) : Numbers(column, sampleRows))
            {
                if (outputs.Count < MaxWidth)
                {
                    outputs.Add(values);
                    continue;
                }

                folded++;
                var into = outputs[random.Next(MaxWidth)];
                var sign = random.Next(2) == 0 ? -1f : 1f;
                for (var i = 0; i < values.Length; i++)
                    into[i] += sign * values[i];
            }
        }

        var flat = new float[sampleRows.Length * outputs.Count];
        for (var c = 0; c < outputs.Count; c++)
        {
            for (var i = 0; i < sampleRows.Length; i++)
                flat[i * outputs.Count + c] = outputs[c][i];
        }

        return new ModelRows(flat, outputs.Count, sampleRows)
        {
            Remarks = folded == 0 ? []
                : [string.Create(CultureInfo.InvariantCulture, $"{outputs.Count + folded:N0} numeric columns were folded into {MaxWidth} by a seeded sparse projection.")],
        };
    }

    private static IEnumerable<float[]> Numbers(SampleColumn column, int[] sampleRows)
    {
        var values = new double[sampleRows.Length];
        double sum = 0, squares = 0;
        int finite = 0, nonZero = 0, missing = 0;
        for (var i = 0; i < values.Length; i++)
        {
            var value = column.Number(sampleRows[i]);
            values[i] = value;
            if (double.IsNaN(value))
                missing++;
            if (!double.IsFinite(value))
                continue;
            finite++;
            nonZero += value == 0 ? 0 : 1;
            sum += value;
        }

        if (finite > 1)
        {
            var mean = sum / finite;
            foreach (var value in values)
                squares += double.IsFinite(value) ? (value - mean) * (value - mean) : 0;
            var deviation = Math.Sqrt(squares / (finite - 1));

            // A column that is mostly zero is scaled by the size of its other values: by its deviation, a rare small
            // count would outweigh every dense column in a distance.
            var scale = deviation / Math.Sqrt((double)Math.Max(nonZero, 1) / finite);
            if (deviation > 1e-12 * Math.Abs(mean) && double.IsFinite(scale) && scale > 0)
                yield return Centre(values, v => double.IsNaN(v) ? 0 : Math.Clamp((float)((v - mean) / scale), -Clip, Clip));
        }

        if (missing >= IndicatorShare * values.Length && missing < values.Length)
            yield return Centre(values, v => double.IsNaN(v) ? 1 : 0);
    }

    private static IEnumerable<float[]> OneHot(SampleColumn column, int[] sampleRows)
    {
        var counts = new Dictionary<ulong, int>();
        foreach (var row in sampleRows)
            System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(counts, column.Code(row), out _)++;

        // A code that stands on a single row, or on every row, says nothing about any other row.
        foreach (var (code, _) in counts.Where(c => c.Value > 1 && c.Value < sampleRows.Length).OrderByDescending(c => c.Value).ThenBy(c => c.Key).Take(MaxCodes))
        {
            var values = new double[sampleRows.Length];
            for (var i = 0; i < values.Length; i++)
                values[i] = column.Code(sampleRows[i]) == code ? 1 : 0;
            yield return Centre(values, v => (float)v);
        }
    }

    private static float[] Centre(double[] values, Func<double, float> map)
    {
        var result = new float[values.Length];
        var sum = 0.0;
        for (var i = 0; i < values.Length; i++)
            sum += result[i] = map(values[i]);
        var mean = (float)(sum / values.Length);
        for (var i = 0; i < values.Length; i++)
            result[i] -= mean;
        return result;
    }
}
