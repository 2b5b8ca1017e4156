using MLNetDebug.Torch.Training;
using MLNetDebug.Torch.Zoo.Architectures;
using MLNetDebug.Torch.Zoo.Programs;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Zoo.Training;

/// <summary>Held-out rows at the end of an epoch, as a user's loop would measure them: loss, probabilities and labels, as far as the task has them.</summary>
internal static class HeldOut
{
    public static Validation Of(TrainingPlan plan, Tensor output, Tensor target, double loss) => Probabilities(plan.Network, output, target) is not { } probabilities
        ? new() { Loss = loss }
        : new() { Loss = loss, Probabilities = As(plan.HeldOut, output, probabilities), Labels = IsOfClasses(target) || (IsBinary(plan.Network) && !target.lt(0).any().item<bool>()) ? target : null };

    private static Tensor? Probabilities(NetworkPlan plan, Tensor output, Tensor target) => plan switch
    {
        _ when plan.Loss == LossPlan.BinaryLogits => output.sigmoid(),
        _ when plan.Loss == LossPlan.BinaryProbabilities => output,
        _ when plan.Loss == LossPlan.Divergence || IsOfClasses(target) => plan.Traits.Ending switch
        {
            Ending.Softmax => output,
            Ending.LogSoftmax => output.exp(),
            _ => nn.functional.softmax(output, 1),
        },
        _ => null,
    };

    private static Tensor As(HeldOutForm form, Tensor output, Tensor probabilities) => form switch
    {
        HeldOutForm.Logits => output,
        HeldOutForm.Logarithms => probabilities.log(),
        HeldOutForm.SoftmaxOverRows => nn.functional.softmax(output, 0),
        HeldOutForm.SigmoidPerClass => output.sigmoid(),
        _ => probabilities,
    };

    private static bool IsOfClasses(Tensor target) => target.dtype == ScalarType.Int64 && target.dim() == 1;

    private static bool IsBinary(NetworkPlan plan) => plan.Loss == LossPlan.BinaryLogits || plan.Loss == LossPlan.BinaryProbabilities;
}
