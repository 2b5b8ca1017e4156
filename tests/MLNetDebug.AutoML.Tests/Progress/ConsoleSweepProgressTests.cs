using MLNetDebug.AutoML.Progress;
using MLNetDebug.AutoML.Studies;
using Spectre.Console;

namespace MLNetDebug.AutoML.Tests.Progress;

[TestClass]
public sealed class ConsoleSweepProgressTests
{
    private const string HideCursor = "\u001B[?25l";
    private const string ShowCursor = "\u001B[?25h";

    [TestMethod]
    public void Redirected_WritesALineForEachStageAndEachEndedTrial()
    {
        var output = new StringWriter();
        using (var progress = new ConsoleSweepProgress(On(output), isLive: false))
        {
            progress.Report(At(1, "search", Trial(0, TrialState.Running)));
            progress.Report(At(2, "search", Trial(0, TrialState.Running), Trial(1, TrialState.Running)));
            progress.Report(At(3, "search", Trial(0, TrialState.Completed), Trial(1, TrialState.Running)));
            progress.Report(At(4, "search", Trial(0, TrialState.Completed), Trial(1, TrialState.Pruned, "Others stood better.")));
            progress.Report(At(5, "done", Trial(0, TrialState.Completed), Trial(1, TrialState.Pruned, "Others stood better.")));
        }

        CollectionAssert.AreEqual(
            new[]
            {
                "sweep s: search (1 running)",
                "trial 0 completed, accuracy 0.9, epoch 2/9, rate 0.01, batch 32, the best so far",
                "trial 1 pruned, accuracy 0.9, epoch 2/9, rate 0.01, batch 32: Others stood better.",
                "sweep s: done (1 completed, 1 pruned)",
            },
            Lines(output));
    }

    [TestMethod]
    public void Choices_StandByTheirText()
    {
        var settings = StudySettings.Of(new() { Metric = SweepMetric.Accuracy, Space = new() { Options = [new ChoiceOption("kind", ["sgd", "adam"])] } });
        var trial = Trial(0, TrialState.Completed);
        trial = trial with { Plan = trial.Plan with { Parameters = new([.. trial.Plan.Parameters.Values, new("kind", 1)]) } };
        var at = At(1, "search", trial) with { Choices = ChoiceTexts.Of(new StudyDefinition("s", settings)) };
        StringAssert.Contains(ProgressWords.Line(trial, at), "rate 0.01, batch 32, kind adam");
        StringAssert.Contains(Live(at), "kind adam");
    }

    [TestMethod]
    public void Redirected_CountsWhatEndedBeforeAStudyGoesOn()
    {
        var output = new StringWriter();
        using var progress = new ConsoleSweepProgress(On(output), isLive: false);
        var before = Enumerable.Range(0, 50).Select(i => Trial(i, TrialState.Completed)).ToArray();
        progress.Report(At(1, "search", before));
        progress.Report(At(2, "search", [.. before, Trial(50, TrialState.Failed, "It threw.")]));
        CollectionAssert.AreEqual(new[] { "sweep s: search (50 completed)", "trial 50 failed, accuracy 0.9, epoch 2/9, rate 0.01, batch 32: It threw." }, Lines(output));
    }

    [TestMethod]
    public void Redirected_FromManyThreads_TellsEachTrialOnce()
    {
        var output = new StringWriter();
        using var progress = new ConsoleSweepProgress(On(output), isLive: false);
        progress.Report(At(0, "search"));
        var all = Enumerable.Range(0, 200).Select(i => Trial(i, TrialState.Completed)).ToArray();
        Parallel.For(0, 200, i => progress.Report(At(i, "search", all[..i])));
        progress.Report(At(1000, "search", all));
        var told = Lines(output).Skip(1).Select(l => l.Split(' ')[1]).ToArray();
        Assert.HasCount(200, told);
        Assert.HasCount(200, told.Distinct().ToArray());
    }

    [TestMethod]
    public void Live_ShowsWhatRunsWhatEndedAndTheBest()
    {
        var screen = Live(At(1, "search", Trial(0, TrialState.Completed), Trial(1, TrialState.Pruned, "Others stood better."), Trial(2, TrialState.Failed, "It threw."), Trial(3, TrialState.Running)));
        foreach (var text in new[] { "Sweep s: search, 1 s, about 1 min 30 s left", "3/30 of the search", "1 running, 1 completed, 1 pruned, 1 failed", "Best: trial 0, accuracy 0.9", "trial 3", "2/9", "trial 1 pruned", "Others stood better.", "trial 2 failed", "It threw." })
            Assert.Contains(text, screen);
    }

