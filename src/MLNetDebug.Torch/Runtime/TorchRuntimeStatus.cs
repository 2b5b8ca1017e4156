using System.Text;

namespace MLNetDebug.Torch;

/// <summary>What <see cref="TorchRuntime.Check(TorchSharp.DeviceType, int)"/> found.</summary>
public sealed record TorchRuntimeStatus
{
    internal TorchRuntimeStatus()
    {
    }

    /// <summary>Whether networks can be run, on the device that was asked for.</summary>
    public bool IsUsable => Cause == TorchRuntimeCause.None;

    /// <summary>Why not; <see cref="TorchRuntimeCause.None"/> where they can.</summary>
    public TorchRuntimeCause Cause { get; internal init; }

    /// <summary>One or two sentences.</summary>
    public string Message { get; internal init; } = "";

    /// <summary>What to do; empty where nothing needs to be done.</summary>
    public IReadOnlyList<Advice> Advice { get; internal init; } = [];

    /// <summary>TorchSharp's version.</summary>
    public string TorchSharpVersion { get; internal init; } = "";

    /// <summary>The version of the libtorch package the application was built with; null where its <c>.deps.json</c> does not say.</summary>
    public string? LibTorchVersion { get; internal init; }

    /// <summary><c>cpu</c>, <c>cuda-linux</c> or <c>cuda-windows</c>; null where libtorch was not found in the application.</summary>
    public string? Backend { get; internal init; }

    /// <summary>The native library that was or would be loaded; null where it was not found in the application.</summary>
    public string? NativePath { get; internal init; }

    /// <summary>The loader's own words; null where nothing failed to load.</summary>
    public string? LoaderError { get; internal init; }

    /// <summary>How many CUDA devices there are; null where nobody asked for one.</summary>
    public int? CudaDevices { get; internal init; }

    /// <summary>The findings as text of several lines.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(Message);
        foreach (var advice in Advice)
        {
            text.Append('\n').Append("  ").Append(advice.Text);
            if (advice.Code is { } code)
                text.Append('\n').Append("    ").Append(code);
        }

        // Of a library that is nowhere, the loader lists every place it looked.
        if (LoaderError is { } words && Cause != TorchRuntimeCause.MissingPackage)
            text.Append('\n').Append("  The loader says: ").Append(words);
        return text.ToString();
    }
}
