namespace MLNetDebug.AutoML.Spaces;

/// <summary>One dimension of a search space, seen as the unit interval.</summary>
internal abstract class Dimension(string name)
{
    public string Name { get; } = name;

    /// <summary>The value at a place in [0, 1].</summary>
    public abstract double FromUnit(double unit);

    /// <summary>The place of a value; of one outside the range the nearer end.</summary>
    public abstract double ToUnit(double value);
}

/// <summary>A number in a range, by itself or by its logarithm.</summary>
internal sealed class NumberDimension(string name, double low, double high, bool isLogarithmic) : Dimension(name)
{
    private readonly double _low = isLogarithmic ? Math.Log(low) : low;
    private readonly double _high = isLogarithmic ? Math.Log(high) : high;

    public override double FromUnit(double unit)
    {
        // The ends are the ends, whatever rounding says.
        if (unit is <= 0 or >= 1)
            return unit <= 0 ? low : high;
        var value = _low + (unit * (_high - _low));
        return Math.Clamp(isLogarithmic ? Math.Exp(value) : value, low, high);
    }

    public override double ToUnit(double value) => _high == _low ? 0.5 : Math.Clamp(((isLogarithmic ? Math.Log(value) : value) - _low) / (_high - _low), 0, 1);
}

/// <summary>One of several values, in their order; each has an equal share of the interval.</summary>
internal sealed class ListDimension(string name, IReadOnlyList<double> values) : Dimension(name)
{
    public IReadOnlyList<double> Values { get; } = values;

    public override double FromUnit(double unit) => Values[Math.Clamp((int)(unit * Values.Count), 0, Values.Count - 1)];

    public override double ToUnit(double value)
    {
        var place = 0;
        for (var i = 1; i < Values.Count; i++)
        {
            if (Math.Abs(Values[i] - value) < Math.Abs(Values[place] - value))
                place = i;
        }

        return (place + 0.5) / Values.Count;
    }
}
