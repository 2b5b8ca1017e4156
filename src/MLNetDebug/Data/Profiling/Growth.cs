namespace MLNetDebug.Data;

/// <summary>How arrays with a bound grow: in few, large steps, so that little is left behind, into memory that is touched only as it fills.</summary>
internal static class Growth
{
    private const int First = 1_024;

    /// <summary>The next capacity.</summary>
    /// <param name="capacity">The capacity so far.</param>
    /// <param name="needed">Values that must fit.</param>
    /// <param name="bound">Values that can ever be.</param>
    public static int Next(int capacity, int needed, int bound)
    {
        var next = Math.Max(First, Math.Max(needed, capacity * 4));
        return next > bound / 2 ? Math.Max(needed, bound) : next;
    }

    /// <summary>Makes an array longer or shorter; what is new in it holds anything.</summary>
    public static void Resize<T>(ref T[] values, int capacity, int count)
        where T : unmanaged
    {
        if (values.Length == capacity)
            return;
        var grown = GC.AllocateUninitializedArray<T>(capacity);
        values.AsSpan(0, Math.Min(count, capacity)).CopyTo(grown);
        values = grown;
    }
}
