namespace MLNetDebug.Data;

/// <summary>Makes the order statistics of a label out of what was accumulated.</summary>
internal static class LabelOrderMeasure
{
    /// <summary>Numbers are ranked over at most so many rows, the first ones.</summary>
    public const int MaxRanked = 1 << 18;

    /// <summary>Where no task is declared, whole numbers are classes up to so many distinct ones.</summary>
    private const int FewClasses = 50;

    /// <summary>Blocks hold at least so many labelled rows on average.</summary>
    private const int MinBlockRows = 8;

    /// <summary>Whether labels are classes: the task says; where it is unknown, the column's kind and the values do.</summary>
    public static bool IsClassification(LearningTask task, ColumnKind kind, ClassTable classes, long nonInteger)
    {
        if (kind is ColumnKind.Text or ColumnKind.Key or ColumnKind.Boolean)
            return true;
        if (task is not LearningTask.Unknown)
            return task is not LearningTask.Regression;
        if (classes.Overflowed || nonInteger > 0)
            return false;
        var rows = 0L;
        foreach (var count in classes.Counts)
            rows += count;
        return classes.Count <= 2 || (classes.Count <= FewClasses && classes.Count * 2L <= rows);
    }

    /// <summary>Order statistics of class labels; null without labelled rows.</summary>
    public static LabelOrder? OfClasses(LabelRuns runs, ClassTable classes, PositionBlocks blocks, LabelBatches batches, int batchSize)
    {
        if (runs.Rows == 0)
            return null;
        var order = new LabelOrder
        {
            Rows = runs.Rows,
            AdjacentEqual = runs.EqualPairs,
            FirstRun = runs.FirstRun,
            LongestRun = runs.LongestRun,
            IsClassification = true,
        };
        if (classes.Overflowed)
            return order;

        var join = JoinCount.Test(classes.Counts, runs.EqualPairs);
        var dependence = BlockDependence.OfClasses(blocks, classes.Counts, Groups(blocks, runs.Rows));
        return order with
        {
            AdjacentEqualExpected = join.Expected,
            JoinZ = join.Z,
            Lag1 = join.Excess,
            Lag1P = join.PValue,
            BlockEffect = dependence.Effect,
            BlockP = dependence.PValue,
            Batches = Homogeneity(batches, classes.Counts, batchSize),
        };
    }

    /// <summary>Order statistics of numbers, on ranks; beyond <see cref="MaxRanked"/> rows the blocks use the values of all rows.</summary>
    public static LabelOrder? OfNumbers(LabelRuns runs, PositionBlocks blocks, float[] sequence)
    {
        if (runs.Rows == 0)
            return null;
        var ranked = sequence.Length <= MaxRanked ? sequence : sequence[..MaxRanked];
        var positions = new long[ranked.Length];
        for (var i = 0; i < positions.Length; i++)
            positions[i] = i;
        var tests = SlotOrderTests.Compute(MidRanks.Of(ranked), positions, positions.Length);
        var (effect, p) = ranked.Length < sequence.Length
            ? BlockDependence.OfNumbers(blocks)
            : (Math.Sqrt(tests.BlockEffect), tests.BlockP);
        return new LabelOrder
        {
            Rows = runs.Rows,
            AdjacentEqual = runs.EqualPairs,
            Lag1 = double.IsNaN(tests.RankLag1) ? 0 : tests.RankLag1,
            Lag1P = tests.RankLag1P,
            BlockEffect = effect,
            BlockP = p,
            FirstRun = runs.FirstRun,
            LongestRun = runs.LongestRun,
        };
    }

    /// <summary>Label homogeneity of full batches; null where there are fewer than two, or batches of one row.</summary>
    public static BatchHomogeneity? Homogeneity(LabelBatches batches, ReadOnlySpan<long> counts, int batchSize)
    {
        if (batchSize < 2 || batches.Batches < 2 || batches.Rows < 4)
            return null;
        var inBatches = counts.ToArray();
        batches.SubtractRagged(inBatches);
        var n = (double)batches.Rows;
        double classes = 0, chiSquare = -n, single = 0;
        var meanSize = Math.Max(2, n / batches.Batches);
        for (var c = 0; c < inBatches.Length; c++)
        {
            if (inBatches[c] == 0)
                continue;
            classes++;
            chiSquare += n / inBatches[c] * batches.Squares[c];
            single += ShareOfPureDraws(inBatches[c], n, (int)Math.Round(meanSize));
        }

        chiSquare *= (n - 1) / n;
        var df = (batches.Batches - 1) * (classes - 1);
        var result = new BatchHomogeneity
        {
            BatchSize = batchSize,
            Batches = batches.Batches,
            SingleClass = batches.SingleClass,
            SingleClassExpectedShare = Math.Min(1, single),
        };
        if (df <= 0)
            return result;
        return result with
        {
            H = Math.Min(1, (chiSquare / df - 1) / (meanSize - 1)),
            PValue = ChiSquareTest.OfClasses(chiSquare, n, batches.Batches, batches.InverseSizes, inBatches),
        };
    }

    /// <summary>How many blocks are read as one, so that each holds enough rows.</summary>
    private static int Groups(PositionBlocks blocks, long rows)
    {
        var together = 1;
        while (together < blocks.Used && rows * together < (long)MinBlockRows * blocks.Used)
            together *= 2;
        return together;
    }

    /// <summary>Probability that rows drawn without replacement are all of one given class.</summary>
    private static double ShareOfPureDraws(double count, double n, int drawn)
    {
        var logarithm = 0.0;
        for (var i = 0; i < drawn && logarithm > -745; i++)
            logarithm += count > i ? Math.Log((count - i) / (n - i)) : double.NegativeInfinity;
        return Math.Exp(logarithm);
    }
}
