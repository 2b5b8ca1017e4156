using MLNetDebug;

namespace GuardedTraining;

/// <summary>Shows on one line of the terminal what is being read; nothing where the output goes into a file.</summary>
internal sealed class ProgressLine : IProgress<DiagnosticsProgress>, IDisposable
{
    private const int Width = 30;
    private readonly Lock _line = new();

    public void Report(DiagnosticsProgress value)
    {
        if (Console.IsErrorRedirected)
            return;
        // How many rows there will be is known of few sources: the bar fills where it is, and the count runs in any case.
        var share = value.Total is > 0 ? Math.Min(1, (double)value.Done / value.Total.Value) : 0;
        lock (_line)
            Console.Error.Write($"\r{value.Stage,-14} [{new string('#', (int)(share * Width)),-Width}] {value.Done,10:n0} rows");
    }

    public void Dispose()
    {
        if (!Console.IsErrorRedirected)
            Console.Error.Write($"\r{new string(' ', Width + 40)}\r");
    }
}
