namespace MLNetDebug.Data;

/// <summary>Mixing of 64-bit words.</summary>
internal static class Mix
{
    /// <summary>The finaliser of SplitMix64 (Steele, Lea and Flood 2014): a bijection whose every output bit depends on every input bit.</summary>
    public static ulong Hash(ulong value)
    {
        value += 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }

    /// <summary>A 32-bit hash of a label that is not missing, never 0.</summary>
    public static uint Label(ulong bits)
    {
        var hash = (uint)(Hash(bits) >> 32);
        return hash == 0 ? 1 : hash;
    }
}
