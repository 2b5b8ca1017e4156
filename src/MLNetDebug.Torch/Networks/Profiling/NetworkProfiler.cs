namespace MLNetDebug.Torch.Networks.Profiling;

/// <summary>Runs a network once and writes down what it shows.</summary>
internal static class NetworkProfiler
{
    public static NetworkProfile Profile(NetworkUnderCheck network) => throw new NotImplementedException();
}
