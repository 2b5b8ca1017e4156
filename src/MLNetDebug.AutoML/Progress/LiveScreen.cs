using System.Diagnostics;
using System.Runtime.InteropServices;
using Spectre.Console;

namespace MLNetDebug.AutoML.Progress;

/// <summary>Draws on a thread of its own, so that a report takes no time of the sweep.</summary>
internal sealed class LiveScreen : IDisposable
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly IAnsiConsole _console;
    private readonly int? _searchTrials;
    private readonly ManualResetEventSlim _end = new();
    private readonly Thread _thread;
    private Seen? _seen;

    public LiveScreen(IAnsiConsole console, int? searchTrials)
    {
        (_console, _searchTrials) = (console, searchTrials);
        _thread = new Thread(Run) { IsBackground = true, Name = "sweep progress" };
        _thread.Start();
    }

    public void Show(SweepProgress value) => Volatile.Write(ref _seen, new Seen(value, Stopwatch.GetTimestamp()));

    // A terminal that takes nothing any more is not waited for.
    public void Dispose()
    {
        _end.Set();
        _thread.Join(Patience);
    }

    private void Run()
    {
        PosixSignalRegistration? interrupt = null;
        try
        {
            // Whoever ends the process by its terminal wants the cursor back, too.
            interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, _ => _console.Cursor.Show());
            _console.Live(new Text("")).Overflow(VerticalOverflow.Crop).Cropping(VerticalOverflowCropping.Bottom).Start(Draw);
        }
        catch (Exception)
        {
            // Whatever a terminal throws: on this thread it would end the process, and with it the sweep.
        }
        finally
        {
            interrupt?.Dispose();
        }
    }

    private void Draw(LiveDisplayContext context)
    {
        Seen? drawn = null;
        var at = Stopwatch.GetTimestamp();
        for (var isLast = false; ; isLast = _end.Wait(Between))
        {
            if (Volatile.Read(ref _seen) is { } seen && (isLast || seen != drawn || Stopwatch.GetElapsedTime(at) >= Idle))
            {
                (drawn, at) = (seen, Stopwatch.GetTimestamp());
                var elapsed = seen.Value.Elapsed + (isLast ? TimeSpan.Zero : Stopwatch.GetElapsedTime(seen.At));
                context.UpdateTarget(SweepScreen.Of(seen.Value, elapsed, _searchTrials, _console.Profile.Width, _console.Profile.Height));
            }

            if (isLast)
                return;
        }
    }

    private sealed record Seen(SweepProgress Value, long At);
}
