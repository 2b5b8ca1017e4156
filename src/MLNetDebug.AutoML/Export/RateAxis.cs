namespace MLNetDebug.AutoML.Export;

/// <summary>Learning rates, or other numbers above 0, by their logarithm. What has none has a place of its own at the beginning.</summary>
internal sealed class RateAxis : IFigureAxis
{
    private const double LaneWidth = 56;
    private const int MaxTicks = 12;

    private readonly double _low;
    private readonly double _high;
    private readonly double _lane;

    /// <param name="rates">All rates; those that are not finite and above 0 have no place on the axis.</param>
    /// <param name="left">The left end.</param>
    /// <param name="right">The right end.</param>
    public RateAxis(IReadOnlyCollection<double> rates, double left, double right)
    {
        var known = rates.Where(IsKnown).ToArray();
        HasRates = known.Length > 0;
        HasLane = known.Length < rates.Count;
        (Left, Right) = (HasRates && HasLane ? left + LaneWidth : left, right);
        _lane = HasRates ? left + LaneWidth / 2 : (left + right) / 2;
        if (!HasRates)
            return;
        (_low, _high) = (Math.Log10(known.Min()), Math.Log10(known.Max()));
        var room = _high - _low < 0.05 ? 0.5 : 0.05 * (_high - _low);
        (_low, _high) = (_low - room, _high + room);
    }

    /// <summary>True where a rate has a place.</summary>
    public bool HasRates { get; }

    /// <summary>True where something has no rate.</summary>
    public bool HasLane { get; }

    /// <summary>Where the axis begins.</summary>
    public double Left { get; }

    /// <summary>Where the axis ends.</summary>
    public double Right { get; }

    /// <summary>The middle of the place of what has no rate.</summary>
    public double Lane => _lane;

    public static bool IsKnown(double rate) => double.IsFinite(rate) && rate > 0;

    /// <summary>Where a rate stands.</summary>
    public double At(double rate) => IsKnown(rate) && HasRates ? Left + (Right - Left) * Share(rate) : _lane;

    /// <summary>Where a rate stands between the ends, in [0, 1].</summary>
    public double Share(double rate) => Math.Clamp((Math.Log10(rate) - _low) / (_high - _low), 0, 1);

    /// <summary>The decades; between few of them also 2 and 5 times each, and where even these are too few, the ends.</summary>
    public IReadOnlyList<double> Ticks()
    {
        if (!HasRates)
            return [];
        var (from, to) = ((int)Math.Floor(_low), (int)Math.Ceiling(_high));
        var every = Math.Max(1, (to - from + MaxTicks - 1) / MaxTicks);
        var decades = Enumerable.Range(from, to - from + 1).Where(e => e % every == 0).Select(e => Math.Pow(10, e));
        var ticks = (_high - _low < 2.2 ? decades.SelectMany(d => new[] { d, 2 * d, 5 * d }) : decades).Where(IsInside).ToArray();
        return ticks.Length >= 2 ? ticks : [.. new[] { Math.Pow(10, _low), Math.Pow(10, _high) }.Where(IsKnown)];
    }

    private bool IsInside(double rate) => IsKnown(rate) && Math.Log10(rate) is var at && at >= _low && at <= _high;
}
