using System.Text;

namespace MLNetDebug.Tests.Data.Files;

/// <summary>A file that goes away with its test.</summary>
internal sealed class TempFile : IDisposable
{
    public TempFile(byte[] content)
    {
        Path = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"mlnetdebug-{Guid.NewGuid():N}.csv");
        File.WriteAllBytes(Path, content);
    }

    public TempFile(string content)
        : this(Encoding.UTF8.GetBytes(content))
    {
    }

    public string Path { get; }

    public void Dispose() => File.Delete(Path);
}
