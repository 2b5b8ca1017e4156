namespace MLNetDebug.Torch.Training;

internal static class ValidationReader
{
    public static ValidationRecord Read(Validation v) => new() { Loss = v.Loss, Accuracy = v.Accuracy };
}
