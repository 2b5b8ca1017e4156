using MLNetDebug.AutoML.Progress;
using MLNetDebug.Data;
using Spectre.Console;

namespace MLNetDebug.AutoML;

/// <summary>
/// Shows where a sweep stands. On a terminal: what runs, what was ended and why, the best so far and how long it will take, rewritten in place at most ten times a second; leave the terminal to it until it is
/// disposed. Where output is redirected: a line for each stage and each trial that ended. Reports may come from several threads; what can no longer be written to is left alone: showing progress ends no sweep.
/// </summary>
public sealed class ConsoleSweepProgress : IProgress<SweepProgress>, IDisposable
{
    private readonly Lock _lock = new();
    private readonly IAnsiConsole _console;
    private readonly bool _isLive;
    private readonly PlainLines _lines = new();
    private LiveScreen? _screen;
    private TimeSpan _newest = TimeSpan.MinValue;
    private bool _isEnded;

    /// <summary>Shows on the console's standard output.</summary>
    public ConsoleSweepProgress()
        : this(AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Out) }))
    {
    }

    internal ConsoleSweepProgress(IAnsiConsole console)
        : this(console, !Console.IsOutputRedirected && console.Profile.Capabilities is { Ansi: true, Interactive: true })
    {
    }

    internal ConsoleSweepProgress(IAnsiConsole console, bool isLive) => (_console, _isLive) = (console, isLive);

    /// <summary>The trials that the search may take, for its bar, in [1, 100000]; null to go by the time that is left. Default null.</summary>
    public int? SearchTrials
    {
        get;
        init => field = value is null or (>= 1 and <= 100_000)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(SearchTrials), value, $"SearchTrials is {Words.Number((long)value)}: 1 to 100,000 is expected, or null.");
    }

    /// <summary>Shows a report; one that is older than another before it is passed over.</summary>
    /// <param name="value">Where the sweep stands.</param>
    public void Report(SweepProgress value)
    {
        lock (_lock)
        {
            if (value is null || _isEnded || value.Elapsed < _newest)
                return;
            _newest = value.Elapsed;
            if (_isLive)
                (_screen ??= new LiveScreen(_console, SearchTrials)).Show(value);
            else
                Write(value);
        }
    }

    /// <summary>Shows the last report once more, and gives the terminal back with its cursor.</summary>
    public void Dispose()
    {
        LiveScreen? screen;
        lock (_lock)
            (_isEnded, screen) = (true, _screen);
        screen?.Dispose();
    }

    private void Write(SweepProgress value)
    {
        try
        {
            // Not through the console: it would break a line where it thinks that a terminal ends.
            var to = _console.Profile.Out.Writer;
            foreach (var line in _lines.Next(value))
                to.WriteLine(line);
            to.Flush();
        }
        catch (Exception failure) when (failure is IOException or ObjectDisposedException)
        {
            _isEnded = true;
        }
    }
}
