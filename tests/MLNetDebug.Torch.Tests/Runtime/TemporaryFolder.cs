namespace MLNetDebug.Torch.Tests.Runtime;

/// <summary>A folder that is gone when the test is over.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("torch").FullName;

    public string this[string file] => System.IO.Path.Combine(Path, file);

    /// <summary>An empty file, in subfolders where its name has them.</summary>
    public string Touch(string file)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(this[file])!);
        File.WriteAllBytes(this[file], []);
        return this[file];
    }

    public void Dispose() => Directory.Delete(Path, true);
}
