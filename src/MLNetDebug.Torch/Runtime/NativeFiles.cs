namespace MLNetDebug.Torch.Runtime;

/// <summary>The native libraries as the application carries them; null where it does not.</summary>
internal sealed record NativeFiles(string? LibTorch, string? Cuda, string? TorchSharp, string? Backend)
{
    public static NativeFiles Find(TorchSystem system)
    {
        var torch = Find(system, "torch_cpu");
        var cuda = Find(system, "torch_cuda");
        return new(torch, cuda, Find(system, "LibTorchSharp"), torch is null ? null : cuda is null ? "cpu" : system.IsWindows ? "cuda-windows" : "cuda-linux");
    }

    private static string? Find(TorchSystem system, string name)
    {
        var file = system.IsWindows ? $"{name}.dll" : system.IsMac ? $"lib{name}.dylib" : $"lib{name}.so";
        return system.Folders.Select(f => Path.Combine(f, file)).FirstOrDefault(File.Exists);
    }
}
