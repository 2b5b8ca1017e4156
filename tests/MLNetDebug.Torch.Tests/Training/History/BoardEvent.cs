using MLNetDebug.Torch.Zoo.History;

namespace MLNetDebug.Torch.Tests.Training.History;

/// <summary>One value of a TensorBoard file, decoded by the numbers that event.proto and summary.proto give their fields, and by no code of TorchSharp's or ours.</summary>
/// <param name="Step">The step.</param>
/// <param name="Tag">The tag; empty for the file's version.</param>
internal sealed record BoardEvent(long Step, string Tag)
{
    public double WallTime { get; init; }

    public string Version { get; init; } = "";

    public float? Scalar { get; init; }

    public string? Text { get; init; }

    public string? Plugin { get; init; }

    public ProtoMessage? Histogram { get; init; }

    /// <summary>Buckets as TensorBoard draws them: empty ones at both ends are left out, the first begins at the minimum and the last ends at the maximum.</summary>
    public IReadOnlyList<(double Left, double Right, double Count)> Buckets
    {
        get
        {
            var (limits, counts) = (Histogram!.Doubles(6), Histogram.Doubles(7));
            Assert.HasCount(limits.Count, counts);
            var (first, last) = (counts.TakeWhile(c => c == 0).Count(), counts.Count - 1 - counts.Reverse().TakeWhile(c => c == 0).Count());
            return [.. Enumerable.Range(first, last - first + 1).Select(i => (i == first ? Histogram.Double(1) : limits[i - 1], i == last ? Histogram.Double(2) : limits[i], counts[i]))];
        }
    }

    public static IReadOnlyList<BoardEvent> Read(string path)
    {
        var file = RecordFile.Read(File.ReadAllBytes(path));
        Assert.IsTrue(file is { Torn: 0, Wrong: null });
        return [.. file.Records.Select(r => new ProtoMessage(r)).SelectMany(Values)];
    }

    private static IEnumerable<BoardEvent> Values(ProtoMessage happened) => happened.Has(3)
        ? [new BoardEvent(0, "") { Version = happened.Text(3), WallTime = happened.Double(1) }]
        : happened.Messages(5).SelectMany(s => s.Messages(1)).Select(v => new BoardEvent(happened.Whole(2), v.Text(1))
        {
            WallTime = happened.Double(1),
            Scalar = v.Has(2) ? v.Single(2) : null,
            Histogram = v.Messages(5).SingleOrDefault(),
            Text = v.Messages(8).SingleOrDefault()?.Text(8),
            Plugin = v.Messages(9).SingleOrDefault()?.Messages(1).Single().Text(1),
        });
}
