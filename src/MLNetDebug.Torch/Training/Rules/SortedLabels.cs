namespace MLNetDebug.Torch.Training;

/// <summary>
/// How far the labels stand sorted in the order in which training meets them. The runs test says whether they do at all; the share says how much: of the places at which the label would change
/// in shuffled rows, how many do not. 0 for shuffled rows, 1 for sorted ones.
/// </summary>
/// <param name="Z">The standardised number of changes (Wald and Wolfowitz 1940; for several classes Barton and David 1957); NaN where it is not known.</param>
/// <param name="Rows">Rows it stands on.</param>
/// <param name="Share">The share of missing changes; NaN where it is not known.</param>
internal readonly record struct SortedLabels(double Z, long Rows, double Share)
{
    public static SortedLabels Of(BatchTrack batches)
    {
        var all = (double)batches.ClassCounts.Values.Sum();
        var (squares, cubes) = (batches.ClassCounts.Values.Sum(c => Math.Pow(c / all, 2)), batches.ClassCounts.Values.Sum(c => Math.Pow(c / all, 3)));
        // Mean and variance of the changes per row, over all orders of the same labels, for many rows.
        var (mean, variance) = (1 - squares, squares + squares * squares - 2 * cubes);
        var share = mean > 0 && batches.LabelRunsRows > 0 ? -batches.LabelRunsZ * Math.Sqrt(Math.Max(0, variance) / batches.LabelRunsRows) / mean : double.NaN;
        return new(batches.LabelRunsZ, batches.LabelRunsRows, share);
    }

    /// <summary>True where the labels are sorted beyond doubt and by enough to matter.</summary>
    public bool AreSorted(double z, long rows, double share) => Rows >= rows && Z < -z && Share >= share;
}
