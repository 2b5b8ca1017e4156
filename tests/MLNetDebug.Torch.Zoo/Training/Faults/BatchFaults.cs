using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Zoo.Training.Faults;

/// <summary>A fault of the batch of one step.</summary>
internal abstract record BatchFault(long Step) : TrainingFault
{
    public sealed override TrainingPlan Apply(TrainingPlan healthy) => healthy with
    {
        Change = (step, x, y) =>
        {
            (x, y) = healthy.Change(step, x, y);
            return step == Step ? Spoil(x, y) : (x, y);
        },
    };

    protected abstract (Tensor X, Tensor Y) Spoil(Tensor x, Tensor y);
}

/// <summary>A batch in other units.</summary>
internal sealed record BatchScaled(long Step, double Factor) : BatchFault(Step)
{
    protected override (Tensor, Tensor) Spoil(Tensor x, Tensor y) => (x * Factor, y);
}

/// <summary>A batch whose targets are in other units.</summary>
internal sealed record BatchTargetsScaled(long Step, double Factor) : BatchFault(Step)
{
    protected override (Tensor, Tensor) Spoil(Tensor x, Tensor y) => (x, y * Factor);
}

/// <summary>A batch with one cell that is missing, which is read as NaN.</summary>
internal sealed record CellMissing(long Step, long Row) : BatchFault(Step)
{
    protected override (Tensor, Tensor) Spoil(Tensor x, Tensor y)
    {
        var broken = x.clone();
        broken[Row].view(-1)[0] = tensor(float.NaN);
        return (broken, y);
    }
}

/// <summary>A batch whose every label is the one that the loss leaves out.</summary>
internal sealed record LabelsIgnored(long Step) : BatchFault(Step)
{
    protected override (Tensor, Tensor) Spoil(Tensor x, Tensor y) => (x, full_like(y, -100));
}
