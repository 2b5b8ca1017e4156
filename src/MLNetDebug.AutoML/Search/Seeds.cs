namespace MLNetDebug.AutoML.Search;

/// <summary>The seeds of a sweep's trials.</summary>
internal static class Seeds
{
    /// <summary>The seed of a repeat: not that of the search, whose best trial was lucky with its own.</summary>
    /// <param name="seed">The sweep's.</param>
    /// <param name="repeat">The repeat, from 0.</param>
    public static int OfRepeat(int seed, int repeat) => unchecked((int)(((uint)seed * 2654435761u) + ((uint)(repeat + 1) * 40503u)) & int.MaxValue);
}
