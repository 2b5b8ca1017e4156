using System.Text;
using MLNetDebug.Data;

namespace MLNetDebug.Torch.Training;

/// <summary>
/// Shows where a run stands: one line that is rewritten in place on an interactive console; where output is redirected, a plain line at the first report, at each new epoch, finding or action, and at one of
/// every <see cref="PlainEvery"/> reports. What can no longer be written to is left alone: showing progress ends no training.
/// </summary>
public sealed class ConsoleTrainingProgress : IProgress<TrainingProgress>, IDisposable
{
    private const int BarWidth = 20;

    private readonly TextWriter _to;
    private readonly bool _rewrite;
    private readonly Func<int> _width;
    private TrainingProgress? _last;
    private long _reports;
    private int _shown;
    private bool _isBroken;

    /// <summary>Writes to the console's standard output.</summary>
    public ConsoleTrainingProgress()
        : this(Console.Out, !Console.IsOutputRedirected, ConsoleWidth)
    {
    }

    /// <summary>Writes to any writer.</summary>
    /// <param name="to">Where to; it is not disposed.</param>
    /// <param name="rewrite">True rewrites one line by a carriage return; false writes plain lines.</param>
    public ConsoleTrainingProgress(TextWriter to, bool rewrite)
        : this(to, rewrite, () => int.MaxValue)
    {
    }

    internal ConsoleTrainingProgress(TextWriter to, bool rewrite, Func<int> width)
    {
        ArgumentNullException.ThrowIfNull(to);
        (_to, _rewrite, _width) = (to, rewrite, width);
    }

    /// <summary>Plain lines are written at one of so many reports, in [1, 1000000]. Default 50.</summary>
    public int PlainEvery { get; init => field = HistoryRanges.Checked(value, 1, nameof(PlainEvery)); } = 50;

    /// <summary>Shows a report.</summary>
    /// <param name="value">Where training stands.</param>
    public void Report(TrainingProgress value)
    {
        var isDue = _rewrite || _last is not { } last || (last.Epoch, last.Findings, last.Actions) != (value.Epoch, value.Findings, value.Actions) || ++_reports >= PlainEvery;
        _last = value;
        if (!isDue)
            return;
        _reports = 0;
        Write(_rewrite ? InPlace(Line(value)) : Line(value) + Environment.NewLine);
    }

    /// <summary>Ends the line that is rewritten, so that what follows begins on one of its own.</summary>
    public void Dispose()
    {
        if (_rewrite && _shown > 0)
            Write(Environment.NewLine);
        _shown = 0;
    }

    private void Write(string text)
    {
        if (_isBroken)
            return;
        try
        {
            _to.Write(text);
            _to.Flush();
        }
        catch (Exception failure) when (failure is IOException or ObjectDisposedException)
        {
            _isBroken = true;
        }
    }

    // A line as wide as the console would wrap, and could not be rewritten.
    private string InPlace(string line)
    {
        var fits = Math.Max(1, _width() - 1);
        if (line.Length > fits)
            line = line[..fits];
        var padding = Math.Max(0, Math.Min(_shown, fits) - line.Length);
        _shown = line.Length;
        return "\r" + line + new string(' ', padding);
    }

    private static string Line(TrainingProgress at)
    {
        var line = new StringBuilder($"epoch {at.Epoch}  ");
        if (at.StepsPerEpoch is > 0 and var steps)
            line.Append(Bar(at.StepInEpoch, steps)).Append($" {Words.Number(at.StepInEpoch)}/{Words.Number(steps)}  ");
        line.Append($"step {Words.Number(at.Step)}  loss {Words.Number(at.Loss)}");
        Append(line, "  gradient ", at.GradientNorm);
        Append(line, "  rate ", at.LearningRate);
        Append(line, "  validation ", at.ValidationLoss);
        if (!double.IsNaN(at.ValidationAccuracy))
            line.Append(double.IsNaN(at.ValidationLoss) ? "  validation " : ", ").Append(Words.Percent(at.ValidationAccuracy));
        if (at.Findings > 0)
            line.Append("  ").Append(Words.Count(at.Findings, "finding"));
        if (at.Actions > 0)
            line.Append("  ").Append(Words.Count(at.Actions, "action"));
        return line.ToString();
    }

    private static void Append(StringBuilder line, string name, double value)
    {
        if (!double.IsNaN(value))
            line.Append(name).Append(Words.Number(value));
    }

    private static string Bar(long done, long of)
    {
        var full = (int)Math.Clamp(BarWidth * (double)done / of, 0, BarWidth);
        return $"[{new string('=', full)}{new string('.', BarWidth - full)}]";
    }

    private static int ConsoleWidth()
    {
        try
        {
            return Console.WindowWidth is > 1 and var width ? width : 80;
        }
        catch (Exception unknown) when (unknown is IOException or PlatformNotSupportedException)
        {
            return 80;
        }
    }
}
