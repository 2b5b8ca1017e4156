namespace MLNetDebug.AutoML.Search;

/// <summary>The seeds of a sweep's trials and proposals.</summary>
internal static class Seeds
{
    /// <summary>The seed of a repeat: not that of the search, whose best trial was lucky with its own.</summary>
    /// <param name="seed">The sweep's.</param>
    /// <param name="repeat">The repeat, from 0.</param>
    public static int OfRepeat(int seed, int repeat) => Mixed(seed, repeat, 1);

    /// <summary>The seed of a proposal.</summary>
    /// <param name="seed">The sweep's.</param>
    /// <param name="trial">How many trials there are.</param>
    public static int OfProposal(int seed, int trial) => Mixed(seed, trial, 2);

    /// <summary>SplitMix64 (Steele et al., Fast Splittable Pseudorandom Number Generators, 2014): neighbouring seeds of <see cref="Random"/> give neighbouring first numbers, and these are none.</summary>
    private static int Mixed(int seed, int number, int purpose)
    {
        var z = unchecked(((ulong)(uint)seed << 32) + ((ulong)(uint)number << 2) + (ulong)purpose + 0x9E3779B97F4A7C15ul);
        z = unchecked((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ul);
        z = unchecked((z ^ (z >> 27)) * 0x94D049BB133111EBul);
        return (int)((z ^ (z >> 31)) & int.MaxValue);
    }
}
