using MLNetDebug.Torch.Zoo.Models;

namespace MLNetDebug.Torch.Tests.Trainers.Models;

/// <summary>A model in a file that goes with the test.</summary>
internal sealed class ModelFile : IDisposable
{
    public ModelFile(ModelCase? saved = null)
    {
        Path = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"{Guid.NewGuid():N}.zip");
        saved?.Save(Path);
    }

    public string Path { get; }

    public void Dispose() => File.Delete(Path);
}