    [TestMethod]
    public void Live_HidesTheCursorAndGivesItBack()
    {
        var screen = Live(At(1, "search", Trial(0, TrialState.Running)));
        Assert.Contains(HideCursor, screen);
        Assert.IsGreaterThan(screen.LastIndexOf(HideCursor, StringComparison.Ordinal), screen.LastIndexOf(ShowCursor, StringComparison.Ordinal));
    }

    [TestMethod]
    public void Live_ReadsNoMarkupAndPassesOnNoControl()
    {
        var trial = Trial(0, TrialState.Pruned, "[red]x[/] [/] \u001B[2J\u202E");
        var screen = Live(At(1, "[bold]search", trial) with { Study = "[link=x]\u0007s", Metric = new SweepMetric("[/]", true) });
        Assert.Contains("[red]x[/] [/] \\u001B[2J\\u202E", screen);
        Assert.Contains("[link=x]\\u0007s: [bold]search", screen);
        Assert.DoesNotContain("\u001B[2J", screen);
        Assert.DoesNotContain("\u0007", screen);
    }

    [TestMethod]
    public void Live_FitsTheHeightHoweverManyTrialsThereAre()
    {
        var trials = Enumerable.Range(0, 300).Select(i => Trial(i, i % 2 == 0 ? TrialState.Running : TrialState.Failed, "A reason that is far too long for the place that is left for it on a line of the terminal."));
        var screen = Live(At(1, "search", [.. trials]));
        Assert.Contains("and 145 more", screen);
        Assert.IsLessThanOrEqualTo(24, screen[screen.LastIndexOf("Sweep s", StringComparison.Ordinal)..].Count(c => c == '\n'));
    }

    [TestMethod]
    public void WriterThatFails_EndsNoSweep()
    {
        foreach (var isLive in new[] { false, true })
        {
            var progress = new ConsoleSweepProgress(On(new BrokenWriter()), isLive);
            for (var i = 0; i < 3; i++)
                progress.Report(At(i, "search", Trial(0, TrialState.Completed)));
            progress.Report(null!);
            progress.Dispose();
            progress.Dispose();
            progress.Report(At(9, "done"));
        }
    }

    [TestMethod]
    public void SearchTrials_OutsideItsRange_IsRefused() =>
        Assert.Contains("1 to 100,000", Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new ConsoleSweepProgress { SearchTrials = 0 }).Message);

    private static string Live(SweepProgress at)
    {
        var output = new StringWriter();
        using (var progress = new ConsoleSweepProgress(On(output), isLive: true) { SearchTrials = 30 })
            progress.Report(at);
        return output.ToString();
    }

    private static IAnsiConsole On(TextWriter to)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.Yes, ColorSystem = ColorSystemSupport.NoColors, Interactive = InteractionSupport.Yes, Out = new AnsiConsoleOutput(to) });
        (console.Profile.Width, console.Profile.Height) = (120, 24);
        return console;
    }

    private static string[] Lines(StringWriter output) => output.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);

    private static SweepProgress At(int second, string stage, params TrialRecord[] trials) => new(
        "s", stage, SweepMetric.Accuracy, trials, trials.FirstOrDefault(t => t.State == TrialState.Completed), TimeSpan.FromSeconds(second), TimeSpan.FromSeconds(90));

    private static TrialRecord Trial(int number, TrialState state, string? reason = null) =>
        new(new TrialPlan(number, TrialKind.Search, new TrialParameters([new(TrialParameters.LearningRateName, 0.01), new(TrialParameters.BatchSizeName, 32)]), 1, 9))
        {
            State = state,
            Metric = state == TrialState.Running ? double.NaN : 0.9,
            Reason = reason,
            Points = [new(1, 0.5, 1), new(2, 0.9, 2)],
            Ended = state == TrialState.Running ? null : DateTimeOffset.UnixEpoch.AddSeconds(number),
        };

    private sealed class BrokenWriter : StringWriter
    {
        public override void Write(char value) => throw new IOException("The pipe is broken.");

        public override void Write(string? value) => throw new IOException("The pipe is broken.");

        public override void Flush() => throw new IOException("The pipe is broken.");
    }
}
