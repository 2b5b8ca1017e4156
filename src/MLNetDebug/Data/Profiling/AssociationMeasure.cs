namespace MLNetDebug.Data;

/// <summary>How one sampled slot alone tells the label.</summary>
internal static class AssociationMeasure
{
    /// <summary>A class with fewer rows says nothing of a ranking.</summary>
    private const int MinClassRows = 10;

    /// <param name="sorted">The slot's rows, sorted.</param>
    /// <param name="isCategorical">True where its values are categories.</param>
    /// <param name="labels">The labels.</param>
    /// <returns>The association; null where too few rows or classes are there.</returns>
    public static LabelAssociation? Measure(RowSorter sorted, bool isCategorical, SampledLabels labels) =>
        isCategorical ? CramersV(sorted, labels)
        : labels.Ranks is null ? Auc(sorted, labels)
        : Spearman(sorted, labels.Ranks);

    /// <summary>Area under the ROC curve by rank sums (Mann and Whitney 1947), one class against the rest; the best one, folded.</summary>
    private static LabelAssociation? Auc(RowSorter sorted, SampledLabels labels)
    {
        var rows = sorted.Rows;
        var runs = sorted.Runs;
        var classes = labels.Classes;
        var rankSums = new double[labels.ClassCount];
        var counts = new int[labels.ClassCount];
        var below = 0;
        for (var run = 0; run + 1 < runs.Length; run++)
        {
            if (runs[run + 1] - runs[run] == 1)
            {
                // Most values of a real-valued slot stand alone.
                var only = classes[rows[runs[run]]];
                if (only < 0)
                    continue;
                rankSums[only] += ++below;
                counts[only]++;
                continue;
            }

            var members = rows[runs[run]..runs[run + 1]];
            var labelled = members.Length;
            foreach (var row in members)
                labelled -= classes[row] < 0 ? 1 : 0;
            var rank = below + ((labelled + 1) / 2.0);
            foreach (var row in members)
            {
                var index = classes[row];
                if (index < 0)
                    continue;
                rankSums[index] += rank;
                counts[index]++;
            }

            below += labelled;
        }

        var best = double.NaN;
        for (var index = 0; index < counts.Length; index++)
        {
            double own = counts[index], others = below - counts[index];
            if (own < MinClassRows || others < MinClassRows)
                continue;
            var area = (rankSums[index] - (own * (own + 1) / 2)) / (own * others);
            best = Math.Max(double.IsNaN(best) ? 0.5 : best, Math.Max(area, 1 - area));
        }

        return double.IsNaN(best) ? null : new LabelAssociation(AssociationKind.Auc, best, below);
    }

    private static LabelAssociation? Spearman(RowSorter sorted, float[] labelRanks)
    {
        var rows = sorted.Rows;
        var runs = sorted.Runs;
        double n = 0, sumX = 0, sumY = 0, sumXX = 0, sumYY = 0, sumXY = 0;
        var middle = (labelRanks.Length + 1) / 2.0;
        for (var run = 0; run + 1 < runs.Length; run++)
        {
            var x = ((runs[run] + 1 + runs[run + 1]) / 2.0) - middle;
            foreach (var row in rows[runs[run]..runs[run + 1]])
            {
                if (float.IsNaN(labelRanks[row]))
                    continue;
                var y = labelRanks[row] - middle;
                n++;
                sumX += x;
                sumY += y;
                sumXX += x * x;
                sumYY += y * y;
                sumXY += x * y;
            }
        }

        var squares = (sumXX - (sumX * sumX / n)) * (sumYY - (sumY * sumY / n));
        if (n < MinClassRows || !(squares > 0))
            return null;
        var correlation = (sumXY - (sumX * sumY / n)) / Math.Sqrt(squares);
        return new LabelAssociation(AssociationKind.Spearman, Math.Min(1, Math.Abs(correlation)), (int)n);
    }

    /// <summary>Cramér's V with the bias correction of Bergsma (2013).</summary>
    private static LabelAssociation? CramersV(RowSorter sorted, SampledLabels labels)
    {
        var rows = sorted.Rows;
        var runs = sorted.Runs;
        var classes = labels.Classes;
        var totals = new int[labels.ClassCount];
        foreach (var row in rows)
        {
            if (classes[row] >= 0)
                totals[classes[row]]++;
        }

        var n = 0;
        var categories = 0;
        var ratio = 0.0;
        var counts = new int[labels.ClassCount];
        for (var run = 0; run + 1 < runs.Length; run++)
        {
            var members = rows[runs[run]..runs[run + 1]];
            var size = 0;
            foreach (var row in members)
            {
                if (classes[row] < 0)
                    continue;
                counts[classes[row]]++;
                size++;
            }

            foreach (var row in members)
            {
                if (classes[row] < 0 || counts[classes[row]] == 0)
                    continue;
                var count = counts[classes[row]];
                ratio += (double)count * count / ((double)size * totals[classes[row]]);
                counts[classes[row]] = 0;
            }

            n += size;
            categories += size > 0 ? 1 : 0;
        }

        var kinds = totals.Count(t => t > 0);
        if (n < MinClassRows || categories < 2 || kinds < 2)
            return null;
        double r = categories, k = kinds;
        var phi = Math.Max(0, ratio - 1 - ((r - 1) * (k - 1) / (n - 1)));
        var least = Math.Min(r - ((r - 1) * (r - 1) / (n - 1)), k - ((k - 1) * (k - 1) / (n - 1))) - 1;
        return new LabelAssociation(AssociationKind.CramersV, least > 1e-9 ? Math.Min(1, Math.Sqrt(phi / least)) : 0, n);
    }
}
