namespace MLNetDebug.AutoML.Export;

/// <summary>Where numbers stand.</summary>
internal interface IFigureAxis
{
    /// <summary>Where a number stands; what lies outside stands at the end.</summary>
    double At(double value);

    /// <summary>Round numbers on it.</summary>
    IReadOnlyList<double> Ticks();
}

/// <summary>Numbers in equal steps, from a place to another.</summary>
internal sealed class LinearAxis : IFigureAxis
{
    private const int Wanted = 6;

    private readonly double _from;
    private readonly double _to;

    /// <param name="low">The number at <paramref name="from"/>.</param>
    /// <param name="high">The number at <paramref name="to"/>, above the other: otherwise both are moved apart.</param>
    /// <param name="from">The one end.</param>
    /// <param name="to">The other end.</param>
    public LinearAxis(double low, double high, double from, double to)
    {
        if (!(high > low))
        {
            var room = Math.Max(Math.Abs(low) * 0.05, 0.05);
            (low, high) = (Math.Max(low - room, double.MinValue), Math.Min(low + room, double.MaxValue));
        }

        (Low, High, _from, _to) = (low, high, from, to);
    }

    public double Low { get; }

    public double High { get; }

    // Half of a number that is too small for a double is 0, and twice one that is too large is infinite.
    public double At(double value) =>
        _from + (_to - _from) * Math.Clamp(double.IsFinite(High - Low) ? (value - Low) / (High - Low) : (value / 2 - Low / 2) / (High / 2 - Low / 2), 0, 1);

    public IReadOnlyList<double> Ticks() => Ticks(0);

    /// <summary>Round numbers that are whole.</summary>
    public IReadOnlyList<double> WholeTicks() => Ticks(1);

    private IReadOnlyList<double> Ticks(double least)
    {
        var raw = (High / 2 - Low / 2) / Wanted * 2;
        var decade = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        var step = decade * (raw / decade is var times && times <= 1 ? 1 : times <= 2 ? 2 : times <= 5 ? 5 : 10);
        step = Math.Max(least, step);
        // Numbers that a double can hardly tell apart, or hardly hold, have no round ones between them.
        if (!double.IsNormal(step) || Low + step == Low)
            return [Low, High];
        var first = Math.Ceiling(Low / step);
        return [.. Enumerable.Range(0, 2 * Wanted).Select(i => (first + i) * step).Where(t => t >= Low && t <= High)];
    }
}
