namespace MLNetDebug.Data;

/// <summary>
/// Class probabilities of rows from models that never saw their label: ML.NET's multinomial logistic regression over five stratified folds, and the labels of the ten
/// nearest other rows. Each is calibrated, then averaged: the line misses what the neighbours see and the other way round.
/// </summary>
internal sealed class OutOfFoldProbabilities
{
    /// <summary>Neighbours whose labels vote.</summary>
    public const int Neighbours = 10;

    private const int FoldCount = 5;

    /// <summary>Ridge of the logistic regression on standardised columns: wrong labels are not to be fitted.</summary>
    private const float L2 = 10;

    /// <summary>Rows times columns times classes beyond which fewer rows are taken, whatever the machine.</summary>
    private const double MaxWork = 4e6;

    /// <summary>At least so many rows are estimated, however wide they are.</summary>
    private const int MinRows = 200;

    private OutOfFoldProbabilities(int[] rows, int[] classes, float[] values)
    {
        Rows = rows;
        Classes = classes;
        Values = values;
    }

    /// <summary>Indices of the rows that were estimated, ascending.</summary>
    public int[] Rows { get; }

    /// <summary>Given class of each of them.</summary>
    public int[] Classes { get; }

    /// <summary>Row-major probabilities.</summary>
    public float[] Values { get; }

    /// <summary>False where the regression did not fit into the time left and neighbours vote alone.</summary>
    public bool HasLinear { get; private init; }

    /// <summary>Estimates every row, or a seeded choice of as many as keep the work bounded.</summary>
    public static OutOfFoldProbabilities Estimate(
        ModelRows rows, NeighbourGraph graph, int[] classes, int classCount, TimeLimit limit, int seed, CancellationToken cancellation)
    {
        var most = (int)Math.Min(rows.Count, Math.Max(MinRows, MaxWork / ((double)rows.Width * classCount)));
        var chosen = RowChoice.Sample([.. Enumerable.Range(0, rows.Count)], most, seed);
        int[] given = [.. chosen.Select(i => classes[i])];
        var values = Votes(graph, chosen, classes, classCount);
        Calibration.Calibrate(values, given, classCount);
        var linear = Linear(rows, chosen, classes, classCount, limit, seed, cancellation);
        if (linear is not null)
        {
            Calibration.Calibrate(linear, given, classCount);
            for (var i = 0; i < linear.Length; i++)
                values[i] = (values[i] + linear[i]) / 2;
        }

        return new OutOfFoldProbabilities(chosen, given, values) { HasLinear = linear is not null };
    }

    /// <summary>Null where the first of the five models says that all of them do not fit into the time left.</summary>
    private static float[]? Linear(ModelRows rows, int[] chosen, int[] classes, int classCount, TimeLimit limit, int seed, CancellationToken cancellation)
    {
        var folds = Folds.Stratified([.. chosen.Select(i => classes[i])], FoldCount, seed);
        var result = new float[chosen.Length * classCount];
        for (var f = 0; f < FoldCount; f++)
        {
            cancellation.ThrowIfCancellationRequested();
            var before = limit.Left;
            if (before <= TimeSpan.Zero)
                return null;
            var model = MaximumEntropy.Train(rows, classes, classCount, chosen.Where((_, i) => folds[i] != f), L2);
            if (f == 0 && (FoldCount - 1) * (before - limit.Left) > limit.Left)
                return null;
            for (var i = 0; i < chosen.Length; i++)
            {
                if (folds[i] == f)
                    model.Predict(rows.Row(chosen[i]), result.AsSpan(i * classCount, classCount));
            }
        }

        return result;
    }

    /// <summary>Votes of the neighbours, nearer ones counting more, with half a vote for the classes' shares.</summary>
    private static float[] Votes(NeighbourGraph graph, int[] chosen, int[] classes, int classCount)
    {
        const float prior = 0.5f, softening = 0.3f;
        var shares = new float[classCount];
        foreach (var c in classes)
            shares[c] += 1f / classes.Length;
        var result = new float[chosen.Length * classCount];
        for (var i = 0; i < chosen.Length; i++)
        {
            var votes = result.AsSpan(i * classCount, classCount);
            for (var k = 0; k < classCount; k++)
                votes[k] = prior * shares[k];
            var total = prior;
            var neighbours = graph.Of(chosen[i]);
            var distances = graph.DistancesOf(chosen[i]);
            var scale = distances[^1] + 1e-9f;
            for (var n = 0; n < neighbours.Length; n++)
            {
                var weight = 1 / (softening + distances[n] / scale);
                votes[classes[neighbours[n]]] += weight;
                total += weight;
            }

            for (var k = 0; k < classCount; k++)
                votes[k] /= total;
        }

        return result;
    }
}
