namespace MLNetDebug.Torch.Trainers;

/// <summary>A saved network that cannot be used: its file is damaged, was written by a newer version, or does not fit the network that is registered under its name. The message says which, and how to mend it.</summary>
public sealed class TorchModelException : InvalidOperationException
{
    internal TorchModelException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
