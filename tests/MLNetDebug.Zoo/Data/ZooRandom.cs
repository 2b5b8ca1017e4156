namespace MLNetDebug.Zoo.Data;

/// <summary>A seeded source of numbers, the same on every machine.</summary>
internal sealed class ZooRandom
{
    private readonly Random _random;
    private double _spare = double.NaN;

    public ZooRandom(int seed, string salt = "")
    {
        // A stable hash: string.GetHashCode differs from process to process.
        var mixed = unchecked((uint)seed * 2654435761u);
        foreach (var c in salt)
            mixed = unchecked((mixed ^ c) * 16777619u);
        _random = new Random(unchecked((int)mixed));
    }

    public double Uniform() => _random.NextDouble();

    public int Below(int bound) => _random.Next(bound);

    /// <summary>A standard normal number (Box and Muller 1958).</summary>
    public double Normal()
    {
        if (!double.IsNaN(_spare))
        {
            var spare = _spare;
            _spare = double.NaN;
            return spare;
        }

        var radius = Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble()));
        var (sin, cos) = Math.SinCos(2 * Math.PI * _random.NextDouble());
        _spare = radius * sin;
        return radius * cos;
    }

    public int[] Permutation(int count)
    {
        var order = Enumerable.Range(0, count).ToArray();
        _random.Shuffle(order);
        return order;
    }

    /// <summary>A column of standard normal numbers.</summary>
    public float[] Normals(int count)
    {
        var values = new float[count];
        for (var i = 0; i < count; i++)
            values[i] = (float)Normal();
        return values;
    }

    /// <summary>An index drawn with the given weights, which sum to 1.</summary>
    public int Draw(ReadOnlySpan<double> weights)
    {
        var left = Uniform();
        for (var k = 0; k < weights.Length - 1; k++)
        {
            left -= weights[k];
            if (left < 0)
                return k;
        }

        return weights.Length - 1;
    }

    /// <summary>A Poisson number (Knuth), for small means.</summary>
    public int Poisson(double mean)
    {
        var limit = Math.Exp(-mean);
        var product = Uniform();
        var count = 0;
        for (; product > limit; count++)
            product *= Uniform();
        return count;
    }
}
