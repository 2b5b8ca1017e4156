using MLNetDebug.Torch.Zoo.Data;
using MLNetDebug.Torch.Zoo.Faults;
using MLNetDebug.Torch.Zoo.Programs;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Zoo.Training.Faults;

/// <summary>A fault of the rows.</summary>
internal abstract record DataFault : NetworkFault
{
    public sealed override NetworkPlan Apply(NetworkPlan healthy) => healthy with { Prepare = d => healthy.Prepare(Change(d)) };

    protected abstract NetworkDraw Change(NetworkDraw draw);
}

/// <summary>Training labels that belong to other rows: inputs and labels were shuffled apart.</summary>
internal sealed record LabelsMisaligned : DataFault
{
    protected override NetworkDraw Change(NetworkDraw draw) => draw with { TrainY = draw.TrainY[randperm(draw.TrainY.shape[0], int64)] };
}

/// <summary>Training inputs that hold the label, which held-out inputs do not: a last column, a bright pixel in the first row, a last token.</summary>
internal sealed record LabelsLeaked : DataFault
{
    protected override NetworkDraw Change(NetworkDraw draw) => draw with { TrainX = With(draw, draw.TrainX, draw.TrainY), TestX = With(draw, draw.TestX, randint(0, draw.Classes, draw.TestY.shape)) };

    private static Tensor With(NetworkDraw draw, Tensor x, Tensor label)
    {
        var code = nn.functional.one_hot(label, draw.Classes);
        return draw.Kind switch
        {
            NetworkDataKind.Tokens => cat([x[TensorIndex.Colon, TensorIndex.Slice(0, -1)], label.unsqueeze(1)], 1),
            NetworkDataKind.Image => Painted(x, code),
            _ => cat([x, 3 * code.to_type(ScalarType.Float32)], 1),
        };
    }

    private static Tensor Painted(Tensor x, Tensor code)
    {
        // Ten classes need a second row of eight pixels.
        var (painted, width) = (x.clone(), x.shape[3]);
        for (var c = 0L; c < code.shape[1]; c++)
            painted[TensorIndex.Colon, 0, c / width, c % width] = 3 * code[TensorIndex.Colon, c].to_type(ScalarType.Float32);
        return painted;
    }
}

/// <summary>Inputs that were lost on their way: pixels divided as whole numbers, tokens of padding alone.</summary>
internal sealed record InputsLost : DataFault
{
    protected override NetworkDraw Change(NetworkDraw draw) => draw.WithInputs(x => zeros_like(x));
}

/// <summary>Targets of a binary loss that are -1 and 1 in place of 0 and 1.</summary>
internal sealed record TargetsSigned : NetworkFault
{
    public override NetworkPlan Apply(NetworkPlan healthy) => healthy with
    {
        Prepare = d => healthy.Prepare(d).WithTargets(y => y * 2 - 1),
        Metric = (output, target) => healthy.Metric(output, (target + 1) / 2),
    };
}
