using System.Runtime.InteropServices;

namespace MLNetDebug.Torch.Zoo.Training;

/// <summary>
/// TorchSharp leaves the scalars that it makes of numbers to the finalizer, which now and then frees one while a native call still reads it: one training of about a thousand ends so, with or without a guard.
/// Such a training is run again.
/// </summary>
internal static class FinalizerRace
{
    private const string Sign = "Expected false to be true";

    public static T Again<T>(Func<T> train)
    {
        try
        {
            return train();
        }
        catch (ExternalException e) when (e.Message.StartsWith(Sign, StringComparison.Ordinal))
        {
            Console.Error.WriteLine("trained again: a scalar was freed while it was read");
            return train();
        }
    }
}
