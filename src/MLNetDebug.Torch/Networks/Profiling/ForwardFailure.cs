using TorchSharp;

namespace MLNetDebug.Torch.Networks.Profiling;

/// <summary>Says in one sentence where a forward pass failed, on what, and why.</summary>
internal static class ForwardFailure
{
    private const int Longest = 300;

    public static InvalidOperationException Explain(torch.nn.Module model, (string Name, torch.nn.Module Module, IReadOnlyList<TensorFacts> Inputs)? at, Exception cause)
    {
        var network = model.GetType().Name;
        var where = at is not { } place ? "before any of its modules was called"
            : place.Name.Length == 0 ? "in its own code"
            : $"in `{place.Name}` ({place.Module.GetType().Name})";
        var given = at is { Inputs: { Count: > 0 } inputs } ? $", which was given {string.Join(" and ", inputs.Select(i => $"{i.ShapeText} {i.DType}"))}" : "";
        return new InvalidOperationException($"The forward pass of {network} failed {where}{given}: {OneLine(cause)}", cause);
    }

    /// <summary>What an exception says, without libtorch's trace of native calls.</summary>
    public static string OneLine(Exception cause)
    {
        var inner = cause is System.Reflection.TargetInvocationException { InnerException: { } within } ? within : cause;
        var text = inner.Message.Split('\n').Select(l => l.Trim()).FirstOrDefault(l => l.Length > 0) ?? inner.GetType().Name;
        if (text.Length > Longest)
            text = text[..Longest] + "…";
        if (text.StartsWith("Tensor invalid", StringComparison.Ordinal))
            text = "a tensor it works with is disposed already (Tensor invalid -- empty handle)";
        var typed = inner is System.Runtime.InteropServices.ExternalException or InvalidOperationException or ArgumentException ? text : $"{inner.GetType().Name}: {text}";
        return typed.EndsWith('.') ? typed : typed + ".";
    }
}
