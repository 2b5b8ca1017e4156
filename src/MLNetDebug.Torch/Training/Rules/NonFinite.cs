using MLNetDebug.Torch.Training.Locating;

namespace MLNetDebug.Torch.Training;

/// <summary>A loss, a gradient or a parameter that is not finite: which module, which direction, which operation on which value.</summary>
internal sealed class NonFinite : Rule<TrainingWindow>
{
    public override RuleDescriptor Descriptor { get; } = new(
        RuleIds.NonFinite, nameof(RuleIds.NonFinite), "A loss, a gradient or a parameter is not finite.", RuleCategory.Gradients, Severity.Error, ProofKind.Fact)
    { Notes = [13] };

    protected override void Judge(TrainingWindow measured, FindingSink sink)
    {
        if (measured.NonFinite is not { } incident)
            return;
        var subject = SubjectOf(measured, incident);
        sink.Report(new FindingDraft(subject, IncidentWords.Message(incident))
        {
            Confidence = IsSure(incident) ? Confidence.Confirmed : Confidence.Suspected,
            Evidence = [.. Evidence(incident)],
            Advice = [.. Advice(incident)],
            Proof = incident.IsReproduced ? new Proof(ProofKind.Replay, Proof(incident.Direction)) : null,
        });
        if (!incident.IsReplayed && incident.Direction != NonFiniteDirection.Update)
        {
            var missing = incident.Direction is NonFiniteDirection.Input or NonFiniteDirection.Parameter ? "whether these numbers reach the loss" : "which module and which operation made it";
            sink.NotChecked(subject, missing + ": the step cannot be run again. Let the guard run it: guard.Step((x, y), b => loss.call(model.call(b.x), b.y))");
        }
    }

    // What stands in a batch or a parameter is counted; what a pass made is sure where it came again.
    private static bool IsSure(NonFiniteIncident incident) =>
        incident.Direction is NonFiniteDirection.Input or NonFiniteDirection.Parameter or NonFiniteDirection.Update || incident.IsReproduced;

    private static Subject SubjectOf(TrainingWindow window, NonFiniteIncident incident)
    {
        var subject = incident.Direction switch
        {
            NonFiniteDirection.Input => new Subject(SubjectKind.DataSet, "batch") { Rows = incident.Row is { } row ? [row] : [] },
            NonFiniteDirection.Parameter or NonFiniteDirection.Update => new Subject(SubjectKind.Layer, incident.Tensor),
            _ when incident.IsInLoss => new Subject(SubjectKind.Layer, "loss"),
            _ => new Subject(SubjectKind.Layer, string.IsNullOrEmpty(incident.Module) ? window.Network : incident.Module),
        };
        return subject with { Step = incident.Step, Epoch = window.Epoch };
    }

    private static IEnumerable<Evidence> Evidence(NonFiniteIncident incident)
    {
        if (incident.Count > 0)
            yield return new Evidence("numbers that are not finite", incident.Count) { Threshold = 0 };
        if (double.IsFinite(incident.Value))
            yield return new Evidence("value that did it", incident.Value);
    }

    private static IEnumerable<Advice> Advice(NonFiniteIncident incident)
    {
        if (incident.Mend.Length > 0)
            yield return new Advice(incident.Mend, incident.MendCode);
        if (incident.Direction is NonFiniteDirection.Forward or NonFiniteDirection.Backward && incident.Operation.Length == 0)
        {
            yield return new Advice(
                $"Look {IncidentWords.Where(incident)} for a log or a division that is given 0, a root or a power of a negative number, an exp of a large one, a mean over nothing, and keep its argument away from there.");
        }

        if (incident is { Direction: NonFiniteDirection.Backward, IsReplayed: true, IsReproduced: false })
        {
            yield return new Advice(
                "If a convolution stands there with a number of channels, in or out, that is no multiple of 16, give it one: on some processors with AVX-512 libtorch 2.10 reads beyond them, and what " +
                "stood in that memory before comes and goes.");
        }

        if (incident.Direction is NonFiniteDirection.Unknown)
            yield return new Advice("Look for what changes from call to call, and for a log, a division, a root or an exp that one batch in many drives out of its range.");
        if (incident.Direction is not NonFiniteDirection.Update)
            yield return new Advice("Until it is mended, leave such a step out: an optimizer that takes it spoils every weight and its own moments for good.", "if (step.Check(loss)) optimizer.step();");
    }

    private static string Proof(NonFiniteDirection direction) => direction switch
    {
        NonFiniteDirection.Input => "The step was run again from the same random state: without these numbers of the batch it is finite.",
        NonFiniteDirection.Parameter => "The step was run again from the same random state: without these numbers of the tensor its loss is finite.",
        NonFiniteDirection.Forward => "The step was run again from the same random state, and came to the same.",
        _ => "Forward and backward pass were run again from the same random state, and came to the same.",
    };
}
