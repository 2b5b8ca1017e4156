using System.ComponentModel.DataAnnotations;
using MLNetDebug.Data;

namespace MLNetDebug.Torch.Training;

/// <summary>Options of MLD404 while training.</summary>
public sealed record TrainingDeadModelOptions : RuleOptions
{
    /// <summary>Sampled steps in a row at which every row of the batch must have got the same answer, in [2, 1000]. Default 5.</summary>
    [Range(2, 1000)]
    public int LeastSamples { get; init; } = 5;

    /// <summary>Held-out rows that are needed to say that a network answers every row alike, in [2, 1000000000]. Default 20.</summary>
    [Range(2, 1_000_000_000)]
    public int MinimumRows { get; init; } = 20;

    /// <summary>Held-out probabilities whose spread over the rows, relative to the largest, is at most this are one answer for every row, in [0, 0.001]. Default 0.000001: what rounding to 24 bits leaves.</summary>
    [Range(0.0, 0.001)]
    public double ConstantSpread { get; init; } = 1e-6;
}

/// <summary>A network that says nothing: held-out answers that are not finite, or one answer for every row while their labels differ.</summary>
internal sealed class DeadModel(TrainingDeadModelOptions? options = null) : Rule<TrainingWindow>
{
    private readonly TrainingDeadModelOptions _options = options ?? new();

    public override RuleDescriptor Descriptor { get; } = new(
        RuleIds.DeadModel, nameof(RuleIds.DeadModel), "The model is dead: not finite, or one answer for every row.",
        RuleCategory.Validation, Severity.Error, ProofKind.Fact);

    public override RuleOptions Options => _options;

    protected override void Judge(TrainingWindow measured, FindingSink sink)
    {
        var place = new Subject(SubjectKind.Model, measured.Network);
        var epoch = measured.Epochs.LastOrDefault(e => e.Validation is { InvalidRows: >= 0 });
        if (epoch?.Validation is { NonFiniteRows: > 0 } broken)
            sink.Report(NotFinite(place with { Epoch = epoch.Epoch }, measured, epoch.Epoch, broken));
        else if (measured.Output is { } output && output.AlikeSamples >= _options.LeastSamples)
            JudgeOutput(place, measured, output, sink);
        else if (epoch?.Validation is { } held && held.Rows >= _options.MinimumRows && held.RowSpread <= _options.ConstantSpread * held.Max && held.MajorityShare < 1)
            sink.Report(Alike(place with { Epoch = epoch.Epoch }, $"{measured.Network} gives each of {Words.Count(held.Rows, "held-out row")} the same probabilities after epoch {Words.Number((long)epoch.Epoch)}", held.RowSpread / held.Max, held.Rows));
    }

    private void JudgeOutput(Subject place, TrainingWindow window, OutputTrack output, FindingSink sink)
    {
        // Where all rows have the same answer, one answer for every row is right.
        bool? vary = window.Batches.ClassCounts.Count > 0 ? window.Batches.ClassCounts.Count > 1 : double.IsNaN(window.Loss.ConstantLoss) ? null : window.Loss.ConstantLoss > 0;
        if (vary == true)
            sink.Report(Alike(place with { Step = window.Step }, $"{window.Network} has given every row of its batch the same answer at each of the last {Words.Number((long)output.AlikeSamples)} sampled steps ({Words.Count(output.Rows, "row")} each)", output.RowSpread, output.Rows * output.AlikeSamples));
        else if (vary is null)
            sink.NotChecked(place, "whether the network is dead: it answers every row alike, and of the labels nothing is known");
    }

    private FindingDraft Alike(Subject place, string what, double spread, long rows) => new(
        place, $"{what}, though their labels differ: what the rows say does not reach the output.")
    {
        Evidence =
        [
            new Evidence("spread of the answers over their size", spread) { Threshold = _options.ConstantSpread },
            new Evidence("rows", rows) { Unit = "rows" },
        ],
        Advice =
        [
            new Advice("A layer whose every unit is dead, weights at 0 or inputs that do not vary give one answer: look at each layer before the first step.", "Console.WriteLine(NetworkCheck.Run(model, optimizer, loss, (x, y)));"),
            new Advice("Where it has died while training, start again from the weights before it with a tenth of the learning rate."),
        ],
    };

    private static FindingDraft NotFinite(Subject place, TrainingWindow window, int epoch, ValidationRecord held) => new(
        place,
        $"{Words.Number(held.NonFiniteRows)} of {Words.Count(held.Rows, "held-out row")} get probabilities of {window.Network} that are NaN or infinite after epoch {Words.Number((long)epoch)}: for those rows it has no answer, and a mean that leaves them out looks better than it is.")
    {
        Evidence = [new Evidence("rows with a number that is not finite", held.NonFiniteRows) { Threshold = 0, Unit = "rows" }],
        Advice =
        [
            new Advice("Look for NaN in the held-out inputs first, then in the parameters.", "Console.WriteLine(x.isfinite().all()); foreach (var (name, p) in model.named_parameters()) if (!p.isfinite().all().ToBoolean()) Console.WriteLine(name);"),
        ],
    };
}
