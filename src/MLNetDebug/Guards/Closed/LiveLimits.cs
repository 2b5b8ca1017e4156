namespace MLNetDebug.Guards;

/// <summary>Limits of what is watched while a network trains.</summary>
internal static class LiveLimits
{
    /// <summary>
    /// Growth of the norm of all weights since training began that no fine-tuning needs: with clipped gradients and Adam at the default rate it stays below 1.1 over a
    /// whole run (docs/verified.md).
    /// </summary>
    public const double NormGrowth = 100;

    /// <summary>Steps between two scans of all weights; gradients are scanned at every step, and what they spoil is seen there first.</summary>
    public const int StepsPerScan = 10;

    /// <summary>First steps, each of which is followed by a scan of all weights.</summary>
    public const int FirstSteps = 20;
}
